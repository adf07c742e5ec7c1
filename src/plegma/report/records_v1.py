"""The record of a diagnosis as JSON, version 1: the lines that show something, and the timeline."""

from dataclasses import dataclass

from plegma.model.exhibits import EvidenceLine, NodeVersions, SeenMode
from plegma.model.texts import Lang
from plegma.model.timelines import Band, Lane, LaneKind, Mood, Reading, Tick, Timeline
from plegma.report.entities_v1 import EntityV1, EvidenceV1, entity_view, evidence_view, time_view


@dataclass(frozen=True, slots=True)
class SeenModeV1:
    """A failure mode that lines show."""

    mode: str
    layer: str
    role: str
    title: str


@dataclass(frozen=True, slots=True)
class NodeVersionsV1:
    """What a node says that it runs; what is not known is an empty string."""

    node: str
    kubelet: str
    runtime: str
    kernel: str
    os: str


@dataclass(frozen=True, slots=True)
class EvidenceLineV1:
    """A line that shows modes, with the lines before and after it in its artifact."""

    line: EvidenceV1
    entity: EntityV1 | None
    modes: list[str]
    at: str | None
    count: int
    before: list[str]
    after: list[str]


@dataclass(frozen=True, slots=True)
class BandV1:
    """A state that lasted; `ends` null: to the end of the evidence. `grain` in seconds, back from `begins`."""

    text: str
    mood: Mood
    begins: str | None
    ends: str | None
    grain: float
    evidence: list[EvidenceV1]


@dataclass(frozen=True, slots=True)
class TickV1:
    """An event or a series of them; `period` in seconds."""

    text: str
    mood: Mood
    first: str
    last: str
    count: int
    grain: float
    period: float | None
    evidence: list[EvidenceV1]


@dataclass(frozen=True, slots=True)
class ReadingV1:
    """The age of PLEG's last relist and its limit, in seconds."""

    at: str
    seconds: float
    limit: float
    evidence: list[EvidenceV1]


@dataclass(frozen=True, slots=True)
class LaneV1:
    """One kind of thing about one entity."""

    kind: LaneKind
    entity: EntityV1
    bands: list[BandV1]
    ticks: list[TickV1]
    readings: list[ReadingV1]
    restarts: int | None


@dataclass(frozen=True, slots=True)
class TimelineV1:
    """All lanes on one clock; where `dated` is false the year of its times is made up."""

    begins: str
    ends: str
    dated: bool
    onset: str | None
    onset_grain: float
    lanes: list[LaneV1]


def seen_view(seen: SeenMode, lang: Lang) -> SeenModeV1:
    """A seen mode in one language."""
    return SeenModeV1(seen.mode, seen.layer, seen.role, seen.title.in_(lang))


def versions_view(versions: NodeVersions) -> NodeVersionsV1:
    """A node's versions."""
    return NodeVersionsV1(versions.node, versions.kubelet, versions.runtime, versions.kernel, versions.os)


def line_view(line: EvidenceLine) -> EvidenceLineV1:
    """A line with what it shows."""
    return EvidenceLineV1(
        evidence_view((line.line,))[0], entity_view(line.entity) if line.entity else None, list(line.modes), time_view(line.at),
        line.count, list(line.before), list(line.after),
    )  # fmt: skip


def timeline_view(timeline: Timeline, lang: Lang) -> TimelineV1:
    """The timeline in one language."""
    return TimelineV1(
        timeline.begins.isoformat(timespec="seconds"), timeline.ends.isoformat(timespec="seconds"), timeline.dated,
        time_view(timeline.onset), timeline.onset_grain, [_lane(lane, lang) for lane in timeline.lanes],
    )  # fmt: skip


def _lane(lane: Lane, lang: Lang) -> LaneV1:
    return LaneV1(
        lane.kind, entity_view(lane.entity), [_band(b, lang) for b in lane.bands], [_tick(t, lang) for t in lane.ticks],
        [_reading(r) for r in lane.readings], lane.restarts,
    )  # fmt: skip


def _band(band: Band, lang: Lang) -> BandV1:
    return BandV1(band.text.in_(lang), band.mood, time_view(band.begins), time_view(band.ends), band.grain, evidence_view(band.evidence))


def _tick(tick: Tick, lang: Lang) -> TickV1:
    first, last = tick.first.isoformat(timespec="seconds"), tick.last.isoformat(timespec="seconds")
    return TickV1(tick.text.in_(lang), tick.mood, first, last, tick.count, tick.grain, tick.period, evidence_view(tick.evidence))


def _reading(reading: Reading) -> ReadingV1:
    return ReadingV1(reading.at.isoformat(timespec="seconds"), reading.seconds, reading.limit, evidence_view(reading.evidence))
