"""The stamps of a part by kind: what is asked of all of them at once."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from plegma.model.observations import Event, Observation, Stamp
from plegma.model.parts import Parsed

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
    counts: dict[StampKind, int] = {}
    latest: dict[StampKind, Stamp] = {}
    odd: list[Stamp] = []
    for stamp in each_stamp(part.observations):
        wall = stamp.wall
        kind = StampKind(wall is not None, stamp.has_year, stamp.offset, bool(stamp.age))
        counts[kind] = counts.get(kind, 0) + 1
        if wall is None:
            continue
        if stamp.has_year and not FIRST_YEAR < wall.year < LAST_YEAR:
            odd.append(stamp)
            continue
        best = latest.get(kind)
        if best is None or best.wall is None or (wall, stamp.grain) > (best.wall, best.grain):
            latest[kind] = stamp
    return Stamps(counts, latest, tuple(odd))


def each_stamp(observations: Iterable[Observation]) -> Iterator[Stamp]:
    """Every stamp of some observations."""
    for seen in observations:
        if seen.at is not None:
            yield seen.at
        if isinstance(seen, Event) and seen.first is not None:
            yield seen.first
