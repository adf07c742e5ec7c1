"""What the API server knows: pods, nodes with their conditions, and events."""

from dataclasses import dataclass, field

from plegma.agent.pods import PodSpec
from plegma.agent.recorders import Series


@dataclass(frozen=True, slots=True)
class Workload:
    """A Deployment or DaemonSet: `replicas` counts for a Deployment only; `hash` of its pod template."""

    kind: str
    namespace: str
    name: str
    replicas: int
    container: str
    image: str
    hash: str
    host_network: bool = False


@dataclass(slots=True)
class ApiPod:
    """A pod as the API server has it; `phase` is set only where it is not to be had from the kubelet (Failed by eviction)."""

    spec: PodSpec
    workload: Workload
    created: float
    node: str = ""
    scheduled: float | None = None
    started: float | None = None
    deleting: float | None = None
    phase: str = ""
    reason: str = ""
    message: str = ""


@dataclass(slots=True)
class Condition:
    """A node's condition: virtual seconds of the last change; `beat` None means that it is refreshed all the time."""

    type: str
    status: str
    reason: str
    message: str
    changed: float
    beat: float | None = None


@dataclass(frozen=True, slots=True)
class ApiEvent:
    """An event object: its series, where it comes from, and the namespace and kind it is about."""

    series: Series
    component: str
    host: str
    namespace: str
    object: str
    uid: str


@dataclass(slots=True)
class Api:
    """Everything by its key."""

    workloads: dict[str, Workload] = field(default_factory=dict)
    pods: dict[str, ApiPod] = field(default_factory=dict)
    conditions: dict[str, dict[str, Condition]] = field(default_factory=dict)
    taints: dict[str, set[str]] = field(default_factory=dict)
    events: dict[tuple[str, ...], ApiEvent] = field(default_factory=dict)

    def post(self, event: ApiEvent) -> None:
        """Writes an event, or its new count."""
        what = event.series.happening
        self.events[event.host, event.component, what.object, what.reason, what.message] = event


TAINTS = {
    "MemoryPressure": "node.kubernetes.io/memory-pressure",
    "DiskPressure": "node.kubernetes.io/disk-pressure",
    "PIDPressure": "node.kubernetes.io/pid-pressure",
}
"""The node controller's taints by condition (pkg/controller/nodelifecycle nodeConditionToTaintKeyStatusMap)."""


def taint_by_condition(api: Api, node: str, condition: str, status: str) -> None:
    """The node controller's taint for a condition of a resource; others are none of its business here."""
    if condition in TAINTS and status == "True":
        api.taints[node].add(TAINTS[condition])
    elif condition in TAINTS:
        api.taints[node].discard(TAINTS[condition])
