"""Times as tools write them: ages, kubectl's and docker's, absolute times of many shapes, months in many languages."""

import re
from datetime import UTC, datetime, timedelta

from plegma.evidence.parse.numbers import count_or
from plegma.model.observations import Stamp

NO_YEAR = 1904

_UNITS = {"y": 31536000, "d": 86400, "h": 3600, "m": 60, "s": 1}
_AGE = re.compile(r"(?:(\d+)y)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$")
_AGO = re.compile(r"(?:about )?(an?|\d+|less than a) (second|minute|hour|day|week|month|year)s?(?: ago)?$", re.IGNORECASE)
_AGO_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000, "year": 31536000}
_RFC1123 = re.compile(r"(?:\w{3}, )?(\d{1,2}) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d)(?: ([+-]\d{4}|[A-Z]{2,5}))?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d\d:?\d\d\b|(?:UTC|GMT|[A-Z]{3,5})\b)?")
_UNIX = re.compile(r"(?:\w{3} )?(\w{3}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?: ([A-Z]{2,5}))? (\d{4})")
_MONTHS = (
    "jan ene gen oca sty led січ янв 1 1월",
    "feb fév fev şub lut úno лют фев 2",
    "mar mär mrt bře бер 3",
    "apr avr abr nis kwi dub кві апр 4",
    "may mai mag mei maj kvě тра май мая 5",
    "jun juin giu haz cze čen чер июн 6",
    "jul juil lug tem lip čec лип июл 7",
    "aug aoû ago ağu sie srp сер авг 8",
    "sep set eyl wrz zář вер сен 9",
    "oct okt ott out eki paź říj жов окт 10",
    "nov kas lis лис ноя 11",
    "dec dez déc dic ara gru pro гру дек 12",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
ZONES = {
    "UTC": 0, "GMT": 0, "JST": 32400, "KST": 32400, "CET": 3600, "CEST": 7200, "EET": 7200, "EEST": 10800, "MSK": 10800,
    "BST": 3600, "WET": 0, "WEST": 3600, "EST": -18000, "EDT": -14400, "CDT": -18000, "MST": -25200, "MDT": -21600,
    "PST": -28800, "PDT": -25200, "AEST": 36000, "AEDT": 39600, "SGT": 28800, "HKT": 28800, "NZST": 43200,
}  # fmt: skip
"""Zone names that mean one offset; CST and IST mean several and are left out."""


def month_of(name: str) -> int | None:
    """The month's number from its short name in any of some twenty languages ("Jan", "1月", "févr.", "Okt")."""
    name = name.strip(".").rstrip("月월").lower()
    return _MONTH_OF.get(name) or _MONTH_OF.get(name[:4]) or _MONTH_OF.get(name[:3])


def age(text: str) -> Stamp | None:
    """A kubectl age ("28d", "4m15s", "3h4m", "2y34d") as a Stamp whose grain is its smallest unit; None for anything else."""
    match = _AGE.match(text)
    if not text or match is None:
        return None
    found = [(float(value), unit) for value, unit in zip(match.groups(), _UNITS, strict=True) if value]
    seconds = sum(value * _UNITS[unit] for value, unit in found)
    return Stamp(age=seconds, grain=float(_UNITS[found[-1][1]]))


def ago(text: str) -> Stamp | None:
    """A docker age ("3 weeks ago", "About an hour ago", "Less than a second ago")."""
    match = _AGO.match(text.strip())
    if match is None:
        return age(text.removesuffix(" ago").strip())
    amount, unit = match[1].lower(), _AGO_UNITS[match[2].lower()]
    count = count_or(amount, 0 if amount.startswith("less") else 1)
    return Stamp(age=float(count * unit), grain=float(unit))


def offset_of(zone: str | None) -> int | None:
    """Seconds east of UTC of "Z", "+0900", "+09:00" or an unambiguous zone name."""
    if not zone:
        return None
    if zone == "Z":
        return 0
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        return (1 if zone[0] == "+" else -1) * (int(digits[:2]) * 3600 + int(digits[2:4]) * 60)
    return ZONES.get(zone)


def wall(year: int | str, month: int, day: int | str, clock: tuple[str, str, str], fraction: str = "") -> datetime | None:
    """A naive wall time, or None when there is no such time; a leap second reads as the second before it."""
    hour, minute, second = (int(part or 0) for part in clock)
    try:
        return datetime(int(year), month, int(day), hour, minute, min(second, 59), int(fraction[:6].ljust(6, "0") or 0))
    except ValueError:
        return None


def absolute(text: str) -> Stamp | None:
    """The first absolute time in a text: ISO 8601, RFC 1123 (describe), or `date` (Tue Feb  5 14:36:43 JST 2019)."""
    if match := _ISO.search(text):
        year, month, day, hour, minute, second, fraction, zone = match.groups()
        moment = wall(year, int(month), day, (hour, minute, second or "0"), fraction or "")
        return _stamp(moment, zone, _grain(second, fraction))
    if match := _RFC1123.search(text):
        moment = wall(match[3], month_of(match[2]) or 0, match[1], (match[4], match[5], match[6]))
        return _stamp(moment, match[7], 1.0)
    if match := _UNIX.search(text):
        moment = wall(match[7], month_of(match[1]) or 0, match[2], (match[3], match[4], match[5]))
        return _stamp(moment, match[6], 1.0)
    return None


def iso_utc(text: str) -> str:
    """An absolute time as the API writes it (2026-11-23T23:32:54Z); other texts, and times without a zone, as they are."""
    stamp = absolute(text)
    if stamp is None or stamp.wall is None or stamp.offset is None:
        return text
    return f"{stamp.wall - timedelta(seconds=stamp.offset):%Y-%m-%dT%H:%M:%SZ}"


def epoch(seconds: float) -> Stamp | None:
    """A Stamp from seconds, milliseconds, micro- or nanoseconds since 1970 (UTC)."""
    while 1e11 < seconds < 1e21:
        seconds /= 1000
    if not 0 <= seconds < 1e11:
        return None
    return Stamp(wall=datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None), offset=0, grain=0.001)


def _grain(second: str | None, fraction: str | None) -> float:
    if not second:
        return 60.0
    return 10.0 ** -min(len(fraction), 6) if fraction else 1.0


def _stamp(moment: datetime | None, zone: str | None, grain: float) -> Stamp | None:
    return None if moment is None else Stamp(wall=moment, offset=offset_of(zone), grain=grain)


def yearless(month: int | None, day: str, clock: str, fraction: str = "") -> Stamp | None:
    """A time without a year ("Jan 24 01:49:36", klog's 0124)."""
    hour, minute, second = clock.split(":")
    moment = wall(NO_YEAR, month or 0, day, (hour, minute, second), fraction)
    return None if moment is None else Stamp(wall=moment, has_year=False, grain=10.0 ** -len(fraction[:6]) if fraction else 1.0)
