"""Logs too long to hold: scanned block by block for lines that any signature may match, and those folded into series."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import BinaryIO

from plegma.evidence.parse import line_event, parse_text
from plegma.evidence.parse.blocks import Context
from plegma.evidence.parse.log_owners import default_component
from plegma.evidence.parse.parsed import Parsed
from plegma.evidence.read.artifacts import HEAD, CutShortError
from plegma.evidence.read.crews import worked_on
from plegma.evidence.read.layouts import Place
from plegma.evidence.read.scan_cache import scanner
from plegma.evidence.read.series import RawLines
from plegma.evidence.read.streams import LONGEST_LINE, line_blocks
from plegma.evidence.read.tallies import Counter, Tally
from plegma.evidence.scan import Scanner
from plegma.evidence.unreadable import Unreadable
from plegma.model.observations import Event

BLOCK = 4 * 1024 * 1024
_TAIL = 16 * 1024
"""Bytes at a block's end in which its last line nearly always is."""
_ALONE = 2
"""Blocks that are read before other processes are worth their start."""
_LOG_KINDS = frozenset({"log"})


def head_parts(name: str, data: bytes) -> tuple[Parsed, ...]:
    """What the first whole lines of a long text are."""
    head = data[:HEAD]
    return parse_text(name, head[: head.rfind(b"\n") + 1] or head)


def looks_like_log(name: str, data: bytes) -> bool:
    """Is a long text a log, to be read line by line? By the greater part of its beginning."""
    parts = head_parts(name, data)
    return sum(part.understood for part in parts if part.kind in _LOG_KINDS) * 2 > sum(part.lines - part.blank for part in parts)


@dataclass(frozen=True)
class LongLogs:
    """Reads long logs for the lines that these patterns (asked for once, when needed) may match."""

    patterns: Callable[[], tuple[str, ...]]
    workers: int = 0

    @cached_property
    def scanner(self) -> Scanner:
        """All patterns compiled together."""
        return scanner(self.patterns())

    def parts(self, name: str, stream: BinaryIO, place: Place) -> Iterator[Parsed | Unreadable]:
        """One part with the series of the log, and why it was cut short if it was."""
        log = _Log(name, place.component or default_component(Context(name)))
        why = None
        try:
            blocks = _passed(line_blocks(stream, BLOCK), log.see)
            for counted in worked_on(Counter(self.scanner).tally, blocks, _ALONE, LONGEST_LINE + BLOCK, self.workers):
                log.add(counted)
        except CutShortError as error:
            why = error.why
        yield log.part()
        if why is not None:
            yield Unreadable(name, why)


def _passed(blocks: Iterator[bytes], see: Callable[[bytes], None]) -> Iterator[bytes]:
    for block in blocks:
        see(block)
        yield block


class _Log:
    """One long log while it is read."""

    def __init__(self, name: str, component: str) -> None:
        self._name, self._component = name, component
        self._raw = RawLines(self._event)
        self._lines = self._blank = 0
        self._first: Event | None = None
        self._last = b""
        self._head: Parsed | None = None

    def see(self, block: bytes) -> None:
        """Whole lines that follow those before; their tally comes later."""
        if self._head is None:
            self._begin(block)
        self._last = _last_line(block[-_TAIL:]) or _last_line(b"\n" + block[-LONGEST_LINE:]) or self._last

    def add(self, counted: Tally) -> None:
        """The tally of the lines that follow those added before."""
        self._raw.add(counted.groups, self._lines)
        self._lines += counted.lines
        self._blank += counted.blank

    def _begin(self, block: bytes) -> None:
        parts = [part for part in head_parts(self._name, block) if part.kind in _LOG_KINDS]
        self._head = parts[0] if parts else None
        if self._head is not None and not self._component and len(self._head.components) == 1:
            self._component = self._head.components[0]
        start = block.lstrip()
        self._first = self._event(
            start[: start.find(b"\n")] if b"\n" in start else start, 1 + block[: len(block) - len(start)].count(b"\n")
        )

    def _event(self, raw: bytes, line: int) -> Event | None:
        return line_event(raw.decode("utf-8", "replace"), line, self._name, self._component, {})

    def part(self) -> Parsed:
        """The log as a part; its first and last line are kept, so that it is known from when to when it runs."""
        last = self._event(self._last, self._lines) if self._last else None
        events = {event.origin.line: event for event in (self._first, last) if event is not None}
        events |= {event.origin.line: event for event in self._raw.events()}
        found = tuple(event for _, event in sorted(events.items()))
        understood = self._lines - self._blank
        head = self._head or Parsed(self._name, "log", 1, 0, ())
        components = tuple(sorted({*head.components, *(event.component for event in found if event.component)}))
        return replace(
            head,
            lines=self._lines,
            blank=self._blank,
            understood=understood,
            missed=(),
            observations=found,
            components=components,
            first_line=1,
        )


def _last_line(text: bytes) -> bytes:
    """The last line that is not blank, b"" where its beginning is not in the text."""
    _, newline, line = text.rstrip().rpartition(b"\n")
    return line if newline else b""
