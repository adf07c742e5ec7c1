"""plegma as a person runs it on a node: inside the namespaces of a runtime of the tests' own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plegma.runtime.namespaces import Namespaces

SINCE = "3s"
OTHERS, KERNEL = ("--kernel-log", "/dev/null"), ("--kernel-log", "/dev/kmsg")
"""The kernel's log is the machine's, and other tests fill it too: only where it matters it is read."""


@dataclass(frozen=True)
class Run:
    """What a run printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """The output with its line breaks undone."""
        return " ".join(self.out.split())


@dataclass(frozen=True)
class AtWork:
    """`options` are given with every command that reads the node."""

    inside: Namespaces
    folder: Path
    options: Sequence[str] = ()

    def run(self, *arguments: str) -> Run:
        """One run of plegma in there."""
        command = self.inside.command(sys.executable, "-m", "plegma", *arguments)
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False)
        return Run(done.returncode, done.stdout, done.stderr)

    def diagnosed(self, *more: str) -> dict[str, Any]:
        """`plegma diagnose --this-node` as JSON."""
        run = self.run("diagnose", "--this-node", "--since", SINCE, *self.options, *more, "-o", "json")
        assert run.code in (0, 4), run.err
        found: dict[str, Any] = json.loads(run.out)
        return found

    def causes(self, *more: str) -> list[tuple[str, str]]:
        """The causes with what they are on, surest first."""
        return [(h["cause"], h["entity"]["name"]) for h in self.diagnosed(*more)["hypotheses"]]

    def saved(self, *more: str) -> Path:
        """A diagnosis in a file."""
        path = self.folder / "diagnosis.json"
        path.write_text(json.dumps(self.diagnosed(*more)))
        return path

    def fix(self, *more: str) -> Run:
        """`plegma fix --this-node` with files of its own."""
        files = ("--state", str(self.folder / "state.json"), "--audit-log", str(self.folder / "audit.jsonl"))
        where = ("--aside", str(self.folder / "aside"), "--deadline", "30", "--steady", "1")
        return self.run("fix", "--this-node", "--since", SINCE, *self.options, *files, *where, *more)

    def verify(self, saved: Path, *more: str) -> Run:
        """`plegma verify` of a saved diagnosis."""
        return self.run("verify", str(saved), "--this-node", "--since", "1s", *self.options, *more)

    def audited(self) -> list[dict[str, Any]]:
        """The audit log."""
        return [json.loads(line) for line in (self.folder / "audit.jsonl").read_text().splitlines()]
