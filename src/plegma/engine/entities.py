"""Which names mean the same pod or the same node: the join across sources.

A pod UID in a kubelet log is the UID in a docker name is the pod in the API; a sandbox id belongs to the pod that a
line names with it. Names in pasted outputs are often cut or masked, so a restart count in the hundreds that stands
in two outputs with the same age also says "the same pod".
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plegma.model.observations import Event, Observation, State
from plegma.model.parts import Parsed

Key = tuple[str, ...]
ID_PREFIX = 11
"""Runtimes print ids whole (64), or cut to 12 or 13 characters; pastes lose some more."""
_TELLING_RESTARTS = 50


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

    def members(self) -> dict[Key, list[Key]]:
        found: dict[Key, list[Key]] = {}
        for key in sorted(self._parent):
            found.setdefault(self.find(key), []).append(key)
        return found


@dataclass(slots=True)
class PodNames:
    """What is known of one pod."""

    namespace: str = ""
    name: str = ""
    uid: str = ""
    node: str = ""
    workload: str = ""
    sandboxes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """For each observation (by part and index) the group of its pod and of its node; "" where unknown."""

    pod_of: Mapping[tuple[int, int], str]
    node_of: Mapping[tuple[int, int], str]
    pods: Mapping[str, PodNames]
    nodes: tuple[str, ...]
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def refs_of(part: Parsed, seen: Observation) -> Mapping[str, str]:
    """An observation's refs over those that hold for its whole part."""
    return {**part.context, **seen.refs} if part.context else seen.refs


def _pod_keys(refs: Mapping[str, str]) -> list[Key]:
    keys: list[Key] = []
    if refs.get("pod_uid"):
        keys.append(("uid", refs["pod_uid"]))
    if refs.get("pod"):
        keys.append(("name", refs.get("namespace", ""), refs["pod"]))
    keys += [("id", refs[k][:ID_PREFIX]) for k in ("sandbox_id", "container_id") if refs.get(k)]
    return keys


def places_of(parts: Sequence[Parsed]) -> Places:
    """Joins pods and nodes over all parts."""
    groups = Groups()
    where: dict[tuple[int, int], Key] = {}
    for p, part in enumerate(parts):
        for i, seen in enumerate(part.observations):
            keys = _pod_keys(refs_of(part, seen))
            if keys:
                groups.join(keys)
                groups.find(keys[0])
                where[p, i] = keys[0]
    _join_bare_names(groups)
    _join_fingerprints(parts, where, groups)
    _adopt_nameless(parts, where, groups)
    pod_of = {at: "/".join(groups.find(key)) for at, key in where.items()}
    return _with_nodes(parts, pod_of, _names(parts, pod_of))


def _join_bare_names(groups: Groups) -> None:
    """A pod named without its namespace is the one of that name, when there is just one."""
    full: dict[str, set[Key]] = {}
    for members in groups.members().values():
        for key in members:
            if key[0] == "name" and key[1]:
                full.setdefault(key[2], set()).add(groups.find(key))
    for members in groups.members().values():
        for key in members:
            if key[0] == "name" and not key[1] and len(full.get(key[2], ())) == 1:
                groups.join([key, *full[key[2]]])


def _join_fingerprints(parts: Sequence[Parsed], where: Mapping[tuple[int, int], Key], groups: Groups) -> None:
    prints: dict[tuple[int, str], dict[int, set[Key]]] = {}
    for (p, i), key in sorted(where.items()):
        seen = parts[p].observations[i]
        if (
            isinstance(seen, State)
            and seen.kind == "Pod"
            and _number(seen.attrs.get("restarts")) >= _TELLING_RESTARTS
            and "age" in seen.attrs
        ):
            print_ = (int(_number(seen.attrs["restarts"])), str(seen.attrs["age"]))
            prints.setdefault(print_, {}).setdefault(p, set()).add(groups.find(key))
    for by_part in prints.values():
        if len(by_part) > 1 and all(len(keys) == 1 for keys in by_part.values()):
            groups.join(sorted(key for keys in by_part.values() for key in keys))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _adopt_nameless(parts: Sequence[Parsed], where: dict[tuple[int, int], Key], groups: Groups) -> None:
    """A cut describe does not say whose containers it shows: they are the only pod's, or an unnamed pod's."""
    known = {groups.find(k) for k in where.values()}
    only = next(iter(known)) if len(known) == 1 else None
    for p, part in enumerate(parts):
        for i, seen in enumerate(part.observations):
            if (p, i) in where:
                continue
            if part.kind == "kubectl-describe-pod" or (isinstance(seen, State) and seen.kind in {"Container", "Pod"}):
                key = only or ("unnamed", str(part.artifact), str(part.first_line))
                groups.find(key)
                where[p, i] = key


def _names(parts: Sequence[Parsed], pod_of: Mapping[tuple[int, int], str]) -> dict[str, PodNames]:
    votes: dict[str, dict[str, Counter[str]]] = {}
    for (p, i), pod in pod_of.items():
        part = parts[p]
        refs = refs_of(part, part.observations[i])
        tally = votes.setdefault(pod, {k: Counter() for k in ("namespace", "pod", "pod_uid", "workload", "sandbox_id")})
        for key, counter in tally.items():
            if refs.get(key):
                counter[refs[key]] += 3 if key == "pod" and refs.get("pod_uid") else 1
    return {
        pod: PodNames(
            _best(tally["namespace"]),
            _best(tally["pod"]),
            _best(tally["pod_uid"]),
            "",
            _best(tally["workload"]),
            tuple(sorted(tally["sandbox_id"])),
        )
        for pod, tally in votes.items()
    }


def _best(votes: Counter[str]) -> str:
    return min(votes, key=lambda v: (-votes[v], -len(v), v)) if votes else ""


def _with_nodes(parts: Sequence[Parsed], pod_of: Mapping[tuple[int, int], str], pods: dict[str, PodNames]) -> Places:
    groups, votes = Groups(), _node_votes(parts)
    for name in votes:
        groups.find(("node", name))
    _join_short_names(groups, sorted(votes))
    _join_by_pod(parts, pod_of, groups)
    canonical = {root: _best(Counter({m[1]: votes[m[1]] for m in members})) for root, members in groups.members().items()}
    node_of: dict[tuple[int, int], str] = {}
    for p, part in enumerate(parts):
        for i, seen in enumerate(part.observations):
            name = refs_of(part, seen).get("node", "")
            if name:
                node_of[p, i] = canonical[groups.find(("node", name))]
    _fill(parts, pod_of, node_of, pods, tuple(sorted(set(canonical.values()))))
    aliases = {canonical[root]: tuple(m[1] for m in members) for root, members in groups.members().items()}
    return Places(pod_of, node_of, pods, tuple(sorted(set(canonical.values()))), aliases)


def _node_votes(parts: Sequence[Parsed]) -> Counter[str]:
    """How often, and how officially, each node name is used: what the API calls it counts most."""
    votes: Counter[str] = Counter()
    for part in parts:
        for seen in part.observations:
            name = refs_of(part, seen).get("node", "")
            if name:
                official = (isinstance(seen, State) and seen.kind == "Node") or (
                    isinstance(seen, Event) and f"Node {name} status is now" in seen.message
                )
                votes[name] += 1000 if official else 1
    return votes


def _join_short_names(groups: Groups, names: Iterable[str]) -> None:
    by_short: dict[str, list[str]] = {}
    for name in names:
        by_short.setdefault(name.split(".")[0], []).append(name)
    for short, long in by_short.items():
        if short in long and len(long) > 1 and not short.isdigit():
            groups.join([("node", n) for n in sorted(long)])


def _join_by_pod(parts: Sequence[Parsed], pod_of: Mapping[tuple[int, int], str], groups: Groups) -> None:
    """One pod (by UID) runs on one node in its whole life: two names for its node are one node."""
    listed = {
        refs_of(part, seen).get("node", "")
        for part in parts
        for seen in part.observations
        if isinstance(seen, State) and seen.kind == "Node"
    }
    nodes: dict[str, set[str]] = {}
    uids: dict[str, set[str]] = {}
    for (p, i), pod in pod_of.items():
        refs = refs_of(parts[p], parts[p].observations[i])
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


def _fill(
    parts: Sequence[Parsed],
    pod_of: Mapping[tuple[int, int], str],
    node_of: dict[tuple[int, int], str],
    pods: Mapping[str, PodNames],
    nodes: tuple[str, ...],
) -> None:
    """Nodes that a line does not name: its pod's, its part's only one, the case's only one."""
    for at, pod in pod_of.items():
        if at in node_of and not pods[pod].node:
            pods[pod].node = node_of[at]
    for p, part in enumerate(parts):
        here = {node_of[p, i] for i in range(len(part.observations)) if (p, i) in node_of}
        only = next(iter(here)) if len(here) == 1 and part.kind in {"log", "kubectl-describe-node"} else ""
        only = only or (nodes[0] if len(nodes) == 1 else "") or _node_in_path(part.artifact, nodes)
        for i in range(len(part.observations)):
            if (p, i) not in node_of:
                node = pods[pod_of[p, i]].node if (p, i) in pod_of else ""
                if node or only:
                    node_of[p, i] = node or only
    if len(nodes) == 1:
        for names in pods.values():
            names.node = names.node or nodes[0]
