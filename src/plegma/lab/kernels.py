"""What a node's kernel has and what is used of it: memory, disk, inodes, pids, tracked connections."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Store:
    """One thing that can run out: `total`, and `used` by all but pods and images (bytes, inodes, processes, connections)."""

    total: int
    used: int


def _stores() -> dict[str, Store]:
    return {
        "memory": Store(16 << 30, 2 << 30),
        "disk": Store(100 << 30, 21 << 30),
        "inodes": Store(6_553_600, 412_338),
        "pid": Store(32_768, 236),
        "conntrack": Store(262_144, 1_873),
    }


@dataclass(slots=True)
class Kernel:
    """A node's kernel. Faults change `stores`; `oom_kills` counts processes killed for memory since boot."""

    stores: dict[str, Store] = field(default_factory=_stores)
    oom_kills: int = 0

    def fill(self, store: str, left: float) -> int:
        """Something uses all but the fraction `left`; what was used before. KeyError for an unknown store."""
        known = self.stores[store]
        before, known.used = known.used, int(known.total * (1 - left))
        return before
