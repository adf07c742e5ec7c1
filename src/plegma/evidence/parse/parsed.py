"""What a text was taken for: the format, the lines that were understood, the observations, and hints about its clock."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from plegma.model.observations import Observation, Stamp

MAX_MISSED = 20
"""At most so many numbers of lines that were not understood are kept per part."""


@dataclass(frozen=True, slots=True)
class ClockHints:
    """What a part says about its own clock; every field may be None.

    `zone`: seconds east of UTC. `begins`/`ends`: naive wall times of a journal's header. `rotated`: the day in a name
    such as messages-20190113. `carrier_lag`: klog wall time minus the wall time of the syslog header in the same line,
    in seconds, rounded to 15 minutes, never 0. `taken`: the moment at which the output was taken.
    """

    zone: int | None = None
    zone_name: str | None = None
    begins: datetime | None = None
    ends: datetime | None = None
    rotated: date | None = None
    carrier_lag: int | None = None
    taken: Stamp | None = None

    def or_else(self, other: "ClockHints") -> "ClockHints":
        """These hints, with the other's where these say nothing."""
        mine = {field.name: getattr(self, field.name) for field in fields(self)}
        return ClockHints(**{name: value if value is not None else getattr(other, name) for name, value in mine.items()})


NO_HINTS = ClockHints()


@dataclass(frozen=True, slots=True)
class Parsed:
    """One part of an artifact: `lines` lines from `first_line` on, all of one format.

    `lines` = `blank` + `understood` + lines not understood, of which `missed` holds the first twenty (1-based). Prose
    counts as blank. `evidence` are ids of `plegma.knowledge.evidence_kinds`.
    """

    kind: str
    first_line: int
    lines: int
    blank: int
    understood: int
    components: tuple[str, ...] = ()
    missed: tuple[int, ...] = ()
    observations: tuple[Observation, ...] = ()
    hints: ClockHints = NO_HINTS
    command: str = ""
    evidence: tuple[str, ...] = ()
