"""What a node's kernel has and what is used of it: memory, disk, inodes, pids, tracked connections, and limits of containers."""

from dataclasses import dataclass, field

from plegma.lab.disks import Disk, disks
from plegma.lab.tasks import WARNINGS, Task

CHARGE = 32 << 12
"""Bytes charged at a time (mm/memcontrol.c MEMCG_CHARGE_BATCH pages)."""
FILES, KERNEL = 1020, 2848
"""kB of a process's working set that are not anonymous memory: mapped files, and what the kernel holds for it."""


@dataclass(slots=True)
class Store:
    """One thing that can run out: `total`, and `used` by all but pods and images (bytes, inodes, processes, connections)."""

    total: int
    used: int


@dataclass(slots=True)
class Cgroup:
    """The memory cgroup of a container with a limit; bytes. `failed`: charges that did not fit; `adjusted`: its oom_score_adj."""

    pid: int
    command: str
    limit: int
    used: int
    adjusted: int
    failed: int = 0

    def facts(self) -> dict[str, str]:
        """What the kernel tells of it when it kills its process; sizes in kB, all but a little of it anonymous memory."""
        sizes = {"usage": self.used >> 10, "limit": self.limit >> 10, "virtual": (self.limit >> 10) * 6 + 25908}
        resident = {"anon": sizes["usage"] - FILES - KERNEL, "file": FILES}
        numbers = {**sizes, **resident, "failed": self.failed, "pid": self.pid, "adjusted": self.adjusted, "score": self.adjusted + 1000}
        return {"command": self.command} | {name: str(number) for name, number in numbers.items()}


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
    """A node's kernel. Faults change `stores`; `cgroups`: containers with a memory limit, by pod UID;
    `tasks`: those in state D; `warnings`: how many more of them are reported.

    `oom_kills` counts processes killed for memory since boot; `last_pid`: the newest process that is told apart from others.
    """

    stores: dict[str, Store] = field(default_factory=_stores)
    cgroups: dict[str, Cgroup] = field(default_factory=dict)
    disks: dict[str, Disk] = field(default_factory=disks)
    tasks: tuple[Task, ...] = ()
    warnings: int = WARNINGS
    oom_kills: int = 0
    last_pid: int = 2290

    def fill(self, store: str, left: float) -> int:
        """Something uses all but the fraction `left`; what was used before. KeyError for an unknown store."""
        known = self.stores[store]
        before, known.used = known.used, int(known.total * (1 - left))
        return before

    def fork(self) -> int:
        """The process id of a new process, and of some short-lived ones before it."""
        self.last_pid = self.last_pid + 37 if self.last_pid + 37 < self.stores["pid"].total else 300
        return self.last_pid

    def hang(self, command: str, waits: str, now: float, pod: str = "") -> None:
        """A task waits in the kernel from now on."""
        self.tasks += (Task(self.fork(), command, waits, now, pod),)

    def holds(self, pod: str) -> bool:
        """Does a task in state D belong to the pod (UID)? No signal ends it, so its container cannot be stopped."""
        return any(task.pod == pod for task in self.tasks)

    def limit(self, uid: str, command: str, limit: int, used: int, requested: int) -> None:
        """A pod's container starts with a memory limit; all in bytes (oom_score_adj: pkg/kubelet/qos/policy.go, burstable)."""
        adjusted = max(3, 1000 - 1000 * requested // self.stores["memory"].total)
        self.cgroups[uid] = Cgroup(self.fork(), command, limit, used, adjusted)

    def charge(self, uid: str, size: int) -> Cgroup | None:
        """A pod's container wants `size` bytes more. Where that is over its limit it is killed: what it was then."""
        cgroup = self.cgroups[uid]
        wanted = cgroup.used + size
        cgroup.used = min(wanted, cgroup.limit)
        if wanted <= cgroup.limit:
            return None
        cgroup.failed += 1 + (wanted - cgroup.limit) // CHARGE
        self.oom_kills += 1
        return self.cgroups.pop(uid)
