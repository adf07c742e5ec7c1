"""The machine itself: pressure, memory, limits, file systems, locks, units."""

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from threading import Thread

from plegma.evidence.read.node.places import UNITS, Places
from plegma.evidence.read.node.takings import Found, Taking, no_answer, tables

_FILES = (
    "proc/pressure/cpu", "proc/pressure/memory", "proc/pressure/io", "proc/loadavg", "proc/meminfo", "proc/locks",
    "proc/sys/kernel/pid_max", "proc/sys/kernel/threads-max", "proc/sys/net/netfilter/nf_conntrack_max",
    "proc/sys/net/netfilter/nf_conntrack_count", "etc/os-release",
)  # fmt: skip
_DISKS = frozenset(("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "vfat", "nfs", "nfs4", "cifs", "ceph", "fuse.glusterfs"))


def told_system(places: Places) -> Iterator[Found]:
    """When and on which kernel all this was taken, then files of /proc and /etc as `cat` prints them."""
    yield Taking("date.txt", f"{datetime.now(UTC):%a %b %e %H:%M:%S UTC %Y}\n", "date")
    system = os.uname()
    yield Taking("uname.txt", f"Linux {places.node} {system.release} {system.version} {system.machine} GNU/Linux\n", "uname -a")
    for name in _FILES:
        try:
            text = places.at(name).read_text(errors="replace")
        except OSError:
            continue  # not every kernel has each of them
        yield Taking(f"{name}.txt", text, f"cat /{name}")


def told_file_systems(places: Places) -> Iterator[Found]:
    """`mount`, `df` and `df -i`; a file system that does not answer is told by its mount point, and the others go on."""
    mounts = [line.split() for line in places.at("proc/1/mounts").read_text(errors="replace").splitlines()]
    yield Taking("mount.txt", "".join(f"{m[0]} on {m[1]} type {m[2]} ({m[3]})\n" for m in mounts), "mount")
    seen: set[str] = set()
    space: list[tuple[str, ...]] = [("Filesystem", "Size", "Used", "Available", "Use%", "Mounted on")]
    nodes: list[tuple[str, ...]] = [("Filesystem", "Inodes", "IUsed", "IFree", "IUse%", "Mounted on")]
    for source, mount, kind, *_ in mounts:
        if kind not in _DISKS or source in seen:
            continue
        seen.add(source)
        got = _statvfs(places.at(mount), places.deadline)
        if got is None:
            yield Taking(f"df-{len(seen)}.txt", no_answer(f"df -h {mount}", places.deadline, f"statvfs of {source}"))
            continue
        space.append(_row(source, mount, got.f_blocks, got.f_bfree, got.f_bavail, got.f_frsize // 1024 or 1))
        if got.f_files:
            nodes.append(_row(source, mount, got.f_files, got.f_ffree, got.f_ffree, 1))
    yield Taking("df.txt", tables(space), "df")
    yield Taking("df-i.txt", tables(nodes), "df -i")


def _row(source: str, mount: str, total: int, free: int, available: int, unit: int) -> tuple[str, ...]:
    used = total - free
    share = -(-100 * used // (used + available)) if used + available else 0
    return (source, str(total * unit), str(used * unit), str(available * unit), f"{share}%", mount)


def _statvfs(path: Path, seconds: float) -> os.statvfs_result | None:
    """None when the file system does not answer: the thread that waits for it is left behind."""
    got: list[os.statvfs_result] = []

    def ask() -> None:
        try:
            got.append(os.statvfs(path))
        except OSError:
            return

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    return None if thread.is_alive() else (got[0] if got else os.statvfs("/proc"))


def told_units(places: Places) -> Iterator[Found]:
    """`systemctl status` of the kubelet's and the runtimes' units that exist."""
    program = which("systemctl")
    if program is None or places.root != Path("/") or not Path("/run/systemd/system").is_dir():
        return
    for unit in UNITS:
        command = [program, "status", unit, "--no-pager", "-l", "-n", "0"]
        try:
            answer = subprocess.run(command, capture_output=True, timeout=places.deadline, check=False)  # noqa: S603  # a list, no shell
        except subprocess.TimeoutExpired:
            yield Taking(f"units/{unit}.txt", no_answer(f"systemctl status {unit}", places.deadline, "systemctl"))
            continue
        if answer.returncode != 4 and answer.stdout:  # 4: no such unit
            yield Taking(f"units/{unit}.txt", answer.stdout.decode("utf-8", "replace"), f"systemctl status {unit}")
