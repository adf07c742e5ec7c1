"""What the kubelet knows of a pod: its spec, what the runtime says (PLEG's cache), and where the pod worker stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from plegma.agent.back_offs import BackOff


class Phase(StrEnum):
    """Where a pod's worker stands."""

    idle = "Idle"
    mounting = "MountingVolumes"
    stopping = "StoppingSandbox"
    sandbox = "CreatingSandbox"
    pulling = "PullingImage"
    creating = "CreatingContainer"
    starting = "StartingContainer"
    stopping_container = "StoppingContainer"
    killing = "KillingPod"


@dataclass(frozen=True, slots=True)
class Probe:
    """A probe as given in the spec; seconds."""

    kind: str
    period: float = 10
    threshold: int = 3


@dataclass(frozen=True, slots=True)
class PodSpec:
    """The part of a pod's spec that the decisions need. One container. `critical`: never evicted (a system priority class)."""

    uid: str
    namespace: str
    name: str
    container: str
    image: str
    restart_policy: str = "Always"
    host_network: bool = False
    grace: float = 30
    liveness: Probe | None = None
    readiness: Probe | None = None
    critical: bool = False
    names: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """The names that events and log lines may need, made once."""
        known = {"name": self.container, "pod": self.name, "namespace": self.namespace, "uid": self.uid, "image": self.image}
        object.__setattr__(self, "names", known)


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A PodSandbox as the runtime lists it."""

    id: str
    ready: bool
    attempt: int
    ip: str = ""
    network_mode: str = "POD"


@dataclass(frozen=True, slots=True)
class Exit:
    """How a container ended; times are virtual seconds."""

    code: int
    reason: str
    started: float
    finished: float
    message: str = ""


@dataclass(frozen=True, slots=True)
class Container:
    """A container as the runtime lists it: `running`, or ended with `exit` (a created one has neither). `sandbox`: its sandbox's id."""

    id: str
    attempt: int
    started: float
    running: bool
    exit: Exit | None = None
    sandbox: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class RuntimeStatus:
    """What a relist found of a pod: sandboxes newest first."""

    sandboxes: tuple[Sandbox, ...] = ()
    container: Container | None = None


@dataclass(frozen=True, slots=True)
class PodRecords:
    """All that the runtime still holds of one pod, ended things too: sandboxes newest first."""

    uid: str
    sandboxes: tuple[Sandbox, ...] = ()
    containers: tuple[Container, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """An image as the runtime lists it: `size` in bytes; `in_use` by a container, dead or alive."""

    name: str
    size: int
    in_use: bool


@dataclass(frozen=True)
class PodState:
    """A pod worker's memory. `waiting` is the container's reason and message in the API's status; `ended` why it was evicted;
    `unhealthy`: its container failed its liveness probe and is to be stopped;
    `killed`: its KillPod went well; `pending`: news came while it was busy.

    Without slots: see `changes.changed`.
    """

    spec: PodSpec
    phase: Phase = Phase.idle
    status: RuntimeStatus = field(default_factory=RuntimeStatus)
    status_error: str = ""
    mounted: bool = False
    pulled: bool = False
    crash: BackOff = field(default_factory=BackOff)
    pull: BackOff = field(default_factory=BackOff)
    mount: BackOff = field(default_factory=BackOff)
    restarts: int = 0
    attempt: int = 0
    waiting: tuple[str, str] = ("ContainerCreating", "")
    last_exit: Exit | None = None
    ready: bool = False
    probe_failures: int = 0
    unhealthy: bool = False
    killed: bool = False
    deleted: bool = False
    pending: bool = False
    pull_error: str = ""
    ended: str = ""
    times: int = 1
