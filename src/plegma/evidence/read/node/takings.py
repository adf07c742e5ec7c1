"""What was taken: an output with the command that a person would have typed for it."""

from collections.abc import Iterable
from io import BytesIO

from msgspec import Struct

from plegma.evidence.read.artifacts import HEAD, Artifact
from plegma.evidence.unreadable import Unreadable
from plegma.model.texts import Text

RUNTIMES = ("cri", "docker")
"""Names of what the runtimes tell."""
FOLDER = "this-node"
"""The first part of the names of everything that was taken here; the second is the node's name."""


class Taking(Struct, frozen=True):
    """`name` is a path below FOLDER; `output` is shown as it is, under a prompt with `command` unless that is empty."""

    name: str
    output: str
    command: str = ""


Found = Taking | Unreadable


def artifact_of(taking: Found, node: str) -> Artifact | Unreadable:
    """The taking as something handed in; the prompt and the folder name the node."""
    name = f"{FOLDER}/{node}/{taking.name}"
    if isinstance(taking, Unreadable):
        return Unreadable(name, taking.why, taking.evidence)
    prompt = f"[root@{node} ~]# {taking.command}\n" if taking.command else ""
    data = (prompt + taking.output).encode("utf-8", "replace")
    return Artifact(name, len(data), lambda: BytesIO(data), data[:HEAD])


def call_told(command: str, said: str) -> str:
    """What is said of a call that gave no output (see `plegma.evidence.parse.command_answers`)."""
    return f"plegma: {command}: {said}\n"


def no_answer(command: str, seconds: float, of: str) -> str:
    """The call hung: its equivalent command, how long was waited, and what exactly was called."""
    return call_told(command, f"no answer within {seconds:.1f} s ({of})")


def unreadable(name: str, why: str, why_ja: str) -> Unreadable:
    """Something of the node that could not be read. Without the runtime's list of containers nothing is called healthy."""
    return Unreadable(name, Text(why, why_ja), "container-list" if name in RUNTIMES else "")


def refused(name: str, error: OSError) -> Unreadable:
    """The system said no."""
    reason = error.strerror or type(error).__name__
    return unreadable(name, f"it could not be opened: {reason}", f"開けませんでした: {reason}")


def tables(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows with columns three spaces apart, as tabwriters of Go set them, the last one free."""
    cells = list(rows)
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]) - 1)] if cells else []
    return "".join("   ".join([*(c.ljust(w) for c, w in zip(row, widths, strict=False)), row[-1]]) + "\n" for row in cells)
