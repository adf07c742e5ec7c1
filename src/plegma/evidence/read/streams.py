"""Streams that can be looked into, and that end with a reason when they are damaged or break a limit."""

import io
from collections.abc import Callable
from typing import BinaryIO, cast

from plegma.evidence.read.artifacts import DAMAGED, CutShortError
from plegma.evidence.read.gunzip import error_types
from plegma.evidence.read.spans import Span, left_in, skip
from plegma.model.texts import Text

CHUNK = 1024 * 1024


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

    def left(self) -> Span | None:
        """What is left, where the first bytes stand right before the rest in a plain file."""
        rest = left_in(self._rest)
        ahead = len(self._head)
        return Span(rest.descriptor, rest.at - ahead, rest.size + ahead) if rest is not None and rest.at >= ahead else None

    def skip(self, size: int) -> None:
        """Goes over bytes that are read elsewhere.

        Raises CutShortError when a limit is reached.
        """
        ahead = min(size, len(self._head))
        self._head = self._head[ahead:]
        if size > ahead:
            skip(self._rest, size - ahead)


class Guarded(io.RawIOBase):
    """A stream whose failures become CutShortError, again on each further read, and that reports what is taken from it.

    Reads are single reads of the source, so that nothing that came before a failure is lost.
    """

    def __init__(self, source: BinaryIO, taken: Callable[[int], None]) -> None:
        self._source = source
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

    def left(self) -> Span | None:
        """What is left of a plain file."""
        return left_in(self._source) if self._broken is None else None

    def skip(self, size: int) -> None:
        """Goes over bytes that are read elsewhere, and reports them.

        Raises CutShortError when a limit is reached.
        """
        skip(self._source, size)
        try:
            self._taken(size)
        except CutShortError as error:
            self._broken = error
            raise

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
