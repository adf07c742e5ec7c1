"""The stamps of a part by kind: what is asked of all of them at once."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from plegma.model.observations import Event, Observation, Stamp
from plegma.model.parts import Parsed

_WRITTEN = attrgetter("wall", "grain")
FIRST_YEAR, LAST_YEAR = 1960, 2200
"""Clocks that were never set stand in 1970; what lies far beyond is no time."""


class StampKind(NamedTuple):
    """What a stamp is: a wall-clock time with or without its year and its zone, or an age (`aged` where it is over 0)."""

    walled: bool
    has_year: bool
    offset: int | None
    aged: bool


class Stamps(Struct, frozen=True):
    """How many stamps of each kind a part holds, the latest of each kind of wall-clock times, and those with odd years."""

    counts: dict[StampKind, int]
    latest: dict[StampKind, Stamp]
    odd: tuple[Stamp, ...]

    @property
    def offsets(self) -> dict[int, int]:
        """How many stamps name each zone."""
        found: dict[int, int] = {}
        for kind, count in self.counts.items():
            if kind.offset is not None:
                found[kind.offset] = found.get(kind.offset, 0) + count
        return found

    def last_walls(self) -> Iterator[Stamp]:
        """Wall-clock times among which the last one is, whatever the zone and the year of those that name none."""
        yield from self.latest.values()
        yield from self.odd


def stamps_of(part: Parsed) -> Stamps:
    """Sorts the stamps of a part."""
    by_kind: dict[tuple[bool, bool, int | None, bool], list[Stamp]] = {}
    for stamp in each_stamp(part.observations):
        by_kind.setdefault((stamp.wall is not None, stamp.has_year, stamp.offset, bool(stamp.age)), []).append(stamp)
    counts: dict[StampKind, int] = {}
    latest: dict[StampKind, Stamp] = {}
    odd: list[Stamp] = []
    for key, stamps in by_kind.items():
        kind = StampKind(*key)
        counts[kind] = len(stamps)
        if kind.walled and kind.has_year:
            odd += (strange := [stamp for stamp in stamps if _is_odd(stamp)])
            stamps = [stamp for stamp in stamps if not _is_odd(stamp)] if strange else stamps
        if kind.walled and stamps:
            latest[kind] = max(stamps, key=_WRITTEN)
    return Stamps(counts, latest, tuple(odd))


def _is_odd(stamp: Stamp) -> bool:
    """A year that no clock of ours shows."""
    return stamp.wall is not None and not FIRST_YEAR < stamp.wall.year < LAST_YEAR


def each_stamp(observations: Iterable[Observation]) -> Iterator[Stamp]:
    """Every stamp of some observations."""
    for seen in observations:
        if seen.at is not None:
            yield seen.at
        if isinstance(seen, Event) and seen.first is not None:
            yield seen.first
