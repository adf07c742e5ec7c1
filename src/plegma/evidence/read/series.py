"""Lines of one meaning folded into series, so that a log of any size takes bounded memory."""

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from plegma.evidence.read.tallies import SAMPLES, Group
from plegma.model.observations import Event, Stamp

MOST_SERIES = 20_000
MOST_GROUPS = 20_000
_PILE = 24
_LONGEST = 2000
_VARYING = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b0x[0-9a-f]+\b|\b[0-9a-f]{12,64}\b|\d+(?:\.\d+)?")
_LASTING = ("namespace", "pod", "pod_uid", "container", "node", "image", "volume", "workload")
"""References that tell series apart; ids of sandboxes and containers change with every attempt."""

Key = tuple[str, str, tuple[str, ...]]


def template(message: str) -> str:
    """The message with what varies from line to line taken out: numbers, hexadecimal ids, UUIDs."""
    return _VARYING.sub("#", message[:_LONGEST])


def folded(events: Sequence[Event]) -> list[Event]:
    """At most three events of one meaning with the count of all: the first two, and the last for all the others.

    The last one's `first` is the time of the earliest that it stands for.
    """
    ordered = sorted(events, key=lambda event: event.origin.line)
    rest = ordered[SAMPLES - 1 :]
    if len(rest) < 2:
        return ordered
    count = sum(event.count for event in rest)
    return [*ordered[: SAMPLES - 1], replace(rest[-1], count=count, first=_earliest([event.first or event.at for event in rest]))]


def _earliest(stamps: Sequence[Stamp | None]) -> Stamp | None:
    known = [stamp for stamp in stamps if stamp is not None and stamp.wall is not None]
    return min(known, key=lambda stamp: str(stamp.wall), default=stamps[0])


class Folded(Struct):
    """All series of a log, at most some MOST_SERIES: beyond that, references no longer tell them apart, then nothing does."""

    series: dict[Key, list[Event]] = field(default_factory=dict)

    def add(self, event: Event) -> None:
        """One more line, or several in one event."""
        pile = self.series.setdefault(self._key(event), [])
        pile.append(event)
        if len(pile) > _PILE:
            pile[:] = folded(pile)

    def _key(self, event: Event) -> Key:
        key = (event.component, template(event.message), tuple(event.refs.get(name, "") for name in _LASTING))
        if key in self.series or len(self.series) < MOST_SERIES:
            return key
        return (event.component, key[1], ()) if len(self.series) < 2 * MOST_SERIES else (event.component, "", ())

    def events(self) -> tuple[Event, ...]:
        """What is left of all series, in order of line."""
        return tuple(sorted((event for pile in self.series.values() for event in folded(pile)), key=lambda event: event.origin.line))


class _Counted(Struct):
    """A group of raw lines: how many, the first ones taken apart, and the last one as it stands."""

    last: tuple[bytes, int]
    count: int = 0
    first: list[Event] = field(default_factory=list)


class RawLines(Struct):
    """Raw lines counted by likeness, so that only a few of each kind are taken apart."""

    parse: Callable[[bytes, int], Event | None]
    into: Folded = field(default_factory=Folded)
    groups: dict[bytes, _Counted] = field(default_factory=dict)

    def add(self, counted: Mapping[bytes, Group], before: int) -> None:
        """The groups of one more block that stands after `before` lines, in the order in which they begin.

        First lines are taken apart at once: the reader of a long log has time for it, while others count the next blocks.
        """
        for likeness, new in counted.items():
            group = self.groups.get(likeness)
            if group is None:
                if len(self.groups) >= MOST_GROUPS:
                    self.flush()
                group = self.groups[likeness] = _Counted(new.last)
            if group.count < SAMPLES:
                group.first += self._parsed(new.samples[: SAMPLES - group.count], before)
            group.count += new.count
            group.last = new.last[0], new.last[1] + before

    def _parsed(self, samples: Sequence[tuple[bytes, int]], before: int) -> list[Event]:
        return [event for raw, line in samples if (event := self.parse(raw, line + before))]

    def flush(self) -> None:
        """Folds what stands for each group."""
        for group in self.groups.values():
            for event in self._events(group):
                self.into.add(event)
        self.groups.clear()

    def _events(self, group: _Counted) -> list[Event]:
        first = group.first
        if group.count <= SAMPLES or not first:
            return first
        last = self.parse(*group.last)
        return [*first[:-1], replace(last or first[-1], count=group.count - SAMPLES + 1, first=first[-1].at)]

    def events(self) -> tuple[Event, ...]:
        """What is left of all lines, in order."""
        self.flush()
        return self.into.events()
