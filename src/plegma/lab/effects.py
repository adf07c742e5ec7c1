"""What a fault does to the modelled cluster. A text may differ by runtime; {fields} are filled in where it is printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from plegma.lab.disks import Breakage

Wording = str | Mapping[str, str]


def worded(text: Wording, runtime: str, /, **values: str) -> str:
    """The text for a runtime ("docker" or "containerd") with its fields filled in."""
    chosen = text if isinstance(text, str) else text[runtime]
    for name, value in values.items():
        chosen = chosen.replace("{" + name + "}", value)
    return chosen


@dataclass(frozen=True, slots=True)
class CallFails:
    """A call of the victim's pods (or, with `all_pods`, of every pod on the faulty nodes) fails after `after` seconds.

    `op` is the agent's name for it; `reason` the container's waiting reason; `detail` what the container's state says;
    `runtime_log` what the runtime writes of it.
    """

    op: str
    error: Wording
    reason: str = ""
    detail: Wording = ""
    after: float = 0.4
    all_pods: bool = False
    runtime_log: str = ""


@dataclass(frozen=True, slots=True)
class NetworkFails:
    """CNI ADD on the faulty nodes fails with a plugin's text; the runtime wraps it."""

    plugin: str
    text: str


@dataclass(frozen=True, slots=True)
class PluginHangs:
    """CNI calls on the faulty nodes do not return: with dockershim they hold the pod's lock, which its status needs too."""


@dataclass(frozen=True, slots=True)
class StatusHangs:
    """The victim's sandbox is gone but for its checkpoint, and its status call waits for a lock (dockershim)."""


@dataclass(frozen=True, slots=True)
class SandboxDies:
    """The pause container of the victim's pods on the faulty nodes is killed from outside; `whole`: their own container too."""

    whole: bool = False


@dataclass(frozen=True, slots=True)
class ShimDies:
    """The shims of the victim's pods on the faulty nodes are killed (containerd)."""


@dataclass(frozen=True, slots=True)
class PluginMissing:
    """The node's CNI configuration names a plugin that is not installed."""

    plugin: str


@dataclass(frozen=True, slots=True)
class AddressesHeld:
    """All but `left` of the node's addresses are held by sandboxes that are long gone."""

    left: int = 0


@dataclass(frozen=True, slots=True)
class AddressesLeak:
    """DEL never reaches the IPAM plugin; the node has `hosts` addresses in all."""

    hosts: int


@dataclass(frozen=True, slots=True)
class PodsReplaced:
    """The victim's pods on the faulty nodes are deleted and made anew, one every `every` seconds."""

    every: float


@dataclass(frozen=True, slots=True)
class NetworkMissing:
    """The runtime reports its network as not ready."""

    text: Wording
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RuntimeStops:
    """The runtime's socket refuses; `log` is what the unit wrote."""

    log: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuntimeHangs:
    """The runtime answers nothing: every call runs into its deadline."""


@dataclass(frozen=True, slots=True)
class KubeletStops:
    """The kubelet ends; `log` is what it says last, `unit` what systemd says, `restarts` seconds between new attempts."""

    log: tuple[str, ...] = ()
    unit: tuple[Wording, ...] = ()
    restarts: float = 0


@dataclass(frozen=True, slots=True)
class ApiLost:
    """The kubelet runs but its calls to the API server fail with `error`."""

    error: str


@dataclass(frozen=True, slots=True)
class ContainerExits:
    """The victim's container ends `after` seconds with `code`; `says` is its own log, `kernel` what dmesg has of it."""

    code: int
    after: float = 2
    reason: str = "Error"
    says: tuple[str, ...] = ()
    kernel: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemoryGrows:
    """The victim's containers have a memory limit of `limit` bytes, and their working set grows by `rate` bytes a second."""

    limit: int = 512 << 20
    rate: float = 8 << 20


@dataclass(frozen=True, slots=True)
class ProbeFails:
    """A probe of the victim's container fails from now on."""

    kind: str
    output: str


@dataclass(frozen=True, slots=True)
class Unschedulable:
    """The scheduler finds no node for the victim's pods."""

    message: str


@dataclass(frozen=True, slots=True)
class NotCreated:
    """The API refuses the victim's pods."""

    message: str


@dataclass(frozen=True, slots=True)
class FillsUp:
    """Something outside pods uses all but the fraction `left` of a store of the kernel: memory, disk, inodes, pid or conntrack."""

    store: str
    left: float


@dataclass(frozen=True, slots=True)
class DiskBreaks:
    """Blocks of the disk that holds something ("system", "runtime" or "data") cannot be written: of its data, or of its journal too."""

    holds: str
    broken: Breakage


@dataclass(frozen=True, slots=True)
class TaskHangs:
    """Tasks wait in the kernel for an NFS server that is gone: `command` on the node, or (empty) the process of each victim."""

    server: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Says:
    """Lines that a source ("kernel", "kubelet", "runtime") writes, again every `every` seconds (0: once), `most` times (0: no end)."""

    source: str
    lines: tuple[Wording, ...]
    every: float = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class ObjectEvents:
    """A controller says something of an object beside the victim's pods (a claim), again every `every` seconds."""

    kind: str
    name: str
    component: str
    reason: str
    message: str
    every: float = 15


Effect = (
    CallFails | NetworkFails | PluginHangs | StatusHangs | SandboxDies | ShimDies | NetworkMissing | PluginMissing
    | AddressesHeld | AddressesLeak | PodsReplaced | RuntimeStops | RuntimeHangs
    | KubeletStops | ApiLost | ContainerExits | MemoryGrows | ProbeFails | Unschedulable | NotCreated
    | FillsUp | DiskBreaks | TaskHangs | Says | ObjectEvents
)  # fmt: skip
