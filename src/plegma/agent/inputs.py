"""What the kubelet is told."""

from dataclasses import dataclass
from typing import NamedTuple

from plegma.agent.evictions import Reading, Usage
from plegma.agent.pods import Image, PodRecords, PodSpec, RuntimeStatus


@dataclass(frozen=True, slots=True)
class PodAdded:
    """The API gave this node a pod."""

    spec: PodSpec


@dataclass(frozen=True, slots=True)
class PodDeleted:
    """The API wants the pod gone."""

    uid: str


class SyncPod(NamedTuple):
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
class LoopTurn:
    """The sync loop's turn has come; `pause`: seconds that it waits when something is wrong with the runtime."""

    pause: float


@dataclass(frozen=True, slots=True)
class StatusTick:
    """The node's status is computed. `times` over 1: that many turns in a row in which nothing changed, the last one now."""

    times: int = 1


@dataclass(frozen=True, slots=True)
class StatusAnswered:
    """The API server has answered a ReportNode; `error` is empty for success, which changes nothing and may be left out."""

    error: str = ""


@dataclass(frozen=True, slots=True)
class LeaseDue:
    """The lease is to be renewed. `times` over 1: that many turns in a row that go well, the last one now."""

    times: int = 1


@dataclass(frozen=True, slots=True)
class LeaseAnswered:
    """The API server has answered a RenewLease; `error` is empty for success."""

    error: str = ""


@dataclass(frozen=True, slots=True)
class RecordsListed:
    """Container GC's turn: every sandbox and container that the runtime lists. `reclaim`: as an answer to ListForReclaim."""

    records: tuple[PodRecords, ...]
    reclaim: bool = False


@dataclass(frozen=True, slots=True)
class ImagesListed:
    """Image GC's turn: the images, and the bytes used and in all of the file system that holds them."""

    images: tuple[Image, ...]
    used: int
    capacity: int
    reclaim: bool = False


@dataclass(frozen=True, slots=True)
class Collected:
    """A Collect has ended; `error` is empty for success."""

    op: str
    id: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class ResourcesRead:
    """The eviction manager's turn: what is left of each resource, and what each pod uses. `after_reclaim`: answers ReadResources."""

    readings: tuple[Reading, ...]
    usages: tuple[Usage, ...] = ()
    after_reclaim: bool = False


@dataclass(frozen=True, slots=True)
class Probed:
    """A probe has ended."""

    uid: str
    kind: str
    ok: bool
    output: str = ""


Input = (
    PodAdded | PodDeleted | SyncPod | CallDone | StatusRead | RelistListed | RelistDone | ListBlocked
    | RuntimePolled | LoopTurn | StatusTick | StatusAnswered | LeaseDue | LeaseAnswered | RecordsListed | ImagesListed | Collected
    | ResourcesRead | Probed
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tick:
    """What a driver has to give again and again: how often (a name in `constants.CONSTANTS`), and what it looks at for it."""

    input: type
    period: str
    looks_at: str


TICKS: tuple[Tick, ...] = (
    Tick(StatusRead, "relist_period", "PLEG: the list of sandboxes and containers, then the status of each pod with news"),
    Tick(RuntimePolled, "runtime_poll", "the runtime's Status call"),
    Tick(StatusTick, "status_compute", "nothing: the kubelet's own state"),
    Tick(LeaseDue, "lease_renew", "nothing"),
    Tick(RecordsListed, "container_gc", "every sandbox and container that the runtime lists"),
    Tick(ImagesListed, "image_gc", "every image, and the use of the image file system"),
    Tick(ResourcesRead, "eviction_check", "memory, disk, inodes and pids left, and each pod's use"),
)
"""In real time each is given when its period is over; in virtual time turns in which nothing can change are leapt over."""
