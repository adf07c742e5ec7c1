"""Runs of other programs: how long, and how much memory at most; and how a figure is told."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

_OK = frozenset({0, 4})
"""plegma ends with 4 when the evidence is not enough: still a whole run."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a section is given.

    An environment with caches of its own, a folder, the size of long logs in bytes, how often short runs are made (the best
    counts), nodes and pods of a made cluster, and lines of a web page.
    """

    environment: Mapping[str, str]
    folder: Path
    size: int
    times: int
    nodes: int
    pods: int
    lines: int


@dataclass(frozen=True, slots=True)
class Run:
    """Wall time and processor time in seconds, greatest resident size of any one process in MiB."""

    seconds: float
    cpu: float
    peak: float


def run(command: Sequence[str] | str, environment: Mapping[str, str], cores: int = 0) -> Run:
    """One run, its output thrown away; a string is a shell's; `cores` processors may be used (0: all).

    Raises RuntimeError when the program fails.
    """
    wanted = sorted(os.sched_getaffinity(0))[:cores] if cores else None
    begun = perf_counter()
    process = subprocess.Popen(
        command, shell=isinstance(command, str), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(environment),
        preexec_fn=(lambda: os.sched_setaffinity(0, wanted)) if wanted else None,
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in _OK:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(commands: Sequence[Sequence[str]], environment: Mapping[str, str], times: int) -> list[Run]:
    """The best of so many runs of each command, taken in turn so that a busy moment hits them all; one before does not count."""
    for command in commands:
        run(command, environment)
    rounds = [[run(command, environment) for command in commands] for _ in range(times)]
    return [Run(min(r.seconds for r in runs), min(r.cpu for r in runs), max(r.peak for r in runs)) for runs in zip(*rounds, strict=True)]


def plegma(*arguments: str) -> list[str]:
    """The command line of the plegma that stands beside the running Python."""
    return [str(Path(sys.executable).with_name("plegma")), *arguments]


def python(code: str, *arguments: str) -> list[str]:
    """A run of the same Python."""
    return [sys.executable, "-c", code, *arguments]


def say(what: str, mine: Run, other: Run, goal: str, more: str = "") -> None:
    """A ratio of two runs, by the clock and by processor time: on a busy machine the second is the truer one."""
    tail = f"; {more}" if more else ""
    print(f"{what:66} {mine.seconds / other.seconds:6.2f}   ({goal}; processor time {mine.cpu / other.cpu:.2f}{tail})", flush=True)


def tell(what: str, value: str, more: str = "") -> None:
    """A figure that is no ratio."""
    print(f"{what:66} {value:>6}" + (f"   ({more})" if more else ""), flush=True)
