"""What an object is: by its own `kind`, by the list that it stands in, or by the fields that only that kind has."""

from collections.abc import Callable, Iterator

from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_workload import NAMESPACE_TROUBLE

_CNI_ERROR = frozenset({"cniVersion", "code", "msg", "details"})
_SHAPES: tuple[tuple[str, Callable[[Branch], bool]], ...] = (
    ("Namespace", lambda b: any(c.text("type") in NAMESPACE_TROUBLE for c in b.items("status", "conditions"))),
    ("Event", lambda b: b.has("involvedObject") or b.has("regarding", "reason")),
    ("Pod", lambda b: b.at("spec").has("containers") and b.has("metadata")),
    (
        "Pod",
        lambda b: b.at("status").has("containerStatuses") or b.at("status").has("initContainerStatuses") or b.at("status").has("qosClass"),
    ),
    ("Pod", lambda b: b.at("status").has("phase") and b.at("status").has("startTime")),
    ("Node", lambda b: b.at("status").has("nodeInfo") or b.at("status").has("volumesAttached") or b.at("spec").has("podCIDR")),
    ("Node", lambda b: any(c.has("lastHeartbeatTime") for c in b.items("status", "conditions"))),
    ("Lease", lambda b: b.at("spec").has("holderIdentity", "renewTime")),
    ("DaemonSet", lambda b: b.at("status").has("desiredNumberScheduled")),
    ("StatefulSet", lambda b: b.at("spec").has("serviceName", "template")),
    ("Deployment", lambda b: b.at("spec").has("strategy", "template")),
    ("ReplicaSet", lambda b: b.at("spec").has("replicas", "selector", "template") and b.has("status")),
    ("CronJob", lambda b: b.at("spec").has("jobTemplate")),
    ("Job", lambda b: b.at("spec").has("template") and (b.at("spec").has("backoffLimit") or b.at("spec").has("completions"))),
    ("PersistentVolume", lambda b: b.at("spec").has("capacity", "accessModes")),
    ("PersistentVolumeClaim", lambda b: b.at("spec").has("accessModes", "resources")),
    ("VolumeAttachment", lambda b: b.at("spec").has("attacher", "nodeName")),
    ("Endpoints", lambda b: b.has("subsets")),
    ("EndpointSlice", lambda b: b.has("addressType", "endpoints")),
    ("Service", lambda b: b.at("spec").has("clusterIP")),
    ("PodDisruptionBudget", lambda b: b.at("status").has("disruptionsAllowed")),
    ("HorizontalPodAutoscaler", lambda b: b.at("spec").has("scaleTargetRef")),
    ("CniError", lambda b: b.has("code", "msg") and not b.value.keys() - _CNI_ERROR if isinstance(b.value, dict) else False),
    ("ApiError", lambda b: b.at("error").has("code", "message")),
    ("ResourceQuota", lambda b: b.at("status").has("hard", "used")),
)
_PIECES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("PodStatus", ("containerStatuses",)),
    ("PodStatus", ("initContainerStatuses",)),
    ("PodStatus", ("phase", "startTime")),
    ("PodStatus", ("phase", "reason")),
    ("PodStatus", ("phase", "message")),
    ("PodStatus", ("phase", "conditions")),
    ("NodeStatus", ("nodeInfo",)),
    ("NodeStatus", ("conditions",)),
    ("ContainerStatus", ("containerID", "state")),
    ("ContainerStatus", ("restartCount",)),
    ("ContainerStatus", ("lastState",)),
    ("Condition", ("lastTransitionTime", "type", "status")),
    ("Event", ("reason", "message", "lastTimestamp")),
)
"""Pasted insides of an object, and the fields that tell them."""


def kind_of(thing: Branch) -> str:
    """The Kubernetes kind ("Pod"), or the name of a piece ("PodStatus"), "" when it is neither."""
    if not isinstance(thing.value, dict):
        return ""
    kind = thing.text("kind")
    if kind and (thing.text("apiVersion") or thing.has("metadata") or thing.has("spec")):
        return kind
    if found := next((name for name, test in _SHAPES if test(thing)), ""):
        return found
    return next((name for name, keys in _PIECES if thing.has(*keys)), _bare_status(thing))


def _bare_status(thing: Branch) -> str:
    """An object of which only `status:` (or a container's `state:`) was pasted."""
    status = thing.at("status")
    if set(thing.value if isinstance(thing.value, dict) else ()) <= {"status", "metadata", "spec"} and status.has("phase"):
        return "Pod"
    states = thing.at("state")
    return "ContainerStatus" if any(states.has(k) for k in ("waiting", "terminated", "running")) else ""


def members(thing: Branch, kind: str = "") -> Iterator[tuple[str, Branch]]:
    """The objects in a document with their kinds: itself, a list's items, an array's, the object of a watch event."""
    if isinstance(thing.value, list):
        for item in thing.items():
            yield from members(item, kind)
        return
    own = kind_of(thing)
    if thing.has("items") and (own.endswith("List") or not own):
        for item in thing.items("items"):
            yield from members(item, own.removesuffix("List"))
    elif thing.has("type", "object") and isinstance(thing.at("object").value, dict):
        yield from members(thing.at("object"))
    elif own or kind:
        yield own or kind, thing
