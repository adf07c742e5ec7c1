"""How things stand by the rows: which pods are well, which nodes Ready and since when, what the runtimes list."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from plegma.engine.beginnings import bound_of, pulled_of, starts_of
from plegma.engine.clocks import Moment
from plegma.engine.entities import ID_PREFIX
from plegma.engine.facts import Fact, attributes, saying
from plegma.engine.scenes import Scene
from plegma.model.observations import State

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


def ids_of(refs: Mapping[str, str]) -> set[str]:
    """The sandbox and the container that something names, as short as the shortest output prints them."""
    return {refs[key][:ID_PREFIX] for key in ("sandbox_id", "container_id") if refs.get(key)}


def now_of(scene: Scene, latest: Moment) -> Now:
    """How things stand at the latest moment."""
    rows, ready, starts = _rows(scene), ready_since_of(scene), starts_of(scene)
    pods = rows if knows_all_pods(scene) else {}
    listed: dict[str, set[str]] = {}
    unwell: set[str] = set()
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind in {"Sandbox", "RuntimeContainer"} and fact.node:
            listed.setdefault(fact.node, set()).update(ids_of(fact.seen.refs))
        if isinstance(fact.seen, State) and fact.seen.kind == "Pod" and not _well(fact):
            unwell.add(fact.node)
    well = frozenset(ready) - unwell if pods else frozenset()
    held = {n: frozenset(ids) for n, ids in listed.items()}
    return Now(pods, rows, held, well, _ready_nodes(scene), ready, starts, bound_of(scene), pulled_of(scene, starts), latest.seconds)


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


def ready_since_of(scene: Scene) -> dict[str, Moment]:
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
    for fact in saying(scene.wordings, *said):
        if fact.last:
            told[fact.node] = max(told.get(fact.node, fact.last), fact.last, key=_earliest)
    return told


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
