"""Runs of bytes in a plain file, told by where they stand: whoever works on one reads it, nobody hands it on."""

import os
import stat
from io import FileIO
from typing import Any

from msgspec import Struct

from plegma.evidence.read.artifacts import DAMAGED, CutShortError

_TAIL = 16 * 1024
"""Bytes at a run's end in which its last line nearly always begins."""


class Span(Struct, frozen=True):
    """So many bytes of an open file from an offset on."""

    descriptor: int
    at: int
    size: int

    def read(self) -> bytes:
        """The bytes, fewer where the file has become shorter.

        Raises CutShortError when they cannot be read.
        """
        pieces: list[bytes] = []
        at, end = self.at, self.at + self.size
        try:
            while at < end and (piece := os.pread(self.descriptor, end - at, at)):
                pieces.append(piece)
                at += len(piece)
        except OSError as error:
            raise CutShortError(DAMAGED) from error
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


Block = bytes | Span


def content(block: Block) -> bytes:
    """The bytes of a block."""
    return block.read() if isinstance(block, Span) else block


def left_in(stream: Any) -> Span | None:
    """What is left of a stream that reads a plain file, layers above it included; None where it is no such file."""
    if isinstance(stream, FileIO):
        info = os.fstat(stream.fileno())
        at = stream.tell() if stat.S_ISREG(info.st_mode) and hasattr(os, "pread") else -1
        return Span(stream.fileno(), at, max(0, info.st_size - at)) if at >= 0 else None
    told = getattr(stream, "left", None)
    return told() if told is not None else None


def skip(stream: Any, size: int) -> None:
    """Goes over bytes that are read elsewhere; as many as a `left_in` told are there.

    Raises CutShortError when a limit is reached.
    """
    if isinstance(stream, FileIO):
        stream.seek(size, os.SEEK_CUR)
    else:
        stream.skip(size)


def whole_lines(left: Span, size: int) -> Span | None:
    """The lines that end within so many bytes, else what is left when it is no more than that; None when a line is longer."""
    size = min(size, left.size)
    for tail in (min(_TAIL, size), size):
        begin = left.at + size - tail
        cut = Span(left.descriptor, begin, tail).read().rfind(b"\n") + 1
        if cut:
            return Span(left.descriptor, left.at, begin + cut - left.at)
    return left if left.size == size else None
