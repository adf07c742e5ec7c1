"""The JSON form of an inspection, version 1: shapes and schema.

These dataclasses are the published contract (`plegma schema inspection`). Fields may be added; none may change or go.
Times are RFC 3339, or null where there is none or no text names a year.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from plegma.model.diagnosis import Clock
from plegma.model.inspection import InspectedArtifact, InspectedPart, Inspection, Named, PartTime, Span
from plegma.model.texts import Lang

SCHEMA = "plegma.dev/inspection/v1"


@dataclass(frozen=True, slots=True)
class NamedV1:
    """Entities of one kind; `names` are at most 200 of the `count`."""

    kind: str
    count: int
    names: list[str]


@dataclass(frozen=True, slots=True)
class ClockV1:
    """How times were put on the common clock; `assumed` is true when the text did not say."""

    offset: str
    text: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class PartTimeV1:
    """Offset of a part's local times, and the moment that its ages count back from; each with whether it was assumed."""

    offset: str
    offset_assumed: bool
    taken: str | None
    taken_assumed: bool


@dataclass(frozen=True, slots=True)
class PartV1:
    """Lines `first_line` to `last_line` of an artifact, which one format took."""

    kind: str
    first_line: int
    last_line: int
    lines: int
    blank: int
    understood: int
    missed: list[int]
    command: str
    begins: str | None
    ends: str | None
    clock: PartTimeV1 | None
    events: int
    states: int
    node: str
    entities: list[NamedV1]
    evidence: list[str]
    components: list[str]


@dataclass(frozen=True, slots=True)
class ArtifactV1:
    """One artifact. `blank` lines are empty or prose; `missed` are numbers of lines that nothing understood, 20 at most of each part."""

    artifact: str
    kinds: list[str]
    lines: int
    blank: int
    understood: int
    not_understood: int
    missed: list[int]
    begins: str | None
    ends: str | None
    clocks: list[ClockV1]
    entities: list[NamedV1]
    evidence: list[str]
    components: list[str]
    parts: list[PartV1]


@dataclass(frozen=True, slots=True)
class UnreadableV1:
    """What was left out, and why."""

    artifact: str
    why: str


@dataclass(frozen=True, slots=True)
class TotalsV1:
    """Over all artifacts; `free_text` of the understood lines are text or tables in no known format."""

    artifacts: int
    unreadable: int
    lines: int
    blank: int
    understood: int
    not_understood: int
    free_text: int
    begins: str | None
    ends: str | None
    entities: list[NamedV1]
    evidence: list[str]


@dataclass(frozen=True, slots=True)
class InspectionV1:
    """What was handed in, and what each line of it was taken for."""

    schema: str
    lang: Lang
    artifacts: list[ArtifactV1]
    unreadable: list[UnreadableV1]
    totals: TotalsV1


def view(inspection: Inspection, lang: Lang) -> InspectionV1:
    """The inspection in one language."""
    artifacts = [_artifact(a, inspection.dated, lang) for a in inspection.artifacts]
    unreadable = [UnreadableV1(u.artifact, u.why.in_(lang)) for u in inspection.unread]
    return InspectionV1(SCHEMA, lang, artifacts, unreadable, _totals(inspection))


def to_json(inspection: Inspection, lang: Lang) -> str:
    """The inspection as JSON text, two spaces deep; the same inspection always gives the same bytes."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(asdict(view(inspection, lang))), indent=2).decode()


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of version 1."""
    import msgspec

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"https://{SCHEMA}", **msgspec.json.schema(InspectionV1)}


def _totals(inspection: Inspection) -> TotalsV1:
    reading = inspection.reading
    return TotalsV1(
        len(inspection.artifacts), len(inspection.unread), reading.lines, reading.blank, reading.understood, reading.misses,
        inspection.free, *_times(inspection.span, inspection.dated), _entities(inspection.entities), list(inspection.evidence),
    )  # fmt: skip


def _artifact(artifact: InspectedArtifact, dated: bool, lang: Lang) -> ArtifactV1:
    reading = artifact.reading
    return ArtifactV1(
        artifact.artifact, list(artifact.kinds), reading.lines, reading.blank, reading.understood, reading.misses,
        list(reading.missed), *_times(artifact.span, dated), [_clock(c, lang) for c in artifact.clocks], _entities(artifact.entities),
        sorted({e for part in artifact.parts for e in part.evidence}), sorted({c for part in artifact.parts for c in part.components}),
        [_part(part, dated) for part in artifact.parts],
    )  # fmt: skip


def _part(part: InspectedPart, dated: bool) -> PartV1:
    reading = part.reading
    return PartV1(
        part.kind, part.first_line, part.first_line + reading.lines - 1, reading.lines, reading.blank, reading.understood,
        list(reading.missed), part.command, *_times(part.span, dated), _part_time(part.clock, dated), part.events, part.states, part.node,
        _entities(part.entities), list(part.evidence), list(part.components),
    )  # fmt: skip


def _part_time(clock: PartTime | None, dated: bool) -> PartTimeV1 | None:
    if clock is None:
        return None
    return PartTimeV1(clock.offset, clock.offset_assumed, _time(clock.taken) if dated else None, clock.taken_assumed)


def _times(span: Span | None, dated: bool) -> tuple[str | None, str | None]:
    return (_time(span.begins), _time(span.ends)) if span and dated else (None, None)


def _time(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _clock(clock: Clock, lang: Lang) -> ClockV1:
    return ClockV1(clock.offset, clock.text.in_(lang), clock.assumed)


def _entities(entities: tuple[Named, ...]) -> list[NamedV1]:
    return [NamedV1(e.kind, e.count, list(e.names)) for e in entities]
