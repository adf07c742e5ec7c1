"""Node pressure: conditions, taints and which pod goes first (pkg/kubelet/eviction)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """A resource's condition: its name, the reasons when short and when not, and the message in each case."""

    condition: str
    short: tuple[str, str]
    enough: tuple[str, str]


SIGNALS: dict[str, Signal] = {
    "memory": Signal(
        "MemoryPressure",
        ("KubeletHasInsufficientMemory", "kubelet has insufficient memory available"),
        ("KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
    ),
    "disk": Signal(
        "DiskPressure",
        ("KubeletHasDiskPressure", "kubelet has disk pressure"),
        ("KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
    ),
    "pid": Signal(
        "PIDPressure",
        ("KubeletHasInsufficientPID", "kubelet has insufficient PID available"),
        ("KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    ),
}


@dataclass(frozen=True, slots=True)
class Usage:
    """A pod's use against its request (bytes or processes), and its priority."""

    uid: str
    used: float
    requested: float
    priority: int = 0


def ranked(pods: Iterable[Usage]) -> tuple[str, ...]:
    """Uids in the order of eviction: over their request first, then low priority, then most over (helpers.go rankMemoryPressure)."""
    order = sorted(pods, key=lambda p: (p.used <= p.requested, p.priority, p.requested - p.used, p.uid))
    return tuple(p.uid for p in order)
