"""Binary journals: by `journalctl --file` where the machine has it and the journal is a file, else read as they are."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from typing import BinaryIO, cast

from plegma.evidence.read.artifacts import DAMAGED, HEAD, Artifact, CutShortError
from plegma.evidence.read.budgets import Budget
from plegma.evidence.read.journal_files import journal_lines
from plegma.evidence.read.limits import MIB
from plegma.evidence.read.streams import guarded, peek, take
from plegma.evidence.unreadable import Unreadable
from plegma.model.texts import Text

_BY_HAND = "journalctl --file FILE -o short-iso --utc > FILE.txt"
_EMPTY = Text(
    f"it is a binary journal in which no lines are found; run on its own node: {_BY_HAND}",
    f"行の見つからないバイナリのジャーナルです。元のノードで実行してください: {_BY_HAND}",
)


def journal(name: str, stream: BinaryIO, budget: Budget, path: str) -> Iterator[Artifact | Unreadable]:
    """The journal's lines as journalctl prints them in UTC; a journal that is no file of its own is held in memory."""
    program = shutil.which("journalctl")
    if program is None or not path:
        yield from _opened(name, guarded(cast(BinaryIO, _Lines(_held(stream, budget))), budget.member()))
        return
    command = [program, "--file", path, "--quiet", "--no-pager", "--utc", "--output=short-iso-precise"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - no shell
        yield from _opened(name, guarded(cast(BinaryIO, process.stdout), budget.member()))
        process.kill()


def _opened(name: str, output: BinaryIO) -> Iterator[Artifact | Unreadable]:
    head, lines = peek(output, HEAD)
    yield Artifact(name, -1, lambda: lines, head) if head else Unreadable(name, _EMPTY)


def _held(stream: BinaryIO, budget: Budget) -> bytes:
    data, why = take(stream, budget.limits.largest_whole + 1)
    if len(data) > budget.limits.largest_whole:
        most = budget.limits.largest_whole // MIB
        raise CutShortError(
            Text(f"a journal over {most} MiB; run: {_BY_HAND}", f"{most} MiB を超えるジャーナルです。実行してください: {_BY_HAND}")
        )
    if why is not None and not data:
        raise CutShortError(why)
    return data


class _Lines(io.RawIOBase):
    """A journal's lines as a stream."""

    def __init__(self, data: bytes) -> None:
        self._lines = journal_lines(data)
        self._left = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, of one line at most.

        Raises CutShortError where the journal is damaged.
        """
        if not self._left:
            try:
                self._left = next(self._lines, b"")
            except ValueError as error:
                raise CutShortError(DAMAGED) from error
        piece, self._left = self._left[:size], self._left[size:]
        return piece
