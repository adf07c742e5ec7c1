"""Runs of other programs: how long, and how much memory at most."""

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
class Run:
    """Wall time and processor time in seconds, greatest resident size in MiB."""

    seconds: float
    cpu: float
    peak: float


def run(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """One run, its output thrown away.

    Raises RuntimeError when the program fails.
    """
    begun = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(environment))
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in _OK:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
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


def python(code: str) -> list[str]:
    """A run of the same Python."""
    return [sys.executable, "-c", code]
