"""What was seen but is over: faults of pods that are gone or well again, of a node that is Ready since.

Logs hold yesterday's faults beside today's. A line about a pod that a complete list of pods no longer holds, or that
runs and is ready without having said anything for longer than the longest back-off, is history; so is a line about a
node's readiness from before the moment since when the node is Ready.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from plegma.engine.clocks import Moment
from plegma.engine.facts import Fact, without
from plegma.engine.matches import Match, Sighting, match_of
from plegma.engine.scenes import Scene
from plegma.engine.standings import Now, ids_of, now_of
from plegma.engine.startups import startups_of
from plegma.engine.unit_lines import stops_undone
from plegma.knowledge.catalog import Catalog
from plegma.model.observations import Event, State

QUIET = 330.0
"""Seconds: the longest back-off of the kubelet (300 s) and its jitter. What did not come back in that time is over."""
_JUST_NOW = 60.0
_WHOLE_SECOND = 1.0
_SURELY = 0.7
_NOT_READY = frozenset({"node-not-ready"})
_NOT_STARTED = frozenset({"pod-pending", "pod-stuck-creating", "image-pull-back-off"})
_UNSCHEDULED, _ANEW = "FailedScheduling", "SandboxChanged"
_MAY_PASS = frozenset({_UNSCHEDULED, _ANEW})
"""Reasons of events that a pod may be past whether it is well or not."""
_BEFORE_START = frozenset({"NetworkNotReady", _UNSCHEDULED})
_PULLS = ("Failed to pull image", "Back-off pulling image", "Error: ErrImagePull", "Error: ImagePullBackOff")
"""How the kubelet's events about a pull that failed begin (pkg/kubelet/images/image_manager.go)."""


def still_there(scene: Scene, matches: Sequence[Match], catalog: Catalog) -> tuple[tuple[Match, ...], Scene]:
    """The matches by what is not over, and the scene without the events that are: what is over speaks against nothing."""
    if scene.clocks.latest is None:
        return tuple(matches), scene
    now = now_of(scene, scene.clocks.latest)
    past = frozenset(_past(scene, now)) | stops_undone(scene)
    events = tuple(f for f in scene.events if id(f) not in past) if past else scene.events
    current = replace(scene, events=events, wordings=without(scene.wordings, past)) if past else scene
    return _present(scene, matches, catalog, now, past), current


def _past(scene: Scene, now: Now) -> Iterator[int]:
    """The events (by id) that are over. Asked of wordings first: most lines of a sick cluster are about pods that are not well."""
    for wording in scene.wordings:
        if wording.component != "status":
            may_pass = wording.reason in _MAY_PASS
            yield from (id(f) for _, f in wording.facts if (may_pass or now.pods.get(f.pod) is not False) and _over(f, now))


def _present(scene: Scene, matches: Sequence[Match], catalog: Catalog, now: Now, past: frozenset[int]) -> tuple[Match, ...]:
    unready = _leading_to(catalog, _NOT_READY) if now.ready_since else frozenset()
    unstarted = _leading_to(catalog, _NOT_STARTED) if now.starts or now.pulled else frozenset()
    kept: list[Match] = []
    startups = startups_of(scene)
    for match in matches:
        if startups.covers(match):
            continue
        effects = Effects(match.mode.id in unready, match.mode.id in unstarted)
        left = _left(match.sightings, now, effects, past)
        if left:
            kept.append(match if len(left) == len(match.sightings) else match_of(match.mode, match.key, left))
    return tuple(kept)


def _left(sightings: Sequence[Sighting], now: Now, effects: "Effects", past: frozenset[int]) -> Sequence[Sighting]:
    if effects.any:
        sightings = [s for s in sightings if not _ended_since(s.fact, now, effects)]
    return [s for s in sightings if id(s.fact) not in past] if past else sightings


class Effects(Struct, frozen=True):
    """What a mode surely brings: a node that is not Ready, a pod that does not start. What came after shows that it passed."""

    unready: bool
    unstarted: bool

    @property
    def any(self) -> bool:
        """Is there one at all?"""
        return self.unready or self.unstarted


def _ended_since(fact: Fact, now: Now, effects: Effects) -> bool:
    """Did what the mode surely brings end after the event?"""
    if _tells_present(fact) or fact.last is None:
        return False
    if effects.unstarted and _started_since(fact, now):
        return True
    back = now.ready_since.get(fact.node) if effects.unready else None
    stayed = back is not None and (fact.node in now.ready or now.latest - back.seconds > _JUST_NOW)
    return back is not None and stayed and fact.last.seconds < back.seconds


def _over(fact: Fact, now: Now) -> bool:
    """Is an event about something that is gone or well again?"""
    if fact.last is None or _tells_present(fact):
        return False
    if _passed(fact, now):
        return True
    well = now.pods.get(fact.pod)
    if well is False:
        return False
    quiet = now.latest - fact.last.seconds > QUIET
    if well:
        return quiet or _before_start(fact, now)
    if now.pods and fact.seen.refs.get("pod"):
        return quiet or not _is_series(fact)
    if now.pods and fact.node in now.listed and ids_of(fact.seen.refs):
        return not ids_of(fact.seen.refs) & now.listed[fact.node]
    return quiet and fact.node in now.well_nodes


def _passed(fact: Fact, now: Now) -> bool:
    """A pod that found its node is past all looking for one; a well pod, past the sandbox that it had before its containers started."""
    reason = fact.seen.reason if isinstance(fact.seen, Event) else ""
    if reason == _UNSCHEDULED:
        return fact.last is not None and fact.pod in now.bound and fact.last.seconds <= now.bound[fact.pod].seconds
    return reason == _ANEW and now.rows.get(fact.pod, False) and _before_start(fact, now)


def _tells_present(fact: Fact) -> bool:
    return isinstance(fact.seen, State) or fact.seen.component == "status"


def _is_series(fact: Fact) -> bool:
    return isinstance(fact.seen, Event) and fact.seen.component == "k8s-event"


def _started_since(fact: Fact, now: Now) -> bool:
    """Did a container of the pod start, or the line's image arrive, after it? Ages are cut: only a clear order counts."""
    start = now.starts.get(fact.pod) if fact.pod else now.pulled.get(fact.seen.refs.get("image", ""))
    if start is None or fact.last is None:
        return False
    return fact.last.at <= start.at - timedelta(seconds=start.grain) or _before_any_start(fact, start)


def _before_any_start(fact: Fact, start: Moment) -> bool:
    """Within the minutes to which ages are cut, what can only come before a start came before it: a node is looked for, an image pulled."""
    if not isinstance(fact.seen, Event) or fact.last is None:
        return False
    return (fact.seen.reason in _BEFORE_START or fact.seen.message.startswith(_PULLS)) and fact.last.seconds <= start.seconds


def _before_start(fact: Fact, now: Now) -> bool:
    """A pod that is well and whose containers started after the line has got over it; the last minute may still tell."""
    start = now.starts.get(fact.pod)
    return (
        start is not None
        and fact.last is not None
        and fact.last.seconds < start.seconds + _WHOLE_SECOND
        and now.latest - fact.last.seconds > _JUST_NOW
    )


def _leading_to(catalog: Catalog, effects: frozenset[str]) -> frozenset[str]:
    """Modes that surely bring one of the effects, over at most two steps, and the effects themselves."""
    found = set(effects)
    for _ in range(2):
        found |= {cause.id for effect in set(found) for cause, link in catalog.causes_of.get(effect, ()) if link.strength >= _SURELY}
    return frozenset(found)
