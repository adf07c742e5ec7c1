"""Logs too long to hold: scanned block by block for lines that any signature may match, and those folded into series."""

from collections.abc import Iterator

from msgspec.structs import replace

from plegma.evidence.parse.blocks import Context
from plegma.evidence.parse.documents import parse_text
from plegma.evidence.parse.log_lines import line_event
from plegma.evidence.parse.log_owners import default_component
from plegma.evidence.parse.parsed import Parsed
from plegma.evidence.read.artifacts import HEAD, CutShortError
from plegma.evidence.read.block_counts import Begun
from plegma.evidence.read.layouts import Place
from plegma.evidence.read.series import RawLines
from plegma.evidence.read.tallies import Tally
from plegma.evidence.unreadable import Unreadable
from plegma.model.observations import Event

_LOG_KINDS = frozenset({"log"})


def log_head(name: str, data: bytes) -> Parsed | None:
    """The log that a long text is, by the greater part of its beginning; None when it is none, to be read line by line."""
    head = data[:HEAD]
    parts = parse_text(name, head[: head.rfind(b"\n") + 1] or head)
    logs = [part for part in parts if part.kind in _LOG_KINDS]
    return logs[0] if sum(part.understood for part in logs) * 2 > sum(part.lines - part.blank for part in parts) else None


def log_parts(head: Parsed, begin: bytes, begun: Begun, place: Place) -> Iterator[Parsed | Unreadable]:
    """One part with the series of the log that begins like this, and why it was cut short if it was."""
    log = _Log(head, begin, place.component or default_component(Context(head.artifact)))
    why = None
    try:
        for counted in begun.tallies():
            log.add(counted)
    except CutShortError as error:
        why = error.why
    yield log.part()
    if why is not None:
        yield Unreadable(head.artifact, why)


def _first_line(begin: bytes) -> tuple[bytes, int]:
    """The first line that is not blank, as far as it is there, and its number."""
    start = begin.lstrip()
    return start.partition(b"\n")[0], 1 + begin[: len(begin) - len(start)].count(b"\n")


class _Log:
    """One long log while it is read."""

    def __init__(self, head: Parsed, begin: bytes, component: str) -> None:
        self._head = head
        self._component = component or (head.components[0] if len(head.components) == 1 else "")
        self._raw = RawLines(self._event)
        self._lines = self._blank = 0
        self._first = self._event(*_first_line(begin))
        self._last = b""

    def add(self, counted: Tally) -> None:
        """The tally of the lines that follow those added before."""
        self._raw.add(counted.groups, self._lines)
        self._lines += counted.lines
        self._blank += counted.blank
        self._last = counted.last or self._last

    def _event(self, raw: bytes, line: int) -> Event | None:
        return line_event(raw.decode("utf-8", "replace"), line, self._head.artifact, self._component, {})

    def part(self) -> Parsed:
        """The log as a part; its first and last line are kept, so that it is known from when to when it runs."""
        last = self._event(self._last, self._lines) if self._last else None
        events = {event.origin.line: event for event in (self._first, last) if event is not None}
        events |= {event.origin.line: event for event in self._raw.events()}
        found = tuple(event for _, event in sorted(events.items()))
        understood = self._lines - self._blank
        components = tuple(sorted({*self._head.components, *(event.component for event in found if event.component)}))
        return replace(
            self._head,
            lines=self._lines,
            blank=self._blank,
            understood=understood,
            missed=(),
            observations=found,
            components=components,
            first_line=1,
        )
