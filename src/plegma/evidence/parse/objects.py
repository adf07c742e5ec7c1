"""JSON and YAML objects: of the Kubernetes API, of the CRI, of Docker, and configuration, whole or in pieces."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial

from msgspec import Struct

from plegma.evidence.parse import objects_json, objects_yaml
from plegma.evidence.parse.objects_branches import Branch, Document
from plegma.evidence.parse.objects_event import api_error, api_status, cni_error, event
from plegma.evidence.parse.objects_loading import documents
from plegma.evidence.parse.objects_network import endpoint_slice, endpoints, service
from plegma.evidence.parse.objects_node import lease, node
from plegma.evidence.parse.objects_parts import part
from plegma.evidence.parse.objects_pieces import piece
from plegma.evidence.parse.objects_pod import pod
from plegma.evidence.parse.objects_runtime import runtime_part
from plegma.evidence.parse.objects_shapes import members
from plegma.evidence.parse.objects_storage import attachment, claim, volume
from plegma.evidence.parse.objects_taken import taken
from plegma.evidence.parse.objects_workload import other, quota, workload
from plegma.evidence.parse.parsed import ClockHints, Parsed
from plegma.evidence.unreadable import Unreadable
from plegma.model.observations import Observation, Stamp
from plegma.model.texts import Text

_WORKLOADS = ("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet", "ReplicationController", "Job", "CronJob",
              "PodDisruptionBudget", "HorizontalPodAutoscaler")  # fmt: skip
_PIECES = ("PodStatus", "NodeStatus", "ContainerStatus", "Condition")
_READERS: Mapping[str, Callable[[Branch], Iterator[Observation]]] = {
    "Node": node,
    "Lease": lease,
    "Event": event,
    "Status": api_status,
    "ApiError": api_error,
    "CniError": cni_error,
    "PersistentVolumeClaim": claim,
    "PersistentVolume": volume,
    "VolumeAttachment": attachment,
    "Service": service,
    "Endpoints": endpoints,
    "EndpointSlice": endpoint_slice,
    "ResourceQuota": quota,
    **{kind: partial(workload, kind=kind) for kind in _WORKLOADS},
    **{kind: partial(piece, kind=kind) for kind in _PIECES},
}
_EVIDENCE: Mapping[str, tuple[str, ...]] = {
    "Pod": ("pod-list", "pod-describe"),
    "Node": ("node-list", "node-describe"),
    "Event": ("events",),
    **dict.fromkeys(_WORKLOADS, ("workloads",)),
    **dict.fromkeys(("PersistentVolumeClaim", "PersistentVolume", "VolumeAttachment"), ("storage-objects",)),
    **dict.fromkeys(("Service", "Endpoints", "EndpointSlice"), ("services",)),
    "PodStatus": ("pod-describe",),
    "ContainerStatus": ("pod-describe",),
    "NodeStatus": ("node-describe",),
}


def parse_objects(artifact: str, data: bytes, first_line: int = 1) -> tuple[Parsed, ...] | None:
    """The parts of a text that is JSON or YAML objects; None when it is not. `first_line` is that of data's first line."""
    found = read_objects(artifact, data, first_line)
    return None if isinstance(found, Unreadable) else found


def read_objects(artifact: str, data: bytes, first_line: int = 1) -> tuple[Parsed, ...] | Unreadable | None:
    """As parse_objects, and Unreadable when the text is such an object but breaks the bounds on nesting and aliases."""
    found: list[Parsed | _Objects] = []
    strange = 0
    try:
        for document in documents(artifact, data, first_line):
            told = _told(document)
            strange += told is None
            if strange > _MOST_STRANGE and not found:
                return None
            if told is not None:
                found.append(told)
    except (objects_json.DepthError, objects_yaml.BoundsError):
        return Unreadable(artifact, _TOO_BIG)
    now = taken(pair for one in found if isinstance(one, _Objects) for pair in one.things)
    return tuple(one if isinstance(one, Parsed) else _part(one, now) for one in found) or None


_MOST_STRANGE = 3
"""So many documents of unknown kinds at the start, and it is something else (a log of JSON lines)."""
_TOO_BIG = Text(
    f"the document is nested deeper than {objects_yaml.DEEPEST} levels or repeats more than {objects_yaml.MOST_REPEATED} nodes by aliases",
    f"文書の入れ子が {objects_yaml.DEEPEST} 段を超えるか、エイリアスによる繰り返しが {objects_yaml.MOST_REPEATED} ノードを超えています",
)


class _Objects(Struct, frozen=True):
    """A document of Kubernetes objects with their kinds."""

    document: Document
    kinds: frozenset[str]
    things: tuple[tuple[str, Branch], ...]


def _told(document: Document) -> Parsed | _Objects | None:
    """What a document is; None when it is nothing that anybody knows."""
    if found := runtime_part(document):
        return found
    root, things = document.root, tuple(members(document.root))
    if not things and not (root.text("kind").endswith("List") or root.has("items", "apiVersion")):
        return None
    return _Objects(document, frozenset({kind for kind, _ in things} or {root.text("kind").removesuffix("List")}), things)


def _part(found: _Objects, now: datetime | None) -> Parsed:
    seen = tuple(o for kind, thing in found.things for o in observations_of(kind, thing, now))
    return part(found.document, slug(found.kinds), seen, evidence_of(found.kinds), hints_of(found.kinds, now))


def evidence_of(kinds: frozenset[str]) -> tuple[str, ...]:
    """Ids of knowledge.evidence_kinds that objects of these kinds are."""
    return tuple(sorted({e for kind in kinds for e in _EVIDENCE.get(kind, ())}))


_HEARTBEATS = {"Node": 300.0, "Lease": 10.0}
"""Seconds between the heartbeats that such objects hold; the times in others may be of any age."""


def hints_of(kinds: frozenset[str], now: datetime | None) -> ClockHints:
    """What objects that were fetched at that time tell of the clock."""
    grain = min((_HEARTBEATS[kind] for kind in kinds if kind in _HEARTBEATS), default=None)
    if now is None or grain is None:
        return ClockHints()
    return ClockHints(taken=Stamp(wall=now.astimezone(UTC).replace(tzinfo=None), offset=0, grain=grain))


def observations_of(kind: str, thing: Branch, now: datetime | None) -> Iterator[Observation]:
    """All observations of one object; `now` is when it was fetched, as far as the text tells."""
    if kind == "Pod":
        return pod(thing, now)
    reader = _READERS.get(kind)
    return reader(thing) if reader else other(thing, kind)


def slug(kinds: frozenset[str]) -> str:
    """The kind of a part that holds objects of these kinds."""
    return f"kubernetes-{next(iter(kinds)).lower()}" if len(kinds) == 1 and next(iter(kinds)) else "kubernetes-objects"
