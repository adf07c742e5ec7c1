"""The timeline of a case: lanes of the entities that matter, on one clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from plegma.engine.clocks import Moment
from plegma.engine.facts import Fact
from plegma.engine.lanes import container_bands, event_ticks, pleg_readings, sandbox_bands, status_ticks
from plegma.engine.matches import Match
from plegma.engine.naming import pod_entity
from plegma.engine.readiness import readiness_bands
from plegma.engine.scenes import Scene
from plegma.model.diagnosis import Entity
from plegma.model.observations import State
from plegma.model.timelines import Band, Lane, Tick, Timeline

_MOST_NODES, _MOST_PODS = 8, 10


def timeline_of(scene: Scene, matches: Sequence[Match], onset: Moment | None) -> Timeline | None:
    """The lanes of the nodes and pods that show most; None where nothing has a time."""
    if not scene.clocks.has_days:
        return None
    nodes, pods = _by_node(scene), _by_pod(scene)
    ticks = event_ticks(scene, matches)
    lanes = [
        *(lane for node in _busiest(nodes, matches, "node")[:_MOST_NODES] for lane in _node_lanes(scene, node, nodes[node], ticks)),
        *(lane for pod in _busiest(pods, matches, "pod")[:_MOST_PODS] for lane in _pod_lanes(scene, pod, pods[pod], ticks)),
    ]
    told = tuple(lane for lane in lanes if lane.bands or lane.ticks or lane.readings)
    times = [at for lane in told for at in _times(lane)]
    if not times:
        return None
    begins, ends = min(times), max([*times, *([scene.clocks.placed(scene.clocks.latest)] if scene.clocks.latest else [])])
    at = scene.clocks.placed(onset) if onset else None
    return Timeline(begins, ends, scene.clocks.dated, at, onset.grain if onset else 0.0, told)


def not_drawn(scene: Scene, matches: Sequence[Match]) -> tuple[int, int]:
    """How many nodes and pods show something and have no lane, since there are too many."""
    nodes, pods = _busiest(_by_node(scene), matches, "node"), _busiest(_by_pod(scene), matches, "pod")
    return max(0, len(nodes) - _MOST_NODES), max(0, len(pods) - _MOST_PODS)


def _by_node(scene: Scene) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in (*scene.events, *scene.states):
        if fact.node and not fact.pod:
            found.setdefault(fact.node, []).append(fact)
    return found


def _by_pod(scene: Scene) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in (*scene.events, *scene.states):
        if fact.pod:
            found.setdefault(fact.pod, []).append(fact)
    return found


def _busiest(groups: Mapping[str, Sequence[Fact]], matches: Sequence[Match], kind: str) -> list[str]:
    """Those that show any mode, the most modes first."""
    shown: dict[str, set[str]] = {}
    for match in matches:
        for sighting in match.sightings:
            name = sighting.fact.pod if kind == "pod" else sighting.fact.node
            if name in groups:
                shown.setdefault(name, set()).add(match.mode.id)
    return sorted(shown, key=lambda name: (-len(shown[name]), name))


def _node_lanes(scene: Scene, node: str, facts: Sequence[Fact], ticks: Mapping[tuple[str, str, bool], list[Tick]]) -> Iterator[Lane]:
    entity = Entity("Node", node, node=node)
    yield Lane("readiness", entity, _each_once(readiness_bands(scene, facts)))
    yield Lane("pleg", entity, readings=tuple(sorted(pleg_readings(scene, facts), key=lambda r: r.at)))
    yield Lane("events", entity, ticks=_sorted(ticks.get(("", node, False), ())))


def _pod_lanes(scene: Scene, pod: str, facts: Sequence[Fact], ticks: Mapping[tuple[str, str, bool], list[Tick]]) -> Iterator[Lane]:
    entity = pod_entity(scene.places.pods[pod])
    own = [*ticks.get((pod, "", False), ()), *_last_status(list(status_ticks(scene, facts)))]
    yield Lane("containers", entity, _each_once(container_bands(scene, facts)), _sorted(own), restarts=_restarts(facts))
    yield Lane("sandboxes", entity, _each_once(sandbox_bands(scene, facts)), _sorted(ticks.get((pod, "", True), ())))


def _each_once(bands: Iterable[Band]) -> tuple[Band, ...]:
    """Several outputs show the same thing: one band for each."""
    return tuple({(b.text.en, b.begins, b.ends): b for b in bands}.values())


def _last_status(ticks: Sequence[Tick]) -> list[Tick]:
    """Several outputs show the same row: one tick for each status and time."""
    return list({(t.text.en, t.first): t for t in ticks}.values())


def _restarts(facts: Sequence[Fact]) -> int | None:
    counts = [n for f in facts if isinstance(f.seen, State) and isinstance(n := f.seen.attrs.get("restarts"), int)]
    return max(counts, default=None)


def _sorted(ticks: Sequence[Tick]) -> tuple[Tick, ...]:
    return tuple(sorted(ticks, key=lambda t: (t.first, t.last, t.text.en)))


def _times(lane: Lane) -> Iterator[datetime]:
    for band in lane.bands:
        yield from (at for at in (band.begins, band.ends) if at)
    for tick in lane.ticks:
        yield from (tick.first, tick.last)
    yield from (reading.at for reading in lane.readings)
