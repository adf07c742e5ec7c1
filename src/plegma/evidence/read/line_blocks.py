"""A stream in blocks of whole lines."""

from collections.abc import Iterator
from typing import BinaryIO

from plegma.evidence.read.artifacts import CutShortError
from plegma.evidence.read.spans import Block, Span, left_in, skip, whole_lines
from plegma.evidence.read.streams import take

LONGEST_LINE = 4 * 1024 * 1024
"""Of a longer line only so much is kept (and 64 KiB looked into)."""


def line_blocks(stream: BinaryIO, size: int) -> Iterator[Block]:
    """The stream in blocks of whole lines of about `size` bytes; only the start of a line over LONGEST_LINE is kept.

    Blocks of a plain file are told by where they stand in it, so that they can be read elsewhere.
    Raises CutShortError after the last block when the stream was cut short.
    """
    at, end = 0, size
    if (left := left_in(stream)) is not None:
        for span in line_spans(left, size):
            skip(stream, span.size)
            yield span
            at, end = at + span.size, end + size
    rest = b""
    broken: CutShortError | None = None
    while broken is None:
        block, broken = _block(stream, end - at)
        at, end = end, end + size
        if not block:
            break
        cut = block.rfind(b"\n") + 1
        if cut:
            yield b"".join((rest, memoryview(block)[:cut]))
            rest = block[cut:]
        else:
            rest = (rest + block)[:LONGEST_LINE]
    if rest:
        yield rest
    if broken is not None:
        raise broken


def line_spans(left: Span, size: int) -> Iterator[Span]:
    """What is left of a plain file in blocks of whole lines, up to a line that is longer than a block."""
    at, end = left.at, left.at + left.size
    until = at + size
    while at < end and (span := whole_lines(Span(left.descriptor, at, end - at), until - at)) is not None:
        yield span
        at, until = at + span.size, until + size


def _block(stream: BinaryIO, size: int) -> tuple[bytes, CutShortError | None]:
    data, why = take(stream, size)
    return data, None if why is None else CutShortError(why)
