"""Which names mean the same pod or the same node: the join across sources.

A pod UID in a kubelet log is the UID in a docker name is the pod in the API; a sandbox id belongs to the pod that a
line names with it. Names in pasted outputs are often cut or masked, so a restart count in the hundreds that stands
in two outputs with the same age also says "the same pod".
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from plegma.engine.namings import Namings, Refs
from plegma.model.observations import Event, State
from plegma.model.parts import Parsed

Key = tuple[str, ...]
ID_PREFIX = 11
"""Runtimes print ids whole (64), or cut to 12 or 13 characters; pastes lose some more."""
_TELLING_RESTARTS = 50
_OFFICIAL = 1000
_STATUS_IS = " status is now"


class Groups:
    """Union-find over keys."""

    def __init__(self) -> None:
        self._parent: dict[Key, Key] = {}

    def find(self, key: Key) -> Key:
        parent = self._parent.setdefault(key, key)
        while parent != self._parent[parent]:
            self._parent[key] = self._parent[parent]
            parent = self._parent[parent]
        return parent

    def join(self, keys: Sequence[Key]) -> None:
        for other in keys[1:]:
            a, b = sorted((self.find(keys[0]), self.find(other)))
            self._parent[b] = a

    def hold_bare_names(self) -> bool:
        """Is any pod named without its namespace?"""
        return any(key[0] == "name" and not key[1] for key in self._parent)

    def members(self) -> dict[Key, list[Key]]:
        found: dict[Key, list[Key]] = {}
        for key in sorted(self._parent):
            found.setdefault(self.find(key), []).append(key)
        return found


class PodNames(Struct):
    """What is known of one pod."""

    namespace: str = ""
    name: str = ""
    uid: str = ""
    node: str = ""
    workload: str = ""
    sandboxes: tuple[str, ...] = ()


class Places(Struct, frozen=True):
    """For each observation (`pods_at[part][index]`, `nodes_at` alike) the group of its pod and of its node; "" where unknown."""

    pods_at: Sequence[Sequence[str]]
    nodes_at: Sequence[Sequence[str]]
    pods: Mapping[str, PodNames]
    nodes: tuple[str, ...]


def _pod_keys(refs: Refs) -> list[Key]:
    keys: list[Key] = []
    if refs.get("pod_uid"):
        keys.append(("uid", refs["pod_uid"]))
    if refs.get("pod"):
        keys.append(("name", refs.get("namespace", ""), refs["pod"]))
    keys += [("id", refs[k][:ID_PREFIX]) for k in ("sandbox_id", "container_id") if refs.get(k)]
    return keys


def places_of(parts: Sequence[Parsed], namings: Namings) -> Places:
    """Joins pods and nodes over all parts."""
    groups = Groups()
    keys = [_pod_keys(refs) for refs in namings.refs]
    for own in keys:
        if own:
            groups.join(own)
            groups.find(own[0])
    _join_bare_names(groups)
    _join_fingerprints(parts, namings, keys, groups)
    adopted = _adopted(parts, namings, keys, groups)
    named = ["/".join(groups.find(own[0])) if own else "" for own in keys]
    pods_at = [[named[n] for n in here] for here in namings.at]
    for (p, i), key in adopted.items():
        pods_at[p][i] = "/".join(groups.find(key))
    told = [
        *zip(named, namings.refs, namings.counts, strict=True),
        *((pods_at[p][i], namings.refs[namings.at[p][i]], 1) for p, i in adopted),
    ]
    return _with_nodes(parts, namings, pods_at, [(pod, refs, count) for pod, refs, count in told if pod])


def _join_bare_names(groups: Groups) -> None:
    """A pod named without its namespace is the one of that name, when there is just one."""
    if not groups.hold_bare_names():
        return
    names = [key for members in groups.members().values() for key in members if key[0] == "name"]
    bare = [key for key in names if not key[1]]
    full: dict[str, set[Key]] = {}
    for key in names:
        if key[1]:
            full.setdefault(key[2], set()).add(groups.find(key))
    for key in bare:
        if len(full.get(key[2], ())) == 1:
            groups.join([key, *full[key[2]]])


def _join_fingerprints(parts: Sequence[Parsed], namings: Namings, keys: Sequence[Sequence[Key]], groups: Groups) -> None:
    prints: dict[tuple[int, str], dict[int, set[Key]]] = {}
    for p, part in enumerate(parts):
        for seen, naming in zip(part.observations, namings.at[p], strict=True):
            if isinstance(seen, State) and seen.kind == "Pod" and keys[naming] and "age" in seen.attrs:
                restarts = _number(seen.attrs.get("restarts"))
                if restarts >= _TELLING_RESTARTS:
                    by_part = prints.setdefault((int(restarts), str(seen.attrs["age"])), {})
                    by_part.setdefault(p, set()).add(groups.find(keys[naming][0]))
    for by_part in prints.values():
        if len(by_part) > 1 and all(len(found) == 1 for found in by_part.values()):
            groups.join(sorted(key for found in by_part.values() for key in found))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _adopted(parts: Sequence[Parsed], namings: Namings, keys: Sequence[Sequence[Key]], groups: Groups) -> dict[tuple[int, int], Key]:
    """A cut describe does not say whose containers it shows: they are the only pod's, or an unnamed pod's."""
    if all(keys):
        return {}
    known = {groups.find(own[0]) for own in keys if own}
    only = next(iter(known)) if len(known) == 1 else None
    adopted: dict[tuple[int, int], Key] = {}
    for p, part in enumerate(parts):
        described = part.kind == "kubectl-describe-pod"
        for i, (seen, naming) in enumerate(zip(part.observations, namings.at[p], strict=True)):
            if not keys[naming] and (described or (isinstance(seen, State) and seen.kind in {"Container", "Pod"})):
                adopted[p, i] = only or ("unnamed", str(part.artifact), str(part.first_line))
    return adopted


_NAMES = ("namespace", "pod", "pod_uid", "workload", "sandbox_id")
Votes = dict[str, int]
"""How often each name is used."""
Told = tuple[str, Refs, int]
"""A pod, what some observations of it name, and how many these are."""


def _names(told: Iterable[Told]) -> dict[str, PodNames]:
    votes: dict[str, dict[str, Votes]] = {}
    for pod, refs, count in told:
        tally = votes.setdefault(pod, {})
        for key in _NAMES:
            if name := refs.get(key):
                counted = tally.setdefault(key, {})
                counted[name] = counted.get(name, 0) + (3 * count if key == "pod" and refs.get("pod_uid") else count)
    return {pod: _named(tally) for pod, tally in votes.items()}


def _named(tally: Mapping[str, Votes]) -> PodNames:
    namespace, pod, uid, workload = (_best(tally.get(key, {})) for key in ("namespace", "pod", "pod_uid", "workload"))
    return PodNames(namespace, pod, uid, "", workload, tuple(sorted(tally.get("sandbox_id", ()))))


def _best(votes: Votes) -> str:
    if len(votes) == 1:
        return next(iter(votes))
    return min(votes, key=lambda v: (-votes[v], -len(v), v)) if votes else ""


def _with_nodes(parts: Sequence[Parsed], namings: Namings, pods_at: Sequence[Sequence[str]], told: Sequence[Told]) -> Places:
    groups, spoken_of = Groups(), list(_official_nodes(parts, namings))
    votes = _node_votes(namings, [name for _, name in spoken_of])
    for name in votes:
        groups.find(("node", name))
    _join_short_names(groups, sorted(votes))
    _join_by_pod(told, frozenset(name for seen, name in spoken_of if isinstance(seen, State)), groups)
    canonical = {root: _best(Counter({m[1]: votes[m[1]] for m in members})) for root, members in groups.members().items()}
    official = {name: canonical[groups.find(("node", name))] for name in votes}
    nodes = tuple(sorted(set(canonical.values())))
    pods = _names(told)
    for pod, refs, _ in told:
        if not pods[pod].node and refs.get("node"):
            pods[pod].node = official[refs["node"]]
    named = [official[refs["node"]] if refs.get("node") else "" for refs in namings.refs]
    nodes_at = [_nodes_of(part, here, at, named, pods, nodes) for part, here, at in zip(parts, pods_at, namings.at, strict=True)]
    if len(nodes) == 1:
        for names in pods.values():
            names.node = names.node or nodes[0]
    return Places(pods_at, nodes_at, pods, nodes)


def _official_nodes(parts: Sequence[Parsed], namings: Namings) -> Iterator[tuple[Event | State, str]]:
    """What the API calls nodes: in Node objects, and in events of the node controller; each with the name."""
    nodes = [refs.get("node", "") for refs in namings.refs]
    for part, here in zip(parts, namings.at, strict=True):
        for seen, n in zip(part.observations, here, strict=True):
            if isinstance(seen, State):
                if seen.kind == "Node" and nodes[n]:
                    yield seen, nodes[n]
            elif _STATUS_IS in seen.message and nodes[n] and f"Node {nodes[n]}{_STATUS_IS}" in seen.message:
                yield seen, nodes[n]


def _node_votes(namings: Namings, official: Iterable[str]) -> Counter[str]:
    """How often, and how officially, each node name is used: what the API calls it counts most."""
    votes: Counter[str] = Counter()
    for refs, count in zip(namings.refs, namings.counts, strict=True):
        if name := refs.get("node"):
            votes[name] += count
    for name in official:
        votes[name] += _OFFICIAL - 1
    return votes


def _join_short_names(groups: Groups, names: Iterable[str]) -> None:
    by_short: dict[str, list[str]] = {}
    for name in names:
        by_short.setdefault(name.split(".")[0], []).append(name)
    for short, long in by_short.items():
        if short in long and len(long) > 1 and not short.isdigit():
            groups.join([("node", n) for n in sorted(long)])


def _join_by_pod(told: Sequence[Told], listed: frozenset[str], groups: Groups) -> None:
    """One pod (by UID) runs on one node in its whole life: two names for its node are one node."""
    nodes: dict[str, set[str]] = {}
    uids: dict[str, set[str]] = {}
    for pod, refs, _ in told:
        if refs.get("node"):
            nodes.setdefault(pod, set()).add(refs["node"])
        if refs.get("pod_uid"):
            uids.setdefault(pod, set()).add(refs["pod_uid"])
    for pod, names in sorted(nodes.items()):
        if len(names) > 1 and len(uids.get(pod, ())) == 1 and len(names & listed) <= 1 and not pod.startswith("unnamed"):
            groups.join([("node", n) for n in sorted(names)])


def _node_in_path(artifact: str, nodes: tuple[str, ...]) -> str:
    """A folder or file that is called like a node holds that node's evidence, as bundles of several nodes do."""
    steps = {step for piece in artifact.split("/") for step in piece.split("!")}
    named = [node for node in nodes if node in steps]
    return named[0] if len(named) == 1 else ""


def _nodes_of(
    part: Parsed, pods: Sequence[str], at: Sequence[int], named: Sequence[str], known: Mapping[str, PodNames], nodes: tuple[str, ...]
) -> list[str]:
    """The node of each observation of a part, of pods and namings at hand (`named` is the node that each naming names).

    Where a line names none: its pod's, its part's only one, the case's only one.
    """
    here = {named[n] for n in set(at)} - {""}
    only = next(iter(here)) if len(here) == 1 and part.kind in {"log", "kubectl-describe-node"} else ""
    only = only or (nodes[0] if len(nodes) == 1 else "") or _node_in_path(part.artifact, nodes)
    return [named[n] or (known[pod].node if pod else "") or only for n, pod in zip(at, pods, strict=True)]
