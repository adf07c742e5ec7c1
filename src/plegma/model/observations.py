"""What was seen: events and states, each with the line that it came from.

Shapes are deliberately plain: an Event is "this text was written", a State is "this row was so". What they mean is
knowledge, and knowledge lives elsewhere.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field


class Origin(Struct, frozen=True, gc=False, order=True):
    """Where a line came from: the artifact as given (`bundle.tar.gz!inner/path` inside archives) and its 1-based line."""

    artifact: str
    line: int


class Stamp(Struct, frozen=True, gc=False):
    """A time as it was written, before it is put on the common clock.

    Exactly one of `wall` and `age` is set. `wall` is naive; its year is 1904 when `has_year` is false (a leap year, so
    that 29 February parses). `offset` is seconds east of UTC, None when the text names no zone. `age` is seconds
    before the moment the output was taken. `grain` is the size in seconds of the unit that the text was cut to:
    kubectl prints 24d for anything from 24 to 25 days, so its grain is 86400.
    """

    wall: datetime | None = None
    has_year: bool = True
    offset: int | None = None
    age: float | None = None
    grain: float = 0.0


class Event(Struct, frozen=True, gc=False):
    """Something was written at a time: a log line, a Kubernetes event, a status message.

    `component` is the program that wrote it ("kubelet", "containerd", "dockerd", "crio", "kernel", "systemd", "etcd",
    "k8s-event", "status", "pod-log", ...; "" when unknown). `reason` is the Kubernetes reason where there is one.
    `refs` name the entities it speaks of (keys: see REF_KEYS). `count`, `first` and `at` make it a series. `warning`: a
    Kubernetes event of type Warning.
    """

    component: str
    message: str
    origin: Origin
    text: str
    at: Stamp | None = None
    first: Stamp | None = None
    count: int = 1
    reason: str = ""
    refs: Mapping[str, str] = field(default_factory=dict)
    warning: bool = False


class State(Struct, frozen=True, gc=False):
    """Something was so when the output was taken: a pod's row, a node's condition, a container, a process count.

    `kind` and the keys of `attrs` are listed in ATTRS; values are strings, numbers or booleans as written.
    """

    kind: str
    attrs: Mapping[str, str | int | float | bool]
    origin: Origin
    text: str
    at: Stamp | None = None
    refs: Mapping[str, str] = field(default_factory=dict)


Observation = Event | State

REF_KEYS: tuple[str, ...] = (
    "namespace", "pod", "pod_uid", "container", "container_id", "sandbox_id", "attempt", "node", "image", "volume",
    "workload",
)  # fmt: skip
"""Keys of `refs`, and of the named groups in signatures. `workload` is "kind/name" or a bare name."""

ATTRS: Mapping[str, tuple[str, ...]] = {
    "Pod": ("status", "ready", "containers", "restarts", "restarted", "age", "ip", "phase", "reason", "message", "host_network", "owner",
            "deletion", "finalizers", "qos", "static", "priority_class"),
    "Container": ("state", "reason", "message", "exit_code", "last_state", "last_reason", "last_message",
                  "last_exit_code", "started", "finished", "restarts", "ready", "init", "image", "memory_limit"),
    "Sandbox": ("state", "attempt", "name", "status", "ip", "network_closed"),
    "RuntimeContainer": ("state", "attempt", "name", "status", "exit_code", "image"),
    "Node": (
        "status", "ready", "version", "runtime", "kernel", "os", "unschedulable", "taints", "pod_cidr", "zone", "instance_type", "pool",
    ),
    "Condition": ("type", "status", "reason", "message"),
    "Lease": ("holder", "renewed", "duration"),
    "Workload": ("kind", "desired", "current", "ready", "available", "updated", "reason", "message"),
    "Volume": ("kind", "phase", "capacity", "access_modes", "storage_class", "claim", "reason"),
    "Service": ("type", "cluster_ip", "external_ip", "endpoints", "selector", "ports"),
    "Process": ("command", "state", "count", "pid"),
    "Reservation": ("network", "address", "owner"),
    "AddressRange": ("network", "reserved", "leaked", "free", "inside"),
    "Unit": ("name", "load", "active", "sub", "result"),
    "Filesystem": ("mount", "source", "type", "use_percent", "inode_use_percent", "available"),
    "File": ("path", "size", "modified", "entries"),
    "Config": ("file", "key", "value"),
    "Sysctl": ("key", "value"),
    "Metric": ("name", "value", "labels"),
    "Counter": ("name", "value"),
    "SandboxRecord": ("listed", "other_up", "checkpoint", "errors"),
    "SandboxStage": ("stage", "seconds"),
    "SandboxReplaced": ("alone", "explained"),
    "DeviceFreed": ("seconds",),
    "DoubledAddress": ("address",),
    "Starts": ("program", "count", "seconds"),
    "Command": ("argv", "answered", "seconds", "exit_code"),
}  # fmt: skip
"""State kinds and the attribute names a parser may set on them (never others; a missing fact is a missing key).

`restarted` and `age` are seconds ago. State tests may also name the keys of `refs`. SandboxRecord, SandboxStage, SandboxReplaced,
Starts and AddressRange are worked out by the engine from several observations: a sandbox id that errors speak of, held against the
runtime's own list; the stage that a sandbox's creation stands still in; a sandbox that was made anew while the node's other pods kept
theirs; a program that starts often; a network's reservations, held against the sandboxes that are there and the size of its range
(`leaked` and `free` where those are known;
`inside`: does flannel's subnet lie in its network);
how long after its last wait for a network device the kernel wrote of something else; an address that one list shows at
running pods of two nodes."""
