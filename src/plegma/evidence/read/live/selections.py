"""What of the lists is kept: what is suspicious whole, the rest as rows, and of very many rows those that matter."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct, field

from plegma.evidence.read.live.fields import Thing, at, moment, name_of, picked, text, things, without
from plegma.evidence.read.live.suspicions import RECENT, about, is_sick, is_stale, is_suspicious, is_warning, last_seen, youngest

FEW_PODS = 2000
FEW_NODES = 200
FEW_EVENTS = 2000
MOST_WHOLE, MOST_OF_ONE_OWNER = 400, 10
"""Suspicious pods that are kept whole, in all and of one owner; of the others the rows with all statuses stay."""
MOST_ROWS = 4000
"""Of ten thousand rows of sick pods the engine takes half a minute, and says the same."""
MOST_EVENTS = 5000
_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_MIRRORS = ("kubernetes.io/config.mirror", "kubernetes.io/config.source")


def lean(thing: Thing) -> Thing:
    """The object without its managed fields, which are half of many an object in memory."""
    meta = at(thing, "metadata")
    if isinstance(meta, dict):
        meta.pop("managedFields", None)
    return thing


def owner_of(pod: Thing) -> str:
    """What stands for all pods of one owner; a pod without one stands for itself."""
    owner = next(things(pod, "metadata", "ownerReferences"), {})
    return text(owner, "uid") or "/".join(name_of(pod))


def tidy(thing: Thing) -> Thing:
    """The object without what no diagnosis needs and what may hold secrets: managed fields, applied manifests, values of variables."""
    meta = at(thing, "metadata")
    if isinstance(meta, dict):
        thing["metadata"] = meta = without(meta, "managedFields")
        notes = meta.get("annotations")
        if isinstance(notes, dict):
            meta["annotations"] = without(notes, _APPLIED)
    for spec in (at(thing, "spec"), at(thing, "spec", "template", "spec"), at(thing, "spec", "jobTemplate", "spec", "template", "spec")):
        for section in ("initContainers", "containers", "ephemeralContainers"):
            for container in things(spec, section):
                for variable in things(container, "env"):
                    if "value" in variable:
                        variable["value"] = "***(environment)"
    return thing


def row(pod: Thing) -> Thing:
    """Of a pod what `kubectl get pods -o wide` and its statuses say."""
    meta, spec, status = at(pod, "metadata"), at(pod, "spec"), at(pod, "status")
    kept = picked(meta, "name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "ownerReferences")
    if notes := picked(at(meta, "annotations"), *_MIRRORS):
        kept["annotations"] = notes
    shown = picked(spec, "nodeName", "hostNetwork", "priorityClassName")
    shown["containers"] = [picked(container, "name", "image") for container in things(spec, "containers")]
    said = picked(status, "phase", "reason", "message", "startTime", "qosClass", "containerStatuses")
    said["conditions"] = [c for c in things(status, "conditions") if text(c, "type") == "Ready" or text(c, "status") != "True"]
    return {"metadata": kept, "spec": shown, "status": said}


def node_row(node: Thing) -> Thing:
    """Of a well node its name, versions, taints and readiness."""
    kept = picked(at(node, "metadata"), "name", "uid", "creationTimestamp")
    spec = picked(at(node, "spec"), "podCIDR", "unschedulable", "taints")
    ready = [c for c in things(node, "status", "conditions") if text(c, "type") == "Ready"]
    info = picked(at(node, "status", "nodeInfo"), "kubeletVersion", "containerRuntimeVersion", "kernelVersion", "osImage")
    return {"metadata": kept, "spec": spec, "status": {"conditions": ready, "nodeInfo": info}}


class Pods(Struct):
    """The pods while their pages come. Rows of well pods are held encoded: a hundred thousand of them take 60 MB."""

    now: datetime
    recent: timedelta = RECENT
    named: frozenset[tuple[str, str]] = frozenset()
    """Pods that must be kept whole."""
    whole: list[Thing] = field(default_factory=list)
    rows: list["Row"] = field(default_factory=list)
    count: int = 0
    suspicious: int = 0
    _owners: Counter[str] = field(default_factory=Counter)

    def add(self, pods: Iterable[Thing]) -> None:
        """Takes the pods of a page."""
        import msgspec

        encoder = msgspec.json.Encoder()
        for pod in pods:
            self.count += 1
            bad = is_suspicious(pod, self.now, self.recent)
            self.suspicious += bad
            if (bad and self._has_room(pod)) or name_of(pod) in self.named:
                self.whole.append(tidy(pod))
            else:
                self.rows.append(Row(text(pod, "spec", "nodeName"), name_of(pod), bad, encoder.encode(row(pod))))

    def _has_room(self, pod: Thing) -> bool:
        """Is there room for one more, and does its owner not have its share (an eviction storm leaves thousands of one)?"""
        owner = owner_of(pod)
        self._owners[owner] += 1
        return len(self.whole) < MOST_WHOLE and self._owners[owner] <= MOST_OF_ONE_OWNER

    def add_rows(self, pods: Iterable[Thing]) -> None:
        """Takes pods as rows, whatever they are like: they are not in question."""
        import msgspec

        self.rows += [Row(text(pod, "spec", "nodeName"), name_of(pod), False, msgspec.json.encode(row(pod))) for pod in pods]

    def clear(self) -> None:
        """Forgets all: the list begins anew."""
        self.whole, self.rows, self.count, self.suspicious, self._owners = [], [], 0, 0, Counter()

    def busy_nodes(self) -> Counter[str]:
        """How many pods that are kept whole each node has."""
        return Counter(node for pod in self.whole if (node := text(pod, "spec", "nodeName")))

    def kept(self, nodes: frozenset[str], named: frozenset[tuple[str, str]]) -> "Kept":
        """The pods by name: of very many only suspicious ones, those on these nodes and those that an event names."""
        import msgspec

        rows = self.rows
        if self.count > FEW_PODS:
            wanted = (r for r in rows if r.suspicious or r.name in named or r.node in nodes)
            rows = sorted(wanted, key=lambda r: not r.suspicious)[:MOST_ROWS]
        found = [*self.whole, *(msgspec.json.decode(r.encoded) for r in rows)]
        left_bad = sum(r.suspicious for r in self.rows) - sum(r.suspicious for r in rows)
        return Kept(sorted(found, key=name_of), len(self.rows) - len(rows) - left_bad, left_bad)


class Row(Struct, frozen=True):
    """What is kept of a pod that is not kept whole: `encoded` is its row as JSON."""

    node: str
    name: tuple[str, str]
    suspicious: bool
    encoded: bytes


class Kept(Struct, frozen=True):
    """Pods, and how many well and suspicious ones were only counted."""

    pods: list[Thing]
    well: int
    suspicious: int


def kept_nodes(nodes: Iterable[Thing], wanted: frozenset[str], few: bool) -> list[Thing]:
    """Nodes that are sick or wanted whole, but for the list of their images; the others as rows where there are many."""
    return [_tidy_node(n) if few or is_sick(n) or name_of(n)[1] in wanted else node_row(n) for n in nodes]


def _tidy_node(node: Thing) -> Thing:
    status = at(node, "status")
    if isinstance(status, dict):
        node["status"] = without(status, "images")
    return tidy(node)


def kept_leases(leases: list[Thing], wanted: frozenset[str]) -> list[Thing]:
    """All leases where there are few; else the stale ones, those of wanted nodes, and the youngest, which tells the time."""
    latest = youngest(leases)
    few = len(leases) <= FEW_NODES
    return [
        tidy(lease)
        for lease in leases
        if few or is_stale(lease, latest) or name_of(lease)[1] in wanted or moment(lease, "spec", "renewTime") == latest
    ]


def of_interest(events: list[Thing], node: str, pods: frozenset[tuple[str, str]]) -> list[Thing]:
    """Of all events those about one node, reported by it, or about these pods or what they have claimed."""
    names = frozenset(name for _, name in pods)
    return [e for e in events if _is_about(e, pods, frozenset({node})) or _host(e) == node or (text(about(e), "name") in names)]


def _host(event: Thing) -> str:
    return text(event, "source", "host") or text(event, "deprecatedSource", "host") or text(event, "reportingInstance")


def kept_events(events: list[Thing], pods: frozenset[tuple[str, str]], nodes: frozenset[str]) -> tuple[list[Thing], int]:
    """All events where there are few; else warnings, and what else is said of these pods and nodes; how many were left out."""
    found = events if len(events) <= FEW_EVENTS else [e for e in events if is_warning(e) or _is_about(e, pods, nodes)]
    found = sorted(found, key=lambda e: (is_warning(e), str(last_seen(e))), reverse=True)[:MOST_EVENTS]
    return sorted(found, key=name_of), len(events) - len(found)


def _is_about(event: Thing, pods: frozenset[tuple[str, str]], nodes: frozenset[str]) -> bool:
    thing = about(event)
    name = text(thing, "name")
    return (text(thing, "namespace"), name) in pods or (text(thing, "kind") == "Node" and name in nodes)
