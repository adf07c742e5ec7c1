"""The evidence as data for the page's script: rows in order of input and line, with what they show and what stands around."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from zlib import compress

from msgspec import Struct

from plegma.model.diagnosis import Diagnosis, Entity, Evidence, Hypothesis
from plegma.model.exhibits import EvidenceLine
from plegma.model.timelines import Band, Reading, Tick
from plegma.report.escapes import visible
from plegma.report.explanation_words import LAYER
from plegma.report.html.glances import named

_VARYING = re.compile(r"[0-9a-f]{8,}|\d+", re.IGNORECASE)
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
Key = tuple[str, int]


class EvidenceRows(Struct, frozen=True):
    """All rows, and where each line stands among them."""

    lines: tuple[EvidenceLine, ...]
    place: Mapping[Key, int]

    def number(self, line: Evidence) -> int:
        """Which row a line is, from 1."""
        return self.place[line.artifact, line.line] + 1

    def anchor(self, line: Evidence) -> str:
        """The id of a line's row, as a link's target."""
        return f"line-{self.number(line)}"


def evidence_rows(diagnosis: Diagnosis) -> EvidenceRows:
    """Every line that shows something, and every line that a statement names."""
    found = {(e.line.artifact, e.line.line): e for e in diagnosis.lines}
    for line, modes in _cited(diagnosis):
        key = line.artifact, line.line
        known = found.get(key)
        if known is None:
            found[key] = EvidenceLine(line, None, modes, None, 1)
        elif not known.modes and modes:
            found[key] = EvidenceLine(known.line, known.entity, modes, known.at, known.count, known.before, known.after)
    ordered = tuple(found[key] for key in sorted(found))
    return EvidenceRows(ordered, {(e.line.artifact, e.line.line): n for n, e in enumerate(ordered)})


def _cited(diagnosis: Diagnosis) -> Iterator[tuple[Evidence, tuple[str, ...]]]:
    for hypothesis in diagnosis.hypotheses:
        yield from _of_hypothesis(hypothesis)
    for symptom in diagnosis.symptoms:
        yield from ((line, (symptom.mode,)) for line in symptom.evidence)
    for lane in diagnosis.timeline.lanes if diagnosis.timeline else ():
        things: tuple[Band | Tick | Reading, ...] = (*lane.bands, *lane.ticks, *lane.readings)
        yield from ((line, ()) for thing in things for line in thing.evidence)


def _of_hypothesis(hypothesis: Hypothesis) -> Iterator[tuple[Evidence, tuple[str, ...]]]:
    for step in hypothesis.chain:
        yield from ((line, (step.mode,)) for line in step.evidence)
    for objection in hypothesis.against:
        yield from ((line, ()) for line in objection.evidence)


class _Table:
    """Values that rows name by number."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {}

    def __call__(self, value: str) -> int:
        return self.values.setdefault(value, len(self.values))


def rows_packed(rows: EvidenceRows, diagnosis: Diagnosis) -> str:
    """The rows as JSON, deflated (RFC 1950) and in Base64: log lines repeat themselves, and a tenth of the size is left."""
    text = json.dumps(rows_data(rows, diagnosis), ensure_ascii=False, separators=(",", ":"))
    return b64encode(compress(text.encode(), 9)).decode()


def rows_data(rows: EvidenceRows, diagnosis: Diagnosis) -> dict[str, object]:
    """The rows as the page's script reads them; names that many rows share stand in tables."""
    titles = _titles(diagnosis)
    artifacts, entities, shapes = _Table(), _Table(), _Table()
    found = [_row(line, artifacts, entities, shapes) for line in rows.lines]
    modes = list(dict.fromkeys(mode for line in rows.lines for mode in line.modes))
    layers = sorted({titles[mode][0] for mode in modes if mode in titles})
    return {
        "rows": found,
        "artifacts": list(artifacts.values),
        "entities": list(entities.values),
        "modes": {mode: titles.get(mode, ("", mode, mode)) for mode in modes},
        "layers": {layer: [LAYER[layer].en, LAYER[layer].ja] if layer in LAYER else [layer, layer] for layer in layers},
    }  # fmt: skip


def _titles(diagnosis: Diagnosis) -> dict[str, tuple[str, str, str]]:
    """Layer and title (English, Japanese) of each mode."""
    steps = (s for h in diagnosis.hypotheses for s in h.chain)
    found = {s.mode: (s.layer, visible(s.title.en), visible(s.title.ja)) for s in steps}
    return found | {s.mode: (s.layer, visible(s.title.en), visible(s.title.ja)) for s in diagnosis.seen}


def _row(line: EvidenceLine, artifacts: _Table, entities: _Table, shapes: _Table) -> list[object]:
    """Artifact, line, text, entity, modes, time, count, shape (equal for lines that repeat), lines before, lines after."""
    text = visible(line.line.text).rstrip()
    shape = shapes(f"{line.modes} {_VARYING.sub('#', text)}")
    return [
        artifacts(visible(line.line.artifact)), line.line.line, text, entities(_name(line.entity)), list(line.modes),
        f"{line.at:%Y-%m-%d %H:%M:%S}" if line.at else "", line.count, shape, _shown(line.before), _shown(line.after),
    ]  # fmt: skip


def _name(entity: Entity | None) -> str:
    return visible(named(entity)) if entity else ""


def _shown(lines: Iterable[str]) -> list[str]:
    return [visible(line).rstrip() for line in lines]


def in_script(value: object) -> str:
    """JSON that holds nothing that could end a `script` element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda m: _UNSAFE[m[0]], text)
