"""Streams that can be looked into, and that end with a reason when they are damaged or break a limit."""

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from plegma.evidence.read.artifacts import CutShortError
from plegma.evidence.read.gunzip import error_types
from plegma.model.texts import Text

CHUNK = 1024 * 1024
LONGEST_LINE = 4 * 1024 * 1024
"""Of a longer line only so much is kept (and 64 KiB looked into)."""
DAMAGED = Text(
    "it is damaged or cut off; what could be read before that is used",
    "破損しているか途中で切れています。そこまでに読めた部分を使います",
)


def failures() -> tuple[type[Exception], ...]:
    """What decompressors and archive readers raise for damaged input."""
    import lzma
    import tarfile
    import zipfile

    import zstandard

    return (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, lzma.LZMAError, tarfile.TarError,
            zipfile.BadZipFile, zstandard.ZstdError, *error_types())  # fmt: skip


class Chained(io.RawIOBase):
    """Some bytes, then a stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills the buffer as far as one read of the source does."""
        view = memoryview(cast(bytearray, buffer))
        data: bytes | memoryview = self._head[: len(view)]
        self._head = self._head[len(data) :]
        if not data:
            data = self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """What one read of the source gives, not copied once more."""
        if size < 0:
            return self.readall()
        data = bytes(self._head[:size])
        self._head = self._head[size:]
        return data or self._rest.read(size)


class Guarded(io.RawIOBase):
    """A stream whose failures become CutShortError, again on each further read, and that reports what is taken from it.

    Reads are single reads of the source, so that nothing that came before a failure is lost.
    """

    def __init__(self, source: BinaryIO, taken: Callable[[int], None]) -> None:
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._taken = taken
        self._broken: CutShortError | None = None

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills the buffer as far as one read of the source does.

        Raises CutShortError when the source is damaged or a limit is reached.
        """
        view = memoryview(cast(bytearray, buffer))
        data = self._next(len(view))
        view[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """What one read of the source gives, not copied once more.

        Raises CutShortError as readinto does.
        """
        return self.readall() if size < 0 else self._next(size)

    def _next(self, size: int) -> bytes:
        if self._broken is not None:
            raise self._broken
        try:
            data = self._read(size)
            self._taken(len(data))
        except CutShortError as error:
            self._broken = error
            raise
        except failures() as error:
            self._broken = CutShortError(DAMAGED)
            raise self._broken from error
        return data


def guarded(source: BinaryIO, taken: Callable[[int], None]) -> BinaryIO:
    """The source as a Guarded stream."""
    return cast(BinaryIO, Guarded(source, taken))


def take(stream: BinaryIO, size: int) -> tuple[bytes, Text | None]:
    """Up to `size` bytes, fewer only at the end, and why the stream was cut short if it was."""
    pieces: list[bytes] = []
    left = size
    try:
        while left > 0 and (piece := stream.read(min(left, CHUNK))):
            pieces.append(piece)
            left -= len(piece)
    except CutShortError as error:
        return b"".join(pieces), error.why
    return b"".join(pieces), None


def peek(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first bytes (fewer only at the end or before a failure), and a stream that still begins with them."""
    head, _ = take(stream, size)
    return head, cast(BinaryIO, Chained(head, stream))


def line_blocks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """The stream in blocks of whole lines of about `size` bytes; only the start of a line over LONGEST_LINE is kept.

    Raises CutShortError after the last block when the stream was cut short.
    """
    rest = b""
    broken: CutShortError | None = None
    while broken is None:
        block, broken = _block(stream, size)
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


def _block(stream: BinaryIO, size: int) -> tuple[bytes, CutShortError | None]:
    data, why = take(stream, size)
    return data, None if why is None else CutShortError(why)
