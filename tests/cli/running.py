"""Runs plegma as a person does: a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = "examples/fluentd-crashloop"


@dataclass(frozen=True)
class Run:
    """What a run printed, and how it ended."""

    code: int
    out: str
    err: str


def plegma(*arguments: str, cwd: Path = ROOT, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Run:
    """One run of `python -m plegma`, in English unless the environment says otherwise."""
    done = subprocess.run(
        [sys.executable, "-m", "plegma", *arguments],
        cwd=cwd,
        input=stdin if stdin is not None else "",
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "100", **(env or {})},
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)
