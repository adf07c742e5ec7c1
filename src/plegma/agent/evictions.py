"""Node pressure: thresholds, conditions, and which pod goes first (pkg/kubelet/eviction)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A signal as read: what is left and all there is, in bytes, inodes or pids."""

    signal: str
    available: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Usage:
    """A pod's use of a resource ("memory", "disk", "pid") against its request (bytes or processes), and its priority."""

    uid: str
    resource: str
    used: int
    requested: int
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Threshold:
    """A hard eviction threshold: `least` bytes, or the fraction of the capacity, that must be left of the signal.

    `resource`: a key of CONDITIONS; `named`: the resource as events name it; `reclaim`: garbage is collected before a pod goes.
    """

    signal: str
    resource: str
    named: str
    least: float
    fraction: bool
    reclaim: bool
    source: str

    def quantity(self, capacity: int) -> int:
        """What must be left, in the signal's unit."""
        return int(self.least * capacity) if self.fraction else int(self.least)

    def met(self, reading: Reading) -> bool:
        """Is too little left?"""
        return reading.available < self.quantity(reading.capacity)


_DEFAULTS = "pkg/kubelet/apis/config/v1beta1/defaults_linux.go DefaultEvictionHard"
THRESHOLDS: tuple[Threshold, ...] = (
    Threshold("memory.available", "memory", "memory", 100 << 20, False, False, _DEFAULTS),
    Threshold("imagefs.available", "disk", "ephemeral-storage", 0.15, True, True, _DEFAULTS),
    Threshold("nodefs.available", "disk", "ephemeral-storage", 0.10, True, True, _DEFAULTS),
    Threshold("nodefs.inodesFree", "disk", "inodes", 0.05, True, True, _DEFAULTS),
    Threshold("pid.available", "pid", "pids", 0.10, True, False, "no default: as many an installer sets it in evictionHard"),
)
"""In the order in which they are dealt with (helpers.go byEvictionPriority: memory first)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A resource's condition: its name, the reasons and messages when short and when not, and the events' reasons."""

    type: str
    short: tuple[str, str]
    enough: tuple[str, str]
    begins: str
    ends: str


CONDITIONS: dict[str, Condition] = {
    "memory": Condition(
        "MemoryPressure",
        ("KubeletHasInsufficientMemory", "kubelet has insufficient memory available"),
        ("KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        "NodeHasInsufficientMemory",
        "NodeHasSufficientMemory",
    ),
    "disk": Condition(
        "DiskPressure",
        ("KubeletHasDiskPressure", "kubelet has disk pressure"),
        ("KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        "NodeHasDiskPressure",
        "NodeHasNoDiskPressure",
    ),
    "pid": Condition(
        "PIDPressure",
        ("KubeletHasInsufficientPID", "kubelet has insufficient PID available"),
        ("KubeletHasSufficientPID", "kubelet has sufficient PID available"),
        "NodeHasInsufficientPID",
        "NodeHasSufficientPID",
    ),
}
"""pkg/kubelet/nodestatus/setters.go MemoryPressureCondition, DiskPressureCondition, PIDPressureCondition."""


def met(readings: Iterable[Reading]) -> list[tuple[Threshold, Reading]]:
    """The thresholds that are met, most urgent first, each with its reading. A signal that was not read is not met."""
    read = {r.signal: r for r in readings}
    return [(t, read[t.signal]) for t in THRESHOLDS if t.signal in read and t.met(read[t.signal])]


def ranked(pods: Iterable[Usage]) -> tuple[Usage, ...]:
    """In the order of eviction: over their request first, then low priority, then most over (helpers.go rankMemoryPressure)."""
    return tuple(sorted(pods, key=lambda p: (p.used <= p.requested, p.priority, p.requested - p.used, p.uid)))


def quantity(value: int) -> str:
    """As apimachinery's resource.Quantity prints a number of bytes: with the greatest binary suffix that divides it."""
    for power, suffix in ((4, "Ti"), (3, "Gi"), (2, "Mi"), (1, "Ki")):
        if value and value % (1 << 10 * power) == 0:
            return f"{value >> 10 * power}{suffix}"
    return str(value)
