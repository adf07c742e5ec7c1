"""A long input counted block by block, from before anybody knows what it is: finding that out takes as long as many blocks."""

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from types import TracebackType
from typing import BinaryIO

from msgspec import Struct

from plegma.evidence.read.artifacts import CutShortError
from plegma.evidence.read.crews import Crew, processors
from plegma.evidence.read.line_blocks import LONGEST_LINE, line_blocks, line_spans
from plegma.evidence.read.scan_cache import scanner
from plegma.evidence.read.spans import Block, Span, left_in, skip
from plegma.evidence.read.tallies import Counter, Tally
from plegma.evidence.scan import Scanner

BLOCK = 4 * 1024 * 1024
_LONGEST = 16 * 1024 * 1024
_SHARES = 32
"""A plain file is counted in so many blocks if they are not shorter than the one nor longer than the other: the fewer there are, the
less has to be put together by one process; the more there are, the more evenly they are shared."""
_BEGUN = 16
"""So many blocks take two processors longer than it takes to import the parsers and to look into the first lines."""


class BlockCounts(Struct, frozen=True, dict=True):
    """Counts long inputs for these patterns (asked for once, when needed), with so many processes (0: one for each processor)."""

    patterns: Callable[[], tuple[str, ...]]
    workers: int = 0

    @cached_property
    def scanner(self) -> Scanner:
        """All patterns compiled together."""
        return scanner(self.patterns())

    def begun(self, stream: BinaryIO) -> "Begun":
        """The count of a stream, of which nothing is taken until its tallies are asked for."""
        return Begun(self.scanner, stream, self.workers or processors())


class Begun:
    """A count that was begun: of a plain file the first blocks are worked on by others already."""

    def __init__(self, scanner: Scanner, stream: BinaryIO, workers: int) -> None:
        self._stream = stream
        left = left_in(stream)
        self._size = BLOCK if left is None else min(max(left.size // _SHARES, BLOCK), _LONGEST)
        self._first = _first_spans(left, self._size) if left is not None else []
        self._crew = Crew(Counter(scanner).tally, workers, LONGEST_LINE + self._size)
        self._crew.begin(self._first)

    def __enter__(self) -> "Begun":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._crew.close()

    def tallies(self) -> Iterator[Tally]:
        """The tally of each block, in order.

        Raises CutShortError after the last one when the stream was cut short.
        """
        return self._crew.results(self._blocks())

    def _blocks(self) -> Iterator[Block]:
        for span in self._first:
            skip(self._stream, span.size)
            yield span
        yield from line_blocks(self._stream, self._size)


def _first_spans(left: Span, size: int) -> list[Span]:
    try:
        return list(islice(line_spans(left, size), _BEGUN))
    except CutShortError:
        return []  # whoever asks for the tallies is told
