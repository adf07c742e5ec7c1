"""Binary journals, by way of `journalctl --file` where the machine has it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import BinaryIO, cast

from plegma.evidence.read.artifacts import HEAD, Artifact
from plegma.evidence.read.budgets import Budget
from plegma.evidence.read.streams import CHUNK, guarded, peek
from plegma.evidence.unreadable import Unreadable
from plegma.model.texts import Text

_BY_HAND = "journalctl --file FILE -o short-iso --utc > FILE.txt"
_WITHOUT = Text(
    f"it is a binary journal, and this machine has no journalctl; run on one that has: {_BY_HAND}",
    f"バイナリのジャーナルですが、このマシンに journalctl がありません。あるマシンで実行してください: {_BY_HAND}",
)
_REFUSED = Text(
    f"it is a binary journal that this machine's journalctl finds no lines in; run the node's own: {_BY_HAND}",
    f"このマシンの journalctl では行を取り出せないジャーナルです。ノード上のもので実行してください: {_BY_HAND}",
)


def journal(name: str, stream: BinaryIO, budget: Budget, path: str) -> Iterator[Artifact | Unreadable]:
    """The journal's lines as journalctl prints them in UTC; a journal that is no file of its own is kept in memory."""
    program = shutil.which("journalctl")
    if program is None:
        yield Unreadable(name, _WITHOUT)
        return
    descriptor = -1 if path else _in_memory(stream)
    try:
        yield from _printed(name, [program, "--file", path or f"/proc/self/fd/{descriptor}"], descriptor, budget)
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _in_memory(stream: BinaryIO) -> int:
    descriptor = os.memfd_create("journal")
    while piece := stream.read(CHUNK):
        os.write(descriptor, piece)
    return descriptor


def _printed(name: str, command: list[str], descriptor: int, budget: Budget) -> Iterator[Artifact | Unreadable]:
    options = ["--quiet", "--no-pager", "--utc", "--output=short-iso"]
    kept = (descriptor,) if descriptor >= 0 else ()
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=kept) as process:  # noqa: S603 - a fixed program, no shell
        output = guarded(cast(BinaryIO, process.stdout), budget.member())
        head, lines = peek(output, HEAD)
        if head:
            yield Artifact(name, -1, lambda: lines, head)
        else:
            yield Unreadable(name, _REFUSED)
        process.kill()
