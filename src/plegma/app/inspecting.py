"""Read the evidence, and say what each line of it was taken for."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone

from plegma.app.found_entities import Finder, named
from plegma.engine.clocks import Moment, offset_text
from plegma.engine.scenes import Scene, scene_of
from plegma.evidence.read import Evidence, Limits, read_evidence
from plegma.evidence.read.sources import Progress
from plegma.model.inspection import InspectedArtifact, InspectedPart, Inspection, PartTime, Reading, Span, Unread
from plegma.model.observations import Event
from plegma.model.parts import Parsed

_FREE = frozenset({"text", "table"})
"""What is surely a program's output, in no format that is known."""


def inspect_paths(paths: Sequence[str], limits: Limits | None = None, progress: Progress | None = None) -> Inspection:
    """Reads what is at the paths ("-" is standard input) as `diagnose_paths` does, and tells how it was taken."""
    return inspection_of(read_evidence(list(paths), limits or Limits(), progress))


def inspection_of(evidence: Evidence) -> Inspection:
    """What was read, artifact by artifact, on the clock and with the entities of the Scene that the engine sees."""
    scene = scene_of(evidence.parts)
    finder = Finder(scene)
    parts: dict[str, list[int]] = {given.artifact: [] for given in evidence.inputs}
    for index, part in enumerate(scene.parts):
        parts.setdefault(part.artifact, []).append(index)
    artifacts = tuple(_artifact(scene, finder, name, sorted(own, key=lambda i: scene.parts[i].first_line)) for name, own in parts.items())
    return Inspection(
        artifacts, tuple(Unread(u.name, u.why) for u in evidence.unreadable), _sum(a.reading for a in artifacts),
        sum(p.understood for p in scene.parts if p.kind in _FREE), _hull(a.span for a in artifacts), scene.clocks.dated,
        named(finder.of(range(len(scene.parts)))), tuple(sorted({e for p in scene.parts for e in p.evidence})),
    )  # fmt: skip


def _artifact(scene: Scene, finder: Finder, name: str, own: Sequence[int]) -> InspectedArtifact:
    parts = tuple(_part(scene, finder, index) for index in own)
    clocks = tuple(note for note in scene.clocks.notes if note.artifact == name)
    return InspectedArtifact(name, parts, _sum(p.reading for p in parts), _hull(p.span for p in parts), clocks, named(finder.of(own)))


def _part(scene: Scene, finder: Finder, index: int) -> InspectedPart:
    part = scene.parts[index]
    events = sum(isinstance(seen, Event) for seen in part.observations)
    return InspectedPart(
        part.kind, part.first_line, Reading(part.lines, part.blank, part.understood, part.missed), part.command,
        _span(scene, index), _clock(scene, index), events, len(part.observations) - events, _node(scene, index),
        named(finder.of([index])), part.evidence, part.components,
    )  # fmt: skip


def _moments(scene: Scene, index: int) -> Iterable[Moment]:
    part = scene.parts[index]
    for seen in part.observations:
        for stamp in (seen.at, seen.first if isinstance(seen, Event) else None):
            if moment := scene.clocks.moment(index, part, stamp):
                yield moment


def _span(scene: Scene, index: int) -> Span | None:
    times = sorted(moment.at for moment in _moments(scene, index))
    return Span(_local(scene, times[0]), _local(scene, times[-1])) if times else None


def _local(scene: Scene, at: datetime) -> datetime:
    """In the evidence's own zone; in UTC at the ends of the calendar, where that zone's time does not exist."""
    try:
        return at.astimezone(timezone(timedelta(seconds=scene.clocks.zone)))
    except OverflowError:
        return at


def _hull(spans: Iterable[Span | None]) -> Span | None:
    known = [span for span in spans if span is not None]
    return Span(min(s.begins for s in known), max(s.ends for s in known)) if known else None


def _clock(scene: Scene, index: int) -> PartTime | None:
    part, clock = scene.parts[index], scene.clocks.parts[index]
    if not any(seen.at for seen in part.observations):
        return None
    taken = _local(scene, clock.taken.at) if clock.taken and _counts_back(part) else None
    return PartTime(offset_text(clock.zone), clock.zone_assumed, taken, taken is not None and clock.taken_assumed)


def _counts_back(part: Parsed) -> bool:
    return any(seen.at is not None and seen.at.age is not None for seen in part.observations)


def _node(scene: Scene, index: int) -> str:
    nodes = set(scene.places.nodes_at[index]) - {""}
    return nodes.pop() if len(nodes) == 1 else ""


def _sum(readings: Iterable[Reading]) -> Reading:
    every = list(readings)
    return Reading(
        sum(r.lines for r in every),
        sum(r.blank for r in every),
        sum(r.understood for r in every),
        tuple(n for r in every for n in r.missed),
    )
