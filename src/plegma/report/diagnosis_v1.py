"""The JSON form of a diagnosis, version 1: shapes and schema.

These dataclasses are the published contract (`plegma schema`). Fields may be added; none may change or go.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from plegma.model.diagnosis import (
    ChainStep,
    Clock,
    Confidence,
    Decision,
    Diagnosis,
    Gap,
    Hypothesis,
    Objection,
    Onset,
    RemedyStep,
    Symptom,
    Verdict,
)
from plegma.model.texts import Lang
from plegma.report.entities_v1 import EntityV1, EvidenceV1, entity_view, evidence_view, time_view
from plegma.report.records_v1 import (
    EvidenceLineV1,
    NodeVersionsV1,
    SeenModeV1,
    TimelineV1,
    line_view,
    seen_view,
    timeline_view,
    versions_view,
)

SCHEMA = "plegma.dev/diagnosis/v1"


@dataclass(frozen=True, slots=True)
class StepV1:
    """One step of a chain; times are RFC 3339 or null; `observed` is false when no line shows it.

    `came_from` are the modes of this chain that lead to it, `concepts` what `plegma explain` says of it.
    """

    mode: str
    title: str
    entity: EntityV1
    first: str | None
    last: str | None
    count: int
    mechanism: str
    notes: list[str]
    observed: bool
    evidence: list[EvidenceV1]
    layer: str = ""
    came_from: list[str] = field(default_factory=list)
    concepts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ObjectionV1:
    """What speaks against a hypothesis."""

    text: str
    evidence: list[EvidenceV1]


@dataclass(frozen=True, slots=True)
class DecisionV1:
    """A command that would decide, and between which modes."""

    command: str
    expect: str
    separates: list[str]


@dataclass(frozen=True, slots=True)
class RemedyV1:
    """A remedy with its command, its risk and the check that proves that it worked; `action` is what `plegma fix` does

    instead where no command line says it.
    """

    kind: Literal["temporary", "permanent"]
    text: str
    command: str
    risk: str
    risk_level: str
    verify: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class SpreadV1:
    """What all affected nodes have: `affected` of the `nodes` with that value, and none of the `others`."""

    attribute: str
    value: str
    affected: int
    nodes: int
    others: int


@dataclass(frozen=True, slots=True)
class HypothesisV1:
    """One root cause; `affected` are all entities that have it; the chain runs from cause to symptom."""

    rank: int
    cause: str
    title: str
    summary: str
    entity: EntityV1
    affected: list[EntityV1]
    confidence: Confidence
    score: float
    chain: list[StepV1]
    against: list[ObjectionV1]
    decide: list[DecisionV1]
    remedies: list[RemedyV1]
    references: list[str]
    spread: list[SpreadV1] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SymptomV1:
    """What the user sees."""

    mode: str
    title: str
    text: str
    entities: list[EntityV1]
    first: str | None
    last: str | None
    count: int
    evidence: list[EvidenceV1]


@dataclass(frozen=True, slots=True)
class GapV1:
    """Evidence that was missing, and the one command that gets it."""

    evidence: str
    text: str
    command: str


@dataclass(frozen=True, slots=True)
class ClockV1:
    """How an artifact's times were put on the common clock."""

    artifact: str
    offset: str
    text: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class OnsetV1:
    """When something began; `uncertainty` in seconds, back from `at`."""

    at: str
    uncertainty: float
    text: str


@dataclass(frozen=True, slots=True)
class InputV1:
    """One artifact: its kind, its lines, and how many of them were read into a format."""

    artifact: str
    kind: str
    lines: int
    read: int


@dataclass(frozen=True, slots=True)
class DiagnosisV1:
    """The whole answer; `hypotheses[0].cause` is the root cause. `seen` and what follows come with `--verbose`."""

    schema: str
    verdict: Verdict
    summary: str
    lang: Lang
    hypotheses: list[HypothesisV1]
    symptoms: list[SymptomV1]
    gaps: list[GapV1]
    clocks: list[ClockV1]
    onsets: list[OnsetV1]
    inputs: list[InputV1]
    notices: list[str]
    seen: list[SeenModeV1] = field(default_factory=list)
    lines: list[EvidenceLineV1] = field(default_factory=list)
    timeline: TimelineV1 | None = None
    versions: list[NodeVersionsV1] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def view(diagnosis: Diagnosis, lang: Lang) -> DiagnosisV1:
    """The diagnosis in one language."""
    return DiagnosisV1(
        SCHEMA,
        diagnosis.verdict,
        diagnosis.summary.in_(lang),
        lang,
        [_hypothesis(h, lang) for h in diagnosis.hypotheses],
        [_symptom(s, lang) for s in diagnosis.symptoms],
        [_gap(g, lang) for g in diagnosis.gaps],
        [_clock(c, lang) for c in diagnosis.clocks],
        [_onset(o, lang) for o in diagnosis.onsets],
        [InputV1(i.artifact, i.kind, i.lines, i.read) for i in diagnosis.inputs],
        [n.in_(lang) for n in diagnosis.notices],
        [seen_view(m, lang) for m in diagnosis.seen],
        [line_view(e) for e in diagnosis.lines],
        timeline_view(diagnosis.timeline, lang) if diagnosis.timeline else None,
        [versions_view(v) for v in diagnosis.versions],
        [text.in_(lang) for text in diagnosis.left_out],
    )


def to_json(diagnosis: Diagnosis, lang: Lang) -> str:
    """The diagnosis as JSON text, two spaces deep; the same diagnosis always gives the same bytes."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(asdict(view(diagnosis, lang))), indent=2).decode()


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of version 1."""
    import msgspec

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"https://{SCHEMA}", **msgspec.json.schema(DiagnosisV1)}


def _hypothesis(h: Hypothesis, lang: Lang) -> HypothesisV1:
    return HypothesisV1(
        h.rank,
        h.cause,
        h.title.in_(lang),
        h.summary.in_(lang),
        entity_view(h.entity),
        [entity_view(e) for e in h.affected],
        h.confidence,
        h.score,
        [_step(s, lang) for s in h.chain],
        [_objection(o, lang) for o in h.against],
        [_decision(d, lang) for d in h.decide],
        [_remedy(r, lang) for r in h.remedies],
        list(h.references),
        [SpreadV1(s.attribute, s.value, s.affected, s.nodes, s.others) for s in h.spread],
    )


def _step(s: ChainStep, lang: Lang) -> StepV1:
    return StepV1(
        s.mode,
        s.title.in_(lang),
        entity_view(s.entity),
        time_view(s.first),
        time_view(s.last),
        s.count,
        s.mechanism.in_(lang),
        [n.in_(lang) for n in s.notes],
        s.observed,
        evidence_view(s.evidence),
        s.layer,
        list(s.came_from),
        list(s.concepts),
    )


def _objection(o: Objection, lang: Lang) -> ObjectionV1:
    return ObjectionV1(o.text.in_(lang), evidence_view(o.evidence))


def _decision(d: Decision, lang: Lang) -> DecisionV1:
    return DecisionV1(d.command, d.expect.in_(lang), list(d.separates))


def _remedy(r: RemedyStep, lang: Lang) -> RemedyV1:
    return RemedyV1(r.kind, r.text.in_(lang), r.command, r.risk.in_(lang), r.risk_level, r.verify, r.action)


def _symptom(s: Symptom, lang: Lang) -> SymptomV1:
    entities = [entity_view(e) for e in s.entities]
    return SymptomV1(
        s.mode, s.title.in_(lang), s.text.in_(lang), entities, time_view(s.first), time_view(s.last), s.count, evidence_view(s.evidence)
    )


def _gap(g: Gap, lang: Lang) -> GapV1:
    return GapV1(g.evidence, g.text.in_(lang), g.command)


def _clock(c: Clock, lang: Lang) -> ClockV1:
    return ClockV1(c.artifact, c.offset, c.text.in_(lang), c.assumed)


def _onset(o: Onset, lang: Lang) -> OnsetV1:
    return OnsetV1(o.at.isoformat(timespec="seconds"), o.grain, o.text.in_(lang))
