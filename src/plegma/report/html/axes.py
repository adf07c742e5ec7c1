"""Round times for the axis of a timeline. The page's script does the same when the reader zooms."""

from datetime import datetime, timedelta

from msgspec import Struct

STEPS = (
    1,
    5,
    15,
    30,
    60,
    300,
    900,
    1800,
    3600,
    10800,
    21600,
    43200,
    86400,
    172800,
    604800,
    1209600,
    2592000,
    7776000,
    31536000,
    94608000,
    315360000,
)
"""Seconds between two marks."""
_MOST = 7
_DAY = 86400


class Mark(Struct, frozen=True):
    """A time of the axis: how far along it lies, in percent, and what is written there."""

    percent: float
    label: str


def marks(begins: datetime, ends: datetime, dated: bool) -> list[Mark]:
    """At most seven or so marks at round times of the evidence's own zone."""
    span = (ends - begins).total_seconds()
    step = next((s for s in STEPS if span / s <= _MOST), STEPS[-1])
    offset = begins.utcoffset() or timedelta(0)
    local = begins.timestamp() + offset.total_seconds()
    first = (local // step + 1) * step
    found = []
    while first < local + span:
        at = begins + timedelta(seconds=first - local)
        found.append(Mark(round((first - local) / span * 100, 3), _label(at, step, dated)))
        first += step
    return found


def _label(at: datetime, step: int, dated: bool) -> str:
    if step >= _DAY:
        return f"{at:%Y-%m-%d}" if dated else f"{at:%m-%d}"
    return f"{at:%m-%d %H:%M}" if step >= 60 else f"{at:%H:%M:%S}"
