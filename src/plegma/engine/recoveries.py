"""What was seen but is over: faults of pods that are gone or well again, of a node that is Ready since.

Logs hold yesterday's faults beside today's. A line about a pod that a complete list of pods no longer holds, or that
runs and is ready without having said anything for longer than the longest back-off, is history; so is a line about a
node's readiness from before the moment since when the node is Ready.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plegma.engine.clocks import Moment
from plegma.engine.matches import Match, match_of
from plegma.engine.scenes import Fact, Scene, attributes
from plegma.knowledge.catalog import Catalog
from plegma.model.observations import Event, State

_QUIET = 330.0
"""Seconds: the longest back-off of the kubelet (300 s) and its jitter. What did not come back in that time is over."""
_ID_PREFIX = 11
_JUST_NOW = 60.0
_WHOLE_SECOND = 1.0
_NOT_READY = "node-not-ready"
_WELL = frozenset({"Running", "Completed", "Succeeded"})


@dataclass(frozen=True, slots=True)
class Now:
    """How things stand: the pods of a complete list with whether each is well, what the runtimes list, nodes Ready and since when."""

    pods: Mapping[str, bool]
    listed: Mapping[str, frozenset[str]]
    well_nodes: frozenset[str]
    ready_since: Mapping[str, Moment]
    starts: Mapping[str, Moment]
    latest: float


def present(scene: Scene, matches: Sequence[Match], catalog: Catalog) -> tuple[Match, ...]:
    """The matches by what is not over; all of them when everything is."""
    if scene.clocks.latest is None:
        return tuple(matches)
    now, unready = _now(scene, scene.clocks.latest), _leads_to_unready(catalog)
    kept: list[Match] = []
    for match in matches:
        current = [s for s in match.sightings if not _over(s.fact, now, match.mode.id in unready)]
        if current:
            kept.append(match if len(current) == len(match.sightings) else match_of(match.mode, match.key, current))
    return tuple(kept) if any(m.mode.role in {"cause", "symptom"} for m in kept) else tuple(matches)


def current(scene: Scene) -> Scene:
    """The scene without the events that are over; what is over speaks against nothing."""
    if scene.clocks.latest is None:
        return scene
    now = _now(scene, scene.clocks.latest)
    return replace(scene, events=tuple(f for f in scene.events if not _over(f, now, unready=False)))


def _over(fact: Fact, now: Now, unready: bool) -> bool:
    if isinstance(fact.seen, State) or fact.seen.component == "status" or fact.last is None:
        return False
    quiet = now.latest - fact.last.at.timestamp() > _QUIET
    if fact.pod in now.pods:
        return now.pods[fact.pod] and (quiet or _before_start(fact, now))
    if now.pods and fact.seen.refs.get("pod"):
        return True
    if now.pods and fact.node in now.listed and _ids(fact.seen.refs):
        return not _ids(fact.seen.refs) & now.listed[fact.node]
    if fact.node in now.well_nodes and quiet:
        return True
    return unready and fact.node in now.ready_since and fact.last.at < now.ready_since[fact.node].at


def _before_start(fact: Fact, now: Now) -> bool:
    """A pod that is well and whose containers started after the line has got over it; the last minute may still tell."""
    start = now.starts.get(fact.pod)
    return (
        start is not None
        and fact.last is not None
        and fact.last.at.timestamp() < start.at.timestamp() + _WHOLE_SECOND
        and now.latest - fact.last.at.timestamp() > _JUST_NOW
    )


def _ids(refs: Mapping[str, str]) -> set[str]:
    return {refs[key][:_ID_PREFIX] for key in ("sandbox_id", "container_id") if refs.get(key)}


def _now(scene: Scene, latest: Moment) -> Now:
    pods, ready = _pods(scene), _ready_since(scene)
    listed: dict[str, set[str]] = {}
    unwell: set[str] = set()
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind in {"Sandbox", "RuntimeContainer"} and fact.node:
            listed.setdefault(fact.node, set()).update(_ids(fact.seen.refs))
        if isinstance(fact.seen, State) and fact.seen.kind == "Pod" and not _well(fact):
            unwell.add(fact.node)
    well = frozenset(ready) - unwell if pods else frozenset()
    return Now(pods, {n: frozenset(ids) for n, ids in listed.items()}, well, ready, _starts(scene), latest.at.timestamp())


def _pods(scene: Scene) -> dict[str, bool]:
    """All pods of a complete list, with whether each is well; empty when no list is complete."""
    if not knows_all_pods(scene):
        return {}
    found: dict[str, bool] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Pod" and fact.pod:
            found[fact.pod] = found.get(fact.pod, True) and _well(fact)
    return found


def knows_all_pods(scene: Scene) -> bool:
    """Does the case hold a list of the pods of all namespaces, so that what is not in it does not exist?"""
    return any(_complete(namespaces) for namespaces in _lists(scene))


def _lists(scene: Scene) -> Iterator[set[str]]:
    """For each list of pods, the namespaces in it."""
    for part in scene.parts:
        if "pod-list" in part.evidence:
            yield {o.refs.get("namespace", "") for o in part.observations if isinstance(o, State) and o.kind == "Pod"}


def _complete(namespaces: set[str]) -> bool:
    """A list over several namespaces is one of all namespaces; one of a single namespace says nothing of the others."""
    return len(namespaces - {""}) >= 2


def _well(fact: Fact) -> bool:
    attrs = attributes(fact)
    status = str(attrs.get("status", ""))
    return status in _WELL and (status != "Running" or not attrs.get("unready"))


def _ready_since(scene: Scene) -> dict[str, Moment]:
    """Nodes that are Ready now, with the moment since when (the condition's last transition)."""
    ready = {
        f.node
        for f in scene.states
        if isinstance(f.seen, State)
        and f.seen.kind == "Condition"
        and f.seen.attrs.get("type") == "Ready"
        and str(f.seen.attrs.get("status")) == "True"
    }
    since: dict[str, Moment] = {}
    for fact in scene.events:
        if (
            isinstance(fact.seen, Event)
            and fact.seen.component == "status"
            and fact.seen.reason == "KubeletReady"
            and fact.node in ready
            and fact.last
        ):
            since[fact.node] = max(since.get(fact.node, fact.last), fact.last)
    return since


def _starts(scene: Scene) -> dict[str, Moment]:
    """When the youngest container of each pod started, by the events and the container states that say so."""
    starts: dict[str, Moment] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Container" and fact.pod and fact.seen.attrs.get("state") == "Running":
            at = _written(str(fact.seen.attrs.get("started", "")))
            if at is not None:
                starts[fact.pod] = max(starts.get(fact.pod, Moment(at)), Moment(at))
    for fact in scene.events:
        if isinstance(fact.seen, Event) and fact.seen.reason == "Started" and fact.pod and fact.last:
            starts[fact.pod] = max(starts.get(fact.pod, fact.last), fact.last)
    return starts


def _written(text: str) -> datetime | None:
    """A container's start in RFC 3339, as every parser gives it; None where there is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _says_ready(fact: Fact) -> bool:
    seen = fact.seen
    if not isinstance(seen, State) or seen.kind != "Condition":
        return False
    return seen.attrs.get("type") == "Ready" and str(seen.attrs.get("status")) == "True"


def _leads_to_unready(catalog: Catalog) -> frozenset[str]:
    """Modes that surely make a node NotReady, over at most two steps."""
    found = {_NOT_READY}
    for _ in range(2):
        found |= {cause.id for effect in set(found) for cause, link in catalog.causes_of.get(effect, ()) if link.strength >= 0.7}
    return frozenset(found)
