"""What the kubelet is told."""

from dataclasses import dataclass

from plegma.agent.pods import PodSpec, RuntimeStatus


@dataclass(frozen=True, slots=True)
class PodAdded:
    """The API gave this node a pod."""

    spec: PodSpec


@dataclass(frozen=True, slots=True)
class PodDeleted:
    """The API wants the pod gone."""

    uid: str


@dataclass(frozen=True, slots=True)
class SyncPod:
    """The pod's turn has come. `times` over 1: that many turns in a row whose outcome is the same, the last one now."""

    uid: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class CallDone:
    """A call has ended; `error` is empty for success, else what gRPC or the volume plugin says.

    `reason`: the container's reason where the kubelet has several for the call; `detail`: what a success returns (times, sizes).
    """

    uid: str
    op: str
    error: str = ""
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class StatusRead:
    """A relist has read a pod's status, or failed to."""

    uid: str
    status: RuntimeStatus | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class RelistListed:
    """A relist has its list and begins to inspect (only played when it will not end within its period)."""


@dataclass(frozen=True, slots=True)
class RelistDone:
    """That relist is over."""


@dataclass(frozen=True, slots=True)
class ListBlocked:
    """Listing pods fails or hangs from now on (True), or works again (False)."""

    blocked: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class RuntimePolled:
    """The runtime status poll has ended: `error`, or the network's trouble (empty: ready)."""

    error: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True)
class StatusTick:
    """The node's status is computed."""


@dataclass(frozen=True, slots=True)
class Probed:
    """A probe has ended."""

    uid: str
    kind: str
    ok: bool
    output: str = ""


@dataclass(frozen=True, slots=True)
class Pressure:
    """The eviction manager has looked: a resource is short ("memory", "disk", "pid") or no longer; texts from its report."""

    resource: str
    short: bool
    message: str = ""


Input = (
    PodAdded | PodDeleted | SyncPod | CallDone | StatusRead | RelistListed | RelistDone | ListBlocked
    | RuntimePolled | StatusTick | Probed | Pressure
)  # fmt: skip
