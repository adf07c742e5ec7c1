"""Times as Kubernetes' and the runtimes' APIs write them."""

from datetime import UTC, datetime, timedelta

from plegma.model.observations import Stamp

_ZERO_YEAR = 1971
"""Go's zero time (year 1) and protobuf's (1970) mean "not set"."""
_NANOSECONDS = 10**9
_MOST_DIGITS = 20


def moment(text: str) -> datetime | None:
    """An aware time from RFC 3339 text ("2026-01-01T00:00:00.123456789Z") or nanoseconds since 1970, None when unset."""
    if text.isdecimal():
        return _from_nanoseconds(int(text)) if len(text) <= _MOST_DIGITS else None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.year < _ZERO_YEAR:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _from_nanoseconds(count: int) -> datetime | None:
    seconds = count / _NANOSECONDS
    if not 10**8 < seconds < 10**10:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def stamp(text: str) -> Stamp | None:
    """The time as a Stamp with its offset; the grain is that of the fraction's last digit."""
    found = moment(text)
    if found is None:
        return None
    offset = found.utcoffset() or timedelta()
    return Stamp(wall=found.replace(tzinfo=None), offset=int(offset.total_seconds()), grain=_grain(text))


def _grain(text: str) -> float:
    """Seconds in the smallest digit that is written, a microsecond at least."""
    digits = 6 if text.isdecimal() else len(text.partition(".")[2].rstrip("Z").partition("+")[0])
    return 10.0 ** -min(digits, 6)
