"""What was seen but is over: faults of pods that are gone or well again, of a node that is Ready since.

Logs hold yesterday's faults beside today's. A line about a pod that a complete list of pods no longer holds, or that
runs and is ready without having said anything for longer than the longest back-off, is history; so is a line about a
node's readiness from before the moment since when the node is Ready.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from plegma.engine.clocks import Moment
from plegma.engine.entities import ID_PREFIX
from plegma.engine.facts import Fact, attributes, in_order, without
from plegma.engine.matches import Match, Sighting, match_of
from plegma.engine.scenes import Scene
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
_BOUND = "Successfully bound pod to node"
"""What schedule_one.go logs of a pod that found its node; the event for it has the reason Scheduled."""
_STARTED = (_BOUND, "Observed pod startup duration")
"""What logs say of a pod that found its node, and that started: schedule_one.go, the kubelet's pod_startup_latency_tracker.go."""
_BECAME_READY = (
    frozenset({"NodeReady", "KubeletReady"}),
    ("Node became ready", "as it just became ready", "Recording NodeReady event", 'event="NodeReady"'),
)
_BECAME_UNREADY = (
    frozenset({"NodeNotReady", "KubeletNotReady"}),
    ("Node became not ready", "Recording NodeNotReady event", 'event="NodeNotReady"'),
)
"""The reasons of the events, and what the kubelet logs as it sets the condition (setters.go) and records the event
(kubelet_node_status.go, in plain text to v1.19)."""
_RUNS = frozenset({"Up", "Running", "CONTAINER_RUNNING"})
"""How docker ps, crictl ps and the CRI say that a container runs."""
_WELL = frozenset({"Running", "Completed", "Succeeded"})


class Now(Struct, frozen=True):
    """How things stand: pods with whether each is well, by a complete list (`pods`) and by any row (`rows`); what the runtimes list; when
    each pod was given a node (`bound`), its youngest container started and its image came; nodes Ready and since when."""

    pods: Mapping[str, bool]
    rows: Mapping[str, bool]
    listed: Mapping[str, frozenset[str]]
    well_nodes: frozenset[str]
    ready: frozenset[str]
    ready_since: Mapping[str, Moment]
    starts: Mapping[str, Moment]
    bound: Mapping[str, Moment]
    pulled: Mapping[str, Moment]
    latest: float


def still_there(scene: Scene, matches: Sequence[Match], catalog: Catalog) -> tuple[tuple[Match, ...], Scene]:
    """The matches by what is not over, and the scene without the events that are: what is over speaks against nothing."""
    if scene.clocks.latest is None:
        return tuple(matches), scene
    now = _now(scene, scene.clocks.latest)
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
    if now.pods and fact.node in now.listed and _ids(fact.seen.refs):
        return not _ids(fact.seen.refs) & now.listed[fact.node]
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


def _ids(refs: Mapping[str, str]) -> set[str]:
    return {refs[key][:ID_PREFIX] for key in ("sandbox_id", "container_id") if refs.get(key)}


def _now(scene: Scene, latest: Moment) -> Now:
    rows, ready, starts = _rows(scene), _ready_since(scene), _starts(scene)
    pods = rows if knows_all_pods(scene) else {}
    listed: dict[str, set[str]] = {}
    unwell: set[str] = set()
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind in {"Sandbox", "RuntimeContainer"} and fact.node:
            listed.setdefault(fact.node, set()).update(_ids(fact.seen.refs))
        if isinstance(fact.seen, State) and fact.seen.kind == "Pod" and not _well(fact):
            unwell.add(fact.node)
    well = frozenset(ready) - unwell if pods else frozenset()
    held = {n: frozenset(ids) for n, ids in listed.items()}
    return Now(pods, rows, held, well, _ready_nodes(scene), ready, starts, _bound(scene), _pulled(scene, starts), latest.seconds)


def _rows(scene: Scene) -> dict[str, bool]:
    """All pods that have a row, with whether each is well."""
    found: dict[str, bool] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Pod" and fact.pod:
            found[fact.pod] = found.get(fact.pod, True) and _well(fact)
    return found


def knows_all_pods(scene: Scene) -> bool:
    """Does the case hold a list of the pods of all namespaces, so that what is not in it does not exist?"""
    return any(_complete(namespaces) for namespaces in _lists(scene))


def all_is_well(scene: Scene) -> bool:
    """Does a list of all pods show every one of them well, and no row a node that is not?"""
    pods = _rows(scene) if knows_all_pods(scene) else {}
    return bool(pods) and all(pods.values()) and not any(_unwell_node(fact) for fact in scene.states)


def _unwell_node(fact: Fact) -> bool:
    seen = fact.seen
    if not isinstance(seen, State):
        return False
    if seen.kind == "Node":
        return str(seen.attrs.get("status", "Ready")).startswith("NotReady")
    return (
        seen.kind == "Condition"
        and seen.attrs.get("type") == "Ready"
        and str(seen.attrs.get("status")) != "True"
        and "pod" not in seen.refs
    )


def _lists(scene: Scene) -> Iterator[set[str]]:
    """For each list of pods, the namespaces in it."""
    for part in scene.parts:
        if "pod-list" in part.evidence:
            yield {o.refs.get("namespace", "") for o in part.observations if isinstance(o, State) and o.kind == "Pod"}


def _complete(namespaces: set[str]) -> bool:
    """A list over several namespaces is one of all namespaces; one of a single namespace says nothing of the others."""
    return len(namespaces - {""}) >= 2


def _well(fact: Fact) -> bool:
    assert isinstance(fact.seen, State)
    status = str(fact.seen.attrs.get("status", ""))
    return status in _WELL and (status != "Running" or not attributes(fact).get("unready"))


def _ready_since(scene: Scene) -> dict[str, Moment]:
    """Nodes that became Ready, with the moment, unless something says since that they are not.

    From the condition's last transition, NodeReady events and the kubelet's own line. An age is cut to its unit: it counts
    from its earliest moment, and where the order is open the present condition decides.
    """
    since, lost = _last_told(scene, _BECAME_READY), _last_told(scene, _BECAME_UNREADY)
    ready = _ready_nodes(scene)
    return {node: at for node, at in since.items() if node not in lost or _comes_before(lost[node], at, node in ready)}


def _last_told(scene: Scene, said: tuple[frozenset[str], tuple[str, ...]]) -> dict[str, Moment]:
    """By node, the last moment at which an event of one of the reasons, or with one of the texts, told it."""
    told: dict[str, Moment] = {}
    for fact in _saying(scene, *said):
        if fact.last:
            told[fact.node] = max(told.get(fact.node, fact.last), fact.last, key=_earliest)
    return told


def _saying(scene: Scene, reasons: Set[str], texts: Sequence[str]) -> list[Fact]:
    """The events of one of the reasons or with one of the texts, in order."""
    told = [w.facts for w in scene.wordings if w.reason in reasons or any(text in w.message for text in texts)]
    return in_order(pair for facts in told for pair in facts)


def _ready_nodes(scene: Scene) -> frozenset[str]:
    """Nodes whose row, or whose Ready condition, says that they are Ready as things stand."""
    rows = ((f.node, f.seen) for f in scene.states if isinstance(f.seen, State) and "pod" not in f.seen.refs)
    return frozenset(node for node, row in rows if _says_ready(row))


def _says_ready(row: State) -> bool:
    if row.kind == "Node":
        return row.attrs.get("ready") == "True"
    return row.kind == "Condition" and row.attrs.get("type") == "Ready" and str(row.attrs.get("status")) == "True"


def _comes_before(lost: Moment, back: Moment, ready: bool) -> bool:
    return _earliest(lost) < _earliest(back) or (ready and _earliest(lost) == _earliest(back))


def _earliest(moment: Moment) -> datetime:
    return moment.at - timedelta(seconds=moment.grain)


def _starts(scene: Scene) -> dict[str, Moment]:
    """When the youngest container of each pod started, by the events, the container states and the runtime's list that say so."""
    starts: dict[str, Moment] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Container" and fact.pod and fact.seen.attrs.get("state") == "Running":
            at = _written(str(fact.seen.attrs.get("started", "")))
            if at is not None:
                starts[fact.pod] = max(starts.get(fact.pod, Moment.of(at)), Moment.of(at))
        elif fact.pod and fact.last and _runs(fact):
            starts[fact.pod] = max(starts.get(fact.pod, fact.last), fact.last)
    for fact in _saying(scene, {"Started"}, _STARTED):
        if fact.pod and fact.last:
            starts[fact.pod] = max(starts.get(fact.pod, fact.last), fact.last)
    return starts


def _runs(fact: Fact) -> bool:
    """Does the runtime list it as a container (no sandbox) that runs?"""
    seen = fact.seen
    return isinstance(seen, State) and seen.kind == "RuntimeContainer" and str(seen.attrs.get("state")) in _RUNS


def _bound(scene: Scene) -> dict[str, Moment]:
    """When each pod was last given a node."""
    bound: dict[str, Moment] = {}
    told = (w.facts for w in scene.wordings if w.reason == "Scheduled" or w.message.startswith(_BOUND))
    for _, fact in (pair for facts in told for pair in facts):
        if fact.pod and fact.last:
            bound[fact.pod] = max(bound.get(fact.pod, fact.last), fact.last)
    return bound


def _pulled(scene: Scene, starts: Mapping[str, Moment]) -> dict[str, Moment]:
    """When each image was last pulled, or a pod of it started."""
    pulled: dict[str, Moment] = {}
    for fact in scene.events if starts else ():
        image = fact.seen.refs.get("image", "")
        if image and fact.pod in starts:
            pulled[image] = max(pulled.get(image, starts[fact.pod]), starts[fact.pod])
    for fact in _saying(scene, {"Pulled"}, ()):
        if (image := fact.seen.refs.get("image", "")) and fact.last:
            pulled[image] = max(pulled.get(image, fact.last), fact.last)
    return pulled


def _written(text: str) -> datetime | None:
    """A container's start in RFC 3339, as every parser gives it; None where there is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _leading_to(catalog: Catalog, effects: frozenset[str]) -> frozenset[str]:
    """Modes that surely bring one of the effects, over at most two steps, and the effects themselves."""
    found = set(effects)
    for _ in range(2):
        found |= {cause.id for effect in set(found) for cause, link in catalog.causes_of.get(effect, ()) if link.strength >= _SURELY}
    return frozenset(found)
