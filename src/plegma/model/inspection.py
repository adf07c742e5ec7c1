"""What was handed in, as plegma took it: the page to open when an answer surprises.

Counts are of lines. Times are on the common clock, timezone-aware; where no text names a year, that of the nominal
year stands in them and `Inspection.dated` is false.
"""

from datetime import datetime

from msgspec import Struct

from plegma.model.diagnosis import Clock
from plegma.model.texts import Text


class Named(Struct, frozen=True):
    """Entities of one kind: how many there are, and their names in order (the first ones where there are very many)."""

    kind: str
    count: int
    names: tuple[str, ...]


class Span(Struct, frozen=True):
    """From when to when; both are the same for what knows of one moment only."""

    begins: datetime
    ends: datetime


class Reading(Struct, frozen=True):
    """How lines were taken: all of them, those that are blank or a person's prose, those that a format took.

    `missed` are line numbers of the others, at most 20 for each part.
    """

    lines: int
    blank: int
    understood: int
    missed: tuple[int, ...] = ()

    @property
    def misses(self) -> int:
        """How many lines nothing understood."""
        return self.lines - self.blank - self.understood


class PartTime(Struct, frozen=True):
    """A part's clock: offset of its local times ("+09:00") and when its output was taken, each with whether it was assumed."""

    offset: str
    offset_assumed: bool
    taken: datetime | None
    taken_assumed: bool


class InspectedPart(Struct, frozen=True):
    """Lines of an artifact that one format took.

    `node` is the one node that its observations were placed on, "" when there is none or several. `clock` is None
    where nothing in the part has a time.
    """

    kind: str
    first_line: int
    reading: Reading
    command: str
    span: Span | None
    clock: PartTime | None
    events: int
    states: int
    node: str
    entities: tuple[Named, ...]
    evidence: tuple[str, ...]
    components: tuple[str, ...]


class InspectedArtifact(Struct, frozen=True):
    """One artifact with its parts in order of line; what is said of it is the sum of what is said of them."""

    artifact: str
    parts: tuple[InspectedPart, ...]
    reading: Reading
    span: Span | None
    clocks: tuple[Clock, ...]
    entities: tuple[Named, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of its parts, the one with the most lines first."""
        sizes: dict[str, int] = {}
        for part in self.parts:
            sizes[part.kind] = sizes.get(part.kind, 0) + part.reading.lines
        return tuple(sorted(sizes, key=lambda kind: -sizes[kind]))


class Unread(Struct, frozen=True):
    """What was left out, and why."""

    artifact: str
    why: Text


class Inspection(Struct, frozen=True):
    """Everything that was handed in, artifacts in the order in which they were read.

    `free` counts those of the understood lines that are text or tables in no known format.
    """

    artifacts: tuple[InspectedArtifact, ...]
    unread: tuple[Unread, ...]
    reading: Reading
    free: int
    span: Span | None
    dated: bool
    entities: tuple[Named, ...]
    evidence: tuple[str, ...]
