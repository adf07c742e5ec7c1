"""A part of an artifact that was read as one format, with what it tells about its clock."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct, field

from plegma.model.observations import Observation, Stamp


class ClockHints(Struct, frozen=True):
    """What a part tells about its own clock.

    `zone`: seconds east of UTC of its local times, from a header ("JST") or explicit offsets; `begins` / `ends`: naive
    range of a journal's header; `rotated`: the date in a rotated log's name; `carrier_lag`: the klog time minus the
    syslog header's time of the same line, in seconds, rounded to 15 minutes, None when they agree or are not both
    there; `taken`: when the output was taken, where the text shows it.
    """

    zone: int | None = None
    zone_name: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    rotated: date | None = None
    carrier_lag: int | None = None
    taken: Stamp | None = None


class Parsed(Struct, frozen=True):
    """A run of lines of one artifact that one format took.

    `kind` is a stable slug ("kubectl-get-pods", "log", "docker-ps", "prose", ...); `first_line` is 1-based; `lines`,
    `blank` and `understood` count lines (prose counts as blank); `missed` are at most 20 line numbers that were not
    understood; `evidence` are ids of knowledge.evidence_kinds that this part is; `context` are refs that hold for the
    whole part (the node whose log it is) and that observations do not repeat.
    """

    artifact: str
    kind: str
    first_line: int
    lines: int
    observations: tuple[Observation, ...]
    blank: int = 0
    understood: int = 0
    missed: tuple[int, ...] = ()
    components: tuple[str, ...] = ()
    hints: ClockHints = field(default_factory=ClockHints)
    command: str = ""
    evidence: tuple[str, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
