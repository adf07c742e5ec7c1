"""The node's processes from /proc, as `ps` prints them, with the kernel stacks of those that stand still."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from plegma.evidence.read.node.places import Places
from plegma.evidence.read.node.takings import Found, Taking, no_answer, refused, tables

COMMAND = "ps -eo pid,ppid,etime,stat,wchan:32,args"
_DAEMONS = frozenset(("containerd", "dockerd", "crio"))
_MOST_STACKS = 40
_STANDING = frozenset("DTt")


class Process(Struct, frozen=True):
    """One row of /proc: `state` is the kernel's letter, `started` in seconds after boot (proc_pid_stat(5))."""

    pid: int
    parent: int
    state: str
    started: float
    name: str
    args: str
    wchan: str


def processes(places: Places) -> list[Process]:
    """All that can be read; one that ends meanwhile is left out. Raises OSError when /proc itself cannot be listed."""
    ticks = os.sysconf("SC_CLK_TCK")
    pids = sorted(int(p.name) for p in places.at("proc").iterdir() if p.name.isdecimal())
    return [found for pid in pids if (found := _process(places.at(f"proc/{pid}"), pid, ticks))]


def _process(folder: Path, pid: int, ticks: int) -> Process | None:
    try:
        head, _, tail = (folder / "stat").read_text(errors="replace").rpartition(")")
        fields, name = tail.split(), head.partition("(")[2]
        args = (folder / "cmdline").read_bytes().rstrip(b"\0").replace(b"\0", b" ").decode("utf-8", "replace")
        wchan = (folder / "wchan").read_text(errors="replace").strip("\0\n")
    except OSError:
        return None
    args = " ".join(args.split()) or f"[{name}]" + (" <defunct>" if fields[0] == "Z" else "")
    return Process(pid, int(fields[1]), fields[0], int(fields[19]) / ticks, name, args, wchan if wchan not in {"", "0"} else "-")


def told_processes(places: Places, owners: frozenset[int]) -> Iterator[Found]:
    """The table, and what the kernel says of those that wait in it or were stopped.

    `owners` are the processes that listen at the runtimes' sockets. Once they are known, other daemons of the same
    name are left out, unless they are children of these: they run another node's containers (kind, Docker's own).
    """
    try:
        found = processes(places)
        uptime = float(places.at("proc/uptime").read_text().split()[0])
    except OSError as error:
        yield refused("ps.txt", error)
        return
    kept = [p for p in found if not owners or p.name not in _DAEMONS or p.pid in owners or p.parent in owners]
    rows = [("PID", "PPID", "ELAPSED", "STAT", "WCHAN", "COMMAND")]
    rows += [(str(p.pid), str(p.parent), _elapsed(uptime - p.started), p.state, p.wchan, p.args[:400]) for p in kept]
    yield Taking("ps.txt", tables(rows), COMMAND)
    yield from _plugin_calls(places, kept, uptime)
    standing = [p for p in kept if p.state in _STANDING]
    for process in sorted(standing, key=lambda p: p.pid not in owners)[:_MOST_STACKS]:
        yield from _stack(places, process)


_CNI = re.compile(r"CNI_(?:COMMAND|CONTAINERID)=[\w.-]+")
_LONG = 10.0
"""Seconds after which a plugin call is told; most take well below one."""


def _plugin_calls(places: Places, found: list[Process], uptime: float) -> Iterator[Found]:
    """CNI plugins that have been at it for long: a runtime passes the call in the environment (CNI spec, section 2)."""
    told = ""
    for process in found:
        age = uptime - process.started
        if age < _LONG or (environment := _environment(places, process)) is None:
            continue
        command = " ".join([*sorted(environment), process.args[:200].replace(":", "")])
        told += no_answer(command, age, f"process {process.pid}, state {process.state}, wchan {process.wchan}")
    if told:
        yield Taking("cni/calls.txt", told)


def _environment(places: Places, process: Process) -> set[str] | None:
    try:
        text = places.at(f"proc/{process.pid}/environ").read_bytes()
    except OSError:
        return None
    found = {part for part in text.decode("utf-8", "replace").split("\0") if _CNI.fullmatch(part)}
    return found if any(part.startswith("CNI_COMMAND") for part in found) else None


def _stack(places: Places, process: Process) -> Iterator[Found]:
    path = f"/proc/{process.pid}/stack"
    try:
        stack = places.at(path).read_text(errors="replace")
    except OSError:
        return  # kernels without CONFIG_STACKTRACE, or a process that has ended: the table has its wchan
    yield Taking(f"stacks/{process.pid}.txt", f"{process.name}\n{stack}", f"cat /proc/{process.pid}/comm {path}")


def _elapsed(seconds: float) -> str:
    """As ps prints it: [[dd-]hh:]mm:ss."""
    whole = max(int(seconds), 0)
    days, hours, minutes = whole // 86400, whole // 3600 % 24, whole // 60 % 60
    return (f"{days}-" if days else "") + (f"{hours:02}:" if days or hours else "") + f"{minutes:02}:{whole % 60:02}"
