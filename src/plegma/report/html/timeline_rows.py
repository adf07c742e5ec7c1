"""The timeline as rows to draw: one for each kind of thing on each entity. Places are seconds from the timeline's begin."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from plegma.model.diagnosis import Evidence
from plegma.model.texts import Text
from plegma.model.timelines import Band, Lane, Reading, Tick, Timeline
from plegma.report.html import page_words
from plegma.report.html.axes import Mark, marks
from plegma.report.html.bilingual import same, with_values
from plegma.report.lines import entity_name

_OPEN = 2
"""Entities of each kind whose rows are shown at once; those of the others are folded."""
_LEAST_ROOM = timedelta(minutes=5)
_TALL, _LOW = 36.0, 14.0


class Bar(Struct, frozen=True):
    """Something from `x` on for `width` seconds (0: a moment), between `y` and `y + height` pixels of its row.

    The times that a reader sees at it are left to the page's script, which has them from `x` and `width`.
    """

    x: float
    width: float
    y: float
    height: float
    mood: str
    text: Text
    line: Evidence | None


class Row(Struct, frozen=True):
    """One row: what it shows, a remark (count, pace), its bars, the line that tells it, and from when to when, in words."""

    name: Text
    remark: Text | None
    bars: tuple[Bar, ...]
    height: float
    limit: float | None
    line: Evidence | None
    when: str = ""


class Group(Struct, frozen=True):
    """The rows of one entity."""

    entity: str
    rows: tuple[Row, ...]
    open: bool


class TimelineView(Struct, frozen=True):
    """All that the template and the script need; `begins` is epoch seconds, `offset` seconds east of UTC, `span` seconds.

    `end` is where the evidence ends, in seconds from `begins`.
    """

    begins: float
    span: float
    end: float
    offset: int
    zone: str
    dated: bool
    onset: float | None
    onset_grain: float
    onset_at: str
    marks: list[Mark]
    groups: tuple[Group, ...]


def timeline_view(timeline: Timeline) -> TimelineView:
    """The timeline as rows, with some room on both sides."""
    margin = max((timeline.ends - timeline.begins) / 50, _LEAST_ROOM)
    shown = replace(timeline, begins=timeline.begins - margin, ends=timeline.ends + margin)
    return _view(shown, (timeline.ends - shown.begins).total_seconds())


def _view(timeline: Timeline, end: float) -> TimelineView:
    begins, zone = timeline.begins, f"{timeline.begins:%z}"
    offset = begins.utcoffset() or timedelta(0)
    return TimelineView(
        begins.timestamp(), (timeline.ends - begins).total_seconds(), end, int(offset.total_seconds()), f"{zone[:3]}:{zone[3:]}",
        timeline.dated, (timeline.onset - begins).total_seconds() if timeline.onset else None, timeline.onset_grain,
        _short(timeline.onset, timeline) if timeline.onset else "",
        marks(begins, timeline.ends, timeline.dated), tuple(_groups(timeline)),
    )  # fmt: skip


def _groups(timeline: Timeline) -> Iterator[Group]:
    by_entity: dict[str, list[Lane]] = {}
    for lane in timeline.lanes:
        by_entity.setdefault(entity_name(lane.entity), []).append(lane)
    shown: Counter[str] = Counter()
    for name, lanes in by_entity.items():
        shown[lanes[0].entity.kind] += 1
        yield Group(
            name, tuple(_timed(row, timeline) for lane in lanes for row in _rows(lane, timeline)), shown[lanes[0].entity.kind] <= _OPEN
        )


def _timed(row: Row, timeline: Timeline) -> Row:
    """The row with its span of time as text, for who cannot see the bars."""
    first = min(bar.x for bar in row.bars)
    last = max(bar.x + bar.width for bar in row.bars)
    begins, ends = (timeline.begins + timedelta(seconds=seconds) for seconds in (first, last))
    return replace(row, when=_short(begins, timeline) if last == first else f"{_short(begins, timeline)} – {_short(ends, timeline)}")


def _rows(lane: Lane, timeline: Timeline) -> Iterator[Row]:
    if lane.bands:
        yield _band_row(lane, timeline)
    if lane.readings:
        yield _reading_row(lane.readings, timeline)
    by_text: dict[str, list[Tick]] = {}
    for tick in lane.ticks:
        by_text.setdefault(tick.text.en, []).append(tick)
    yield from (_tick_row(ticks, timeline) for ticks in by_text.values())


def _band_row(lane: Lane, timeline: Timeline) -> Row:
    bars = tuple(
        _band(b, timeline, 3.0 if b.mood in {"mixed", "idle"} else 0.0)
        for b in sorted(lane.bands, key=lambda b: b.mood not in {"mixed", "idle"})
    )
    mixed = [b for b in lane.bands if b.mood == "mixed"]
    remark = mixed[0].text if mixed else with_values(page_words.RESTARTS, f"{lane.restarts:,}") if lane.restarts else None
    return Row(page_words.LANES[lane.kind], remark, bars, _LOW, None, _line(mixed[0].evidence if mixed else lane.bands[-1].evidence))


def _band(band: Band, timeline: Timeline, inset: float) -> Bar:
    begins = max(band.begins or timeline.begins, timeline.begins)
    ends = band.ends or timeline.ends
    width = max((ends - begins).total_seconds(), 0.0)
    return Bar(
        _at(begins, timeline),
        width,
        inset,
        _LOW - 2 * inset,
        band.mood,
        band.text,
        _line(band.evidence),
    )


def _reading_row(readings: Sequence[Reading], timeline: Timeline) -> Row:
    """PLEG's age as bars that rise over the limit."""
    limit, most = readings[0].limit, max(readings, key=lambda r: r.seconds)
    top = max(most.seconds, limit) * 1.1
    bars = tuple(
        Bar(_at(r.at, timeline), 0.0, _TALL * (1 - r.seconds / top), _TALL * r.seconds / top, "bad" if r.seconds > r.limit else "good",
            same(_span(r.seconds)), _line(r.evidence))
        for r in readings
    )  # fmt: skip
    remark = with_values(page_words.PLEG_AGE, _span(most.seconds), _span(limit))
    return Row(page_words.LANES["pleg"], remark, bars, _TALL, _TALL * (1 - limit / top), _line(most.evidence))


def _tick_row(ticks: Sequence[Tick], timeline: Timeline) -> Row:
    count = sum(t.count for t in ticks)
    remark = same(f"×{count:,}") if count > 1 else None
    bars = tuple(
        Bar(_at(t.first, timeline), (t.last - t.first).total_seconds(), 2.0, _LOW - 4, t.mood,
            same(f"×{t.count:,}" if t.count > 1 else ""), _line(t.evidence))
        for t in ticks
    )  # fmt: skip
    return Row(ticks[0].text, remark, bars, _LOW, None, _line(ticks[0].evidence))


def _at(at: datetime, timeline: Timeline) -> float:
    return (at - timeline.begins).total_seconds()


def _short(at: datetime, timeline: Timeline) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}" if timeline.dated else f"{at:%m-%d %H:%M:%S}"


def _span(seconds: float) -> str:
    return f"{seconds // 60:.0f} m {seconds % 60:.0f} s"


def _line(evidence: Sequence[Evidence]) -> Evidence | None:
    return evidence[0] if evidence else None
