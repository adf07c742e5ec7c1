"""What happened to each entity, when: the lanes of a case on one clock.

Times are timezone-aware, in the evidence's own zone; `grain` is by how many seconds a time may be earlier.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from plegma.model.diagnosis import Entity, Evidence
from plegma.model.texts import Text

Mood = Literal["good", "bad", "mixed", "idle"]
"""How well an entity was: `mixed` is flapping, `idle` is what is neither good nor bad (created, exited with 0)."""
LaneKind = Literal["readiness", "pleg", "containers", "sandboxes", "events"]


class Band(Struct, frozen=True):
    """A state that lasted. `ends` None: to the end of the evidence; `begins` None: since before it."""

    text: Text
    mood: Mood
    begins: datetime | None
    ends: datetime | None
    grain: float
    evidence: tuple[Evidence, ...]


class Tick(Struct, frozen=True):
    """An event, or a series of them from `first` to `last`; `period` is the mean of seconds between two, None if unknown."""

    text: Text
    mood: Mood
    first: datetime
    last: datetime
    count: int
    grain: float
    period: float | None
    evidence: tuple[Evidence, ...]


class Reading(Struct, frozen=True):
    """A measured value at a time, with the limit that holds for it: the age of PLEG's last relist, in seconds."""

    at: datetime
    seconds: float
    limit: float
    evidence: tuple[Evidence, ...]


class Lane(Struct, frozen=True):
    """One kind of thing about one entity; `restarts` is the highest count that was seen, None where none was."""

    kind: LaneKind
    entity: Entity
    bands: tuple[Band, ...] = ()
    ticks: tuple[Tick, ...] = ()
    readings: tuple[Reading, ...] = ()
    restarts: int | None = None


class Timeline(Struct, frozen=True):
    """All lanes between two times. `dated` is false when no text names a year: then the year of all times is made up.

    `onset` is when what the user sees began, `onset_grain` by how many seconds it may be earlier.
    """

    begins: datetime
    ends: datetime
    dated: bool
    onset: datetime | None
    onset_grain: float
    lanes: tuple[Lane, ...]
