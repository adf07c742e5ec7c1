"""A diagnosis back from its JSON form: texts are in the one language that it was written in."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from plegma.knowledge.catalog import Catalog
from plegma.knowledge.failure_mode import Remedy
from plegma.model.diagnosis import (
    ChainStep,
    Decision,
    Diagnosis,
    Entity,
    Evidence,
    Gap,
    Hypothesis,
    Input,
    RemedyStep,
    Symptom,
)
from plegma.model.texts import Text
from plegma.report import diagnosis_v1 as v1
from plegma.report.entities_v1 import EntityV1, EvidenceV1
from plegma.report.escapes import visible

_BEGINNING = 4096
_MOST_BYTES = 64 * 2**20


class NotADiagnosisError(ValueError):
    """The file is not what `plegma diagnose -o json` wrote."""


def read_diagnosis(path: Path) -> Diagnosis:
    """The diagnosis in a file. Raises NotADiagnosisError and OSError."""
    import msgspec

    with path.open("rb") as stream:
        data = stream.read(_MOST_BYTES)
    try:
        found = msgspec.convert(json.loads(data), v1.DiagnosisV1)
    except (msgspec.ValidationError, ValueError, RecursionError) as error:
        raise NotADiagnosisError(f"{path} is no diagnosis of plegma: {error}") from error
    if found.schema != v1.SCHEMA:
        raise NotADiagnosisError(f"{path}: schema is {visible(found.schema)!r}, not {v1.SCHEMA!r}")
    return _diagnosis(found)


def is_diagnosis(path: Path) -> bool:
    """Is it JSON that names the schema of a diagnosis, however it is laid out? Cheap: evidence is not parsed for it."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(_BEGINNING)
        return head.lstrip().startswith(b"{") and f'"{v1.SCHEMA}"'.encode() in head + stream.read(_MOST_BYTES)


def held_against(diagnosis: Diagnosis, catalog: Catalog) -> Diagnosis:
    """The diagnosis with only such remedies to be carried out as the catalog has for the cause, at the catalog's risk.

    Anybody may have written the file: a command of another's making is shown, and left to a person.
    """
    return replace(diagnosis, hypotheses=tuple(replace(h, remedies=_known(h, catalog)) for h in diagnosis.hypotheses))


def _known(hypothesis: Hypothesis, catalog: Catalog) -> tuple[RemedyStep, ...]:
    own = catalog[hypothesis.cause].remedies if hypothesis.cause in catalog else ()
    return tuple(next((replace(r, risk_level=t.risk_level, action=t.action) for t in own if _fits(t, r)), replace(r, action=_NOBODYS))
                 for r in hypothesis.remedies)  # fmt: skip


_NOBODYS = "by-hand"
_PLACEHOLDER = re.compile(r"\\\{\w+\\\}")
"""`{pod}` after re.escape."""


def _fits(template: Remedy, remedy: RemedyStep) -> bool:
    """Is the remedy's command the template with names in it (and without the namespace where that was not known)?"""
    commands = (template.command, template.command.replace("kubectl -n {namespace} ", "kubectl "))
    texts = (re.escape(c.replace("{{", "\0").replace("}}", "\1")) for c in commands)
    patterns = (_PLACEHOLDER.sub(r"[\\w./:@%+=,-]+", t).replace("\0", r"\{").replace("\1", r"\}") for t in texts)
    return template.kind == remedy.kind and any(re.fullmatch(p, remedy.command) for p in patterns)


def _diagnosis(d: v1.DiagnosisV1) -> Diagnosis:
    return Diagnosis(
        d.verdict, _text(d.summary), tuple(map(_hypothesis, d.hypotheses)), tuple(map(_symptom, d.symptoms)),
        tuple(Gap(g.evidence, _text(g.text), g.command) for g in d.gaps), (), (),
        tuple(Input(i.artifact, i.kind, i.lines, i.read) for i in d.inputs), tuple(map(_text, d.notices)),
    )  # fmt: skip


def _hypothesis(h: v1.HypothesisV1) -> Hypothesis:
    return Hypothesis(
        h.rank, h.cause, _text(h.title), _text(h.summary), _entity(h.entity), tuple(map(_entity, h.affected)), h.confidence, h.score,
        tuple(map(_step, h.chain)), (), tuple(Decision(d.command, _text(d.expect), tuple(d.separates)) for d in h.decide),
        tuple(RemedyStep(r.kind, _text(r.text), r.command, _text(r.risk), r.risk_level, r.verify, r.action) for r in h.remedies),
        tuple(h.references),
    )  # fmt: skip


def _step(s: v1.StepV1) -> ChainStep:
    return ChainStep(
        s.mode, _text(s.title), _entity(s.entity), _time(s.first), _time(s.last), s.count, _text(s.mechanism), _evidence(s.evidence),
        s.observed, tuple(map(_text, s.notes)),
    )  # fmt: skip


def _symptom(s: v1.SymptomV1) -> Symptom:
    entities = tuple(map(_entity, s.entities))
    return Symptom(s.mode, _text(s.title), _text(s.text), entities, _time(s.first), _time(s.last), s.count, _evidence(s.evidence))


def _text(text: str) -> Text:
    return Text(text, text)


def _entity(e: EntityV1) -> Entity:
    return Entity(e.kind, e.name, e.namespace, e.uid, e.node, e.container)


def _evidence(lines: Iterable[EvidenceV1]) -> tuple[Evidence, ...]:
    return tuple(Evidence(e.artifact, e.line, e.text) for e in lines)


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
