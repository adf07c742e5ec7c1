"""Lists of objects that are longer than what is decoded as one document, as kubectl and jq print them: read item by item."""

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from msgspec import Struct

from plegma.evidence.parse.objects_many import Many, joined, many
from plegma.evidence.parse.parsed import Parsed
from plegma.evidence.read.artifacts import CutShortError
from plegma.evidence.read.crews import worked_on
from plegma.evidence.read.streams import CHUNK, take
from plegma.evidence.unreadable import Unreadable
from plegma.model.texts import Text

_BATCH = 2 * 1024 * 1024
_LARGEST_ITEM = 64 * 1024 * 1024
_START = re.compile(rb'\s*\{\n(?:[^{}\[\]]|\{[^{}\[\]]*\})*?"items": \[\n([ \t]+)\{\n')
_KIND = re.compile(rb'"kind": "(\w+)List"')
_NUMBER = 8
_ALONE = 4
"""Batches that are read before other processes are worth their start."""


class _Shape(Struct, frozen=True):
    """How a list is printed: where its first item begins, and what stands between two items and after the last."""

    begin: int
    between: bytes
    end: bytes
    kind: str


def shape_of(head: bytes) -> _Shape | None:
    """The shape of a list that is printed with one item under the other; None when the text is none."""
    found = _START.match(head)
    if found is None:
        return None
    indent = found[1]
    kind = _KIND.search(head, 0, found.end())
    begin = found.end() - len(indent) - 2
    return _Shape(begin, b"\n" + indent + b"},\n", b"\n" + indent + b"}\n", kind[1].decode() if kind else "")


def list_parts(name: str, stream: BinaryIO, shape: _Shape, workers: int = 0) -> Iterator[Parsed | Unreadable]:
    """The list as one part, read in bounded memory by so many processes (0: one for each processor), and why it was cut short if it was."""
    source = _Items(stream, shape)
    runs = list(worked_on(partial(_read, name, shape.kind), source.batches(), _ALONE, 2 * _BATCH, workers))
    yield joined(name, runs, source.lines, source.blank)
    if source.why is not None:
        yield Unreadable(name, source.why)


def _read(name: str, kind: str, batch: bytes) -> Many:
    return many(name, batch[_NUMBER:], int.from_bytes(batch[:_NUMBER]), kind)


class _Items:
    """A list's items as they are read, some at a time, each run led by the number of its first line."""

    def __init__(self, stream: BinaryIO, shape: _Shape) -> None:
        self._stream, self._shape = stream, shape
        self.lines = self.blank = 0
        self.why: Text | None = None

    def batches(self) -> Iterator[bytes]:
        """Runs of whole items without the comma after them; then whatever is left of a list that was cut off."""
        data, begin, more = b"", self._shape.begin, True
        while more:
            piece, self.why = take(self._stream, _BATCH)
            more = len(piece) == _BATCH and self.why is None and len(data) < _LARGEST_ITEM
            data += piece
            cut = data.rfind(self._shape.between, begin)
            if cut >= 0 and more:
                yield self._numbered(data, begin, cut + len(self._shape.between) - 2)
                data, begin = self._counted(data, cut + len(self._shape.between)), 0
        end = data.rfind(self._shape.end, begin)
        stop = end + len(self._shape.end) - 1 if end >= 0 else len(data)
        yield self._numbered(data, begin, stop)
        while rest := _rest(self._stream) if self.why is None else b"":
            data += rest
        self._counted(data, len(data))
        self.lines += bool(data) and not data.endswith(b"\n")

    def _numbered(self, data: bytes, begin: int, end: int) -> bytes:
        number = self.lines + 1 + data.count(b"\n", 0, begin)
        return number.to_bytes(_NUMBER) + data[begin:end]

    def _counted(self, data: bytes, end: int) -> bytes:
        self.lines += data.count(b"\n", 0, end)
        self.blank += data.count(b"\n\n", 0, end)
        return data[end:]


def _rest(stream: BinaryIO) -> bytes:
    try:
        return stream.read(CHUNK)
    except CutShortError:
        return b""
