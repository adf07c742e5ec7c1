"""What a node's kernel has left: `df`, `free` and the counters of /proc, as pasted from a shell."""

from plegma.lab.housekeeping import used_of
from plegma.lab.nodes import Node

DISK = "/dev/sda2"
SHIM = "/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id {id} -address /run/containerd/containerd.sock"
WAITS = {"statfs": "rpc_wait_bit_killable", "flush": "wait_on_page_bit"}
"""Where a task in state D waits: /proc/PID/wchan."""


def kernel_tables(node: Node) -> str:
    """`df -h`, `df -i`, `free -m`, tracked connections, and processes of a node: how many, shims, and those in state D."""
    return f"# df -h\n{_disk(node)}# df -i\n{_inodes(node)}# free -m\n{_memory(node)}{_counters(node)}{_processes(node)}"


def _disk(node: Node) -> str:
    total, used = node.kernel.stores["disk"].total, used_of(node, "disk")
    sizes = [f"{value / (1 << 30):.0f}G" for value in (total, used, total - used)]
    row = f"{DISK:<15} {sizes[0]:>5} {sizes[1]:>5} {sizes[2]:>5} {-(-100 * used // total):>3}% /\n"
    return f"{'Filesystem':<15} {'Size':>5} {'Used':>5} {'Avail':>5} Use% Mounted on\n{row}"


def _inodes(node: Node) -> str:
    total, used = node.kernel.stores["inodes"].total, used_of(node, "inodes")
    row = f"{DISK:<15} {total:>8} {used:>8} {total - used:>8} {-(-100 * used // total):>4}% /\n"
    return f"{'Filesystem':<15} {'Inodes':>8} {'IUsed':>8} {'IFree':>8} IUse% Mounted on\n{row}"


def _memory(node: Node) -> str:
    total, used = node.kernel.stores["memory"].total >> 20, used_of(node, "memory") >> 20
    cache = (total - used) // 3
    head = "".join(f"{name:>12}" for name in ("total", "used", "free", "shared", "buff/cache", "available"))
    values = "".join(f"{value:>12}" for value in (total, used, total - used - cache, 12, cache, total - used))
    swap = "".join(f"{0:>12}" for _ in range(3))
    return f"       {head}\nMem:   {values}\nSwap:  {swap}\n"


def _counters(node: Node) -> str:
    stores = node.kernel.stores
    lines = (
        f"net.netfilter.nf_conntrack_count = {stores['conntrack'].used}",
        f"net.netfilter.nf_conntrack_max = {stores['conntrack'].total}",
        f"kernel.pid_max = {stores['pid'].total}",
    )
    names = "net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max kernel.pid_max"
    return f"# sysctl {names}\n" + "".join(f"{line}\n" for line in lines) + f"# ps -e --no-headers | wc -l\n{used_of(node, 'pid')}\n"


def _processes(node: Node) -> str:
    shims = [(s.pid, "Sl", "futex_wait_queue", SHIM.format(id=s.sandbox)) for s in node.runtime.shims.values()]
    tasks = [(task.pid, "D", WAITS[task.waits], task.command) for task in node.kernel.tasks]
    rows = "".join(f"{pid:>7} {state:<4} {waits:<32} {command}\n" for pid, state, waits, command in sorted(shims + tasks))
    return f"# ps -eo pid,stat,wchan:32,args | grep -E 'STAT| D |containerd-shim'\n{'PID':>7} STAT {'WCHAN':<32} COMMAND\n{rows}"
