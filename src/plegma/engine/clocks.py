"""Puts every time of a case on one clock: years, zones and ages, with what was assumed.

Sources of the rules: klog and RFC 3164 syslog have no year and local time; a journal's header names the zone and the
range; a rotated log's name holds the date of rotation; kubectl's ages count back from when it ran.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from msgspec import Struct

from plegma.engine.stamps import FIRST_YEAR, LAST_YEAR, StampKind, Stamps, each_stamp, stamps_of
from plegma.model.diagnosis import Clock
from plegma.model.observations import Stamp
from plegma.model.parts import Parsed
from plegma.model.texts import Text

_NOMINAL_YEAR = 2000  # a leap year; used only for ordering when no text names a year
_DAY = timedelta(days=1)
_UTC_VOTE = 0.25
"""The API and containerd write UTC wherever the node is: that says little of the zone of local times."""


_EPOCH = datetime(1970, 1, 1)


class Moment(Struct, frozen=True, order=True, gc=False):
    """A time on the common clock; it lies between `at - grain` and `at` for ages, at `at` otherwise.

    `seconds` count from 1970 in UTC, whole microseconds as in `datetime`: times are compared far more often than they are shown.
    """

    seconds: float
    grain: float = 0.0

    @classmethod
    def of(cls, at: datetime, grain: float = 0.0) -> "Moment":
        """The moment of a time with a zone."""
        return cls(at.timestamp(), grain)

    @classmethod
    def written(cls, value: object) -> "Moment | None":
        """The moment of a time in RFC 3339, as every parser gives it among a row's attributes; None where there is none, or no zone."""
        try:
            at = datetime.fromisoformat(str(value))
        except ValueError:
            return None
        return cls.of(at) if at.tzinfo else None

    @property
    def at(self) -> datetime:
        """The time in UTC."""
        return datetime.fromtimestamp(self.seconds, UTC)


_NOWHEN = Moment.of(datetime(_NOMINAL_YEAR, 1, 1, tzinfo=UTC))


class PartClock(Struct, frozen=True):
    """The zone of a part's local times, the moment its output was taken, and whether either was assumed."""

    zone: int
    zone_assumed: bool
    taken: Moment | None
    taken_assumed: bool


class Clocks(Struct, frozen=True):
    """One PartClock for each part, the zone to show times in, and whether any text names a year at all."""

    parts: tuple[PartClock, ...]
    zone: int
    dated: bool
    year: int
    latest: Moment | None
    notes: tuple[Clock, ...]

    def moment(self, part: int, hints: Parsed, stamp: Stamp | None) -> Moment | None:
        """The stamp on the common clock, or None when it cannot be placed."""
        if stamp is None:
            return None
        wall, clock = stamp.wall, self.parts[part]
        if wall is None:
            return back(clock.taken, stamp)
        if stamp.has_year and stamp.offset == 0:  # most stamps: RFC 3339 in UTC
            return _placed(wall, stamp.grain)
        return walled(stamp, hints, clock.zone, self.year, self.latest)

    def shown(self, moment: Moment | None) -> datetime | None:
        """The time to print: in the evidence's own zone; None when no text names a year."""
        return None if moment is None or not self.dated else self.placed(moment)

    @property
    def has_days(self) -> bool:
        """Whether any text names a day; else all that is known are ages before a moment that nobody wrote down."""
        return self.dated or (self.latest is not None and self.latest.seconds != _NOWHEN.seconds)

    def placed(self, moment: Moment) -> datetime:
        """The time in the evidence's own zone, with a made-up year where no text names one (`dated` is false)."""
        return moment.at.astimezone(timezone(timedelta(seconds=self.zone)))


def back(taken: Moment | None, stamp: Stamp) -> Moment | None:
    """An age before the moment the output was taken. The written age is cut, so the truth may be `grain` earlier."""
    if taken is None or stamp.age is None:
        return None
    try:
        return _placed((taken.at - timedelta(seconds=stamp.age)).replace(tzinfo=None), stamp.grain + taken.grain)
    except OverflowError:
        return None


def _placed(wall: datetime, grain: float) -> Moment | None:
    """The moment of a time in UTC without its zone. What lies far beyond is no time, and its arithmetic would overflow."""
    return Moment((wall - _EPOCH).total_seconds(), grain) if FIRST_YEAR <= wall.year <= LAST_YEAR else None


def walled(stamp: Stamp, part: Parsed, zone: int, year: int, latest: Moment | None) -> Moment | None:
    """A wall-clock time, with its year worked out where the text has none."""
    if stamp.wall is None:
        return None
    wall = stamp.wall if stamp.has_year else _with_year(stamp.wall, part, year, latest, zone)
    offset = stamp.offset if stamp.offset is not None else zone
    if offset == 0:
        return _placed(wall, stamp.grain)
    try:
        return _placed(wall - timedelta(seconds=offset), stamp.grain)
    except (OverflowError, ValueError):
        return None


def _with_year(wall: datetime, part: Parsed, year: int, latest: Moment | None, zone: int) -> datetime:
    """The last year in which this day is not after the part's end (journal header, rotation date, latest moment)."""
    ends = _end_of(part)
    if ends is None and latest is not None:
        ends = (latest.at + timedelta(seconds=zone)).replace(tzinfo=None)
    if ends is None:
        return _in_year(wall, year)
    found = _in_year(wall, ends.year)
    return found if found <= ends + 2 * _DAY else _in_year(wall, ends.year - 1)


def _end_of(part: Parsed) -> datetime | None:
    if part.hints.ends is not None:
        return part.hints.ends
    rotated = part.hints.rotated
    return datetime(rotated.year, rotated.month, rotated.day) if isinstance(rotated, date) else None


def _in_year(wall: datetime, year: int) -> datetime:
    try:
        return wall.replace(year=year)
    except ValueError:  # 29 February in a common year
        return wall.replace(year=year, day=28)


def clocks_of(parts: Sequence[Parsed]) -> Clocks:
    """Works out every part's clock from its own hints, then from its neighbours."""
    stamps = [stamps_of(part) for part in parts]
    zone, known = _common_zone(parts, stamps)
    universal = None if zone else _newest_in_utc(parts, stamps)
    zones = [_zone_of(part, own, zone, known, universal) for part, own in zip(parts, stamps, strict=True)]
    newest = max(_dated(parts, stamps, zones), default=None)
    year = newest.at.year if newest else _NOMINAL_YEAR
    latest = newest or max((m for p, s, z in zip(parts, stamps, zones, strict=True) for m in _walls(p, s, z[0], year)), default=None)
    anchor = latest if latest is not None else _NOWHEN
    part_clocks = tuple(_part_clock(p, z, anchor) for p, z in zip(parts, zones, strict=True))
    dated = newest is not None or any(_end_of(p) for p in parts)
    notes = tuple(_notes(parts, stamps, part_clocks, known, dated))
    return Clocks(part_clocks, zone, dated, year, anchor if parts else None, notes)


def _common_zone(parts: Sequence[Parsed], stamps: Sequence[Stamps]) -> tuple[int, bool]:
    """The zone that most texts name, and whether any does. UTC written as "Z" counts less than a human zone."""
    votes: Counter[int] = Counter()
    for part, own in zip(parts, stamps, strict=True):
        if part.hints.zone is not None:
            votes[part.hints.zone] += 3
        votes.update(set(own.offsets))
        if part.hints.taken is not None and part.hints.taken.offset is not None:
            votes[part.hints.taken.offset] += 1
    if votes:
        return min(votes, key=lambda z: (-votes[z] * (_UTC_VOTE if z == 0 else 1), z == 0, z)), True
    lags = {p.hints.carrier_lag for p in parts if p.hints.carrier_lag is not None}
    return (min(lags), False) if lags else (0, False)


def _newest_in_utc(parts: Sequence[Parsed], stamps: Sequence[Stamps]) -> Moment | None:
    """The newest time that is written with its year and as UTC."""
    written = (
        walled(stamp, part, 0, _NOMINAL_YEAR, None)
        for part, own in zip(parts, stamps, strict=True)
        for stamp in own.last_walls()
        if stamp.has_year and stamp.offset == 0
    )
    return max((moment for moment in written if moment is not None), default=None)


def _carrier_zone(part: Parsed, stamps: Stamps, lag: int, universal: Moment) -> int:
    """Where only UTC is written elsewhere, either the carrier or klog is taken as UTC: whichever puts the log's end nearer to it."""
    ends = [stamp for stamp in stamps.last_walls() if stamp.offset is None]

    def distance(zone: int) -> float:
        placed = (walled(stamp, part, zone, universal.at.year, universal) for stamp in ends)
        return min((abs(moment.seconds - universal.seconds) for moment in placed if moment is not None), default=0.0)

    return min((0, -lag), key=distance)


def _zone_of(part: Parsed, stamps: Stamps, common: int, known: bool, universal: Moment | None) -> tuple[int, bool]:
    if part.hints.zone is not None:
        return part.hints.zone, False
    own = stamps.offsets
    if own:
        return min(own, key=lambda z: (-own[z], z)), False
    if part.hints.carrier_lag is not None and universal is not None:
        return _carrier_zone(part, stamps, part.hints.carrier_lag, universal), True
    if part.hints.carrier_lag is not None:
        # Stamps are the carrier's. A zone named elsewhere is the kubelet's; without one, the usual pair is a UTC carrier.
        return (common if known else part.hints.carrier_lag) - part.hints.carrier_lag, not known
    return common, True


def _dated(parts: Sequence[Parsed], stamps: Sequence[Stamps], zones: Sequence[tuple[int, bool]]) -> Iterable[Moment]:
    """Times whose year is known; the last of all is among them. Where a header tells the year, the last day need not be the latest."""
    for part, own, (zone, _) in zip(parts, stamps, zones, strict=True):
        ends = _end_of(part)
        candidates = each_stamp(part.observations) if ends is not None else own.last_walls()
        for stamp in (*candidates, *([part.hints.taken] if part.hints.taken else ())):
            if stamp.wall is not None and (stamp.has_year or ends is not None):
                moment = walled(stamp, part, zone, _NOMINAL_YEAR, None)
                if moment is not None:
                    yield moment


def _walls(part: Parsed, stamps: Stamps, zone: int, year: int) -> Iterable[Moment]:
    for stamp in stamps.last_walls():
        moment = walled(stamp, part, zone, year, None)
        if moment is not None:
            yield moment


def _part_clock(part: Parsed, zone: tuple[int, bool], anchor: Moment) -> PartClock:
    taken = walled(part.hints.taken, part, zone[0], anchor.at.year, anchor) if part.hints.taken else None
    if taken is not None:
        return PartClock(*zone, taken, taken_assumed=False)
    return PartClock(*zone, anchor, taken_assumed=True)


def offset_text(seconds: int) -> str:
    """An offset as RFC 3339 writes it: +09:00."""
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{abs(seconds) // 3600:02d}:{abs(seconds) % 3600 // 60:02d}"


def _notes(parts: Sequence[Parsed], stamps: Sequence[Stamps], clocks: Sequence[PartClock], known: bool, dated: bool) -> Iterable[Clock]:
    seen: set[tuple[str, str]] = set()
    for part, own, clock in zip(parts, stamps, clocks, strict=True):
        for note in _part_notes(part, own.counts, clock, known, dated):
            if (note.artifact, note.text.en) not in seen:
                seen.add((note.artifact, note.text.en))
                yield note


def _part_notes(part: Parsed, kinds: Iterable[StampKind], clock: PartClock, known: bool, dated: bool) -> Iterable[Clock]:
    offset = offset_text(clock.zone)
    if part.hints.carrier_lag is not None:
        yield _carrier_note(part, clock)
    elif any(k.walled and k.offset is None for k in kinds) and (clock.zone_assumed or part.hints.zone is not None):
        yield Clock(part.artifact, offset, _zone_text(part, offset, known), clock.zone_assumed)
    if any(k.walled and not k.has_year for k in kinds):
        yield Clock(part.artifact, offset, _year_text(part), _end_of(part) is None)
    if any(not k.walled and (k.aged or part.kind != "docker-ps") for k in kinds) and clock.taken is not None:
        when = clock.taken.at.astimezone(timezone(timedelta(seconds=clock.zone))).isoformat(timespec="seconds") if dated else ""
        yield Clock(part.artifact, offset, _taken_text(when, clock.taken_assumed), clock.taken_assumed)


def _carrier_note(part: Parsed, clock: PartClock) -> Clock:
    lag = part.hints.carrier_lag or 0
    hours, header, klog = f"{lag / 3600:+g}", offset_text(clock.zone), offset_text(clock.zone + lag)
    return Clock(
        part.artifact,
        offset_text(clock.zone),
        Text(
            f"the klog time is {hours} h against the syslog header of the same line: the header is UTC{header}, "
            f"the klog time UTC{klog}; both were put on one clock",
            f"同じ行の klog の時刻は syslog ヘッダーより {hours} 時間ずれている。ヘッダーは UTC{header}、"
            f"klog は UTC{klog} として 1 つの時計に揃えた",
        ),
        clock.zone_assumed,
    )


def _zone_text(part: Parsed, offset: str, known: bool) -> Text:
    if part.hints.zone is not None:
        name = part.hints.zone_name or offset
        return Text(f"local times are {name} (UTC{offset}), as its header says", f"ヘッダーにより、時刻は {name}(UTC{offset})")
    if known:
        return Text(
            f"names no zone; taken as UTC{offset} like the other outputs",
            f"タイムゾーンの記載なし。他の出力に合わせ UTC{offset} とみなした",
        )
    return Text("names no zone; taken as UTC", "タイムゾーンの記載なし。UTC とみなした")


def _year_text(part: Parsed) -> Text:
    if part.hints.ends is not None:
        return Text(
            f"has no year; the journal's header ends at {part.hints.ends:%Y-%m-%d}",
            f"年の記載なし。journal のヘッダーの終わり({part.hints.ends:%Y-%m-%d})から決めた",
        )
    if part.hints.rotated is not None:
        return Text(
            f"has no year; the log was rotated on {part.hints.rotated:%Y-%m-%d}",
            f"年の記載なし。ログのローテーション日({part.hints.rotated:%Y-%m-%d})から決めた",
        )
    return Text("has no year; taken from the other outputs", "年の記載なし。他の出力から補った")


def _taken_text(when: str, assumed: bool) -> Text:
    """`when` is empty where no text names a year: then only the order is known."""
    if not assumed:
        return Text(f"its ages count back from {when}, when it was taken", f"経過時間は取得時刻 {when} から数えた")
    as_en, as_ja = (
        (f"{when}, the latest moment in the evidence", f"証拠の中で最も新しい {when}")
        if when
        else ("the latest moment in the evidence", "証拠の中で最も新しい時刻")
    )
    return Text(
        f"its ages count back from when it was taken, which it does not say; taken as {as_en}",
        f"経過時間の起点(取得時刻)が書かれていない。{as_ja} とみなした",
    )
