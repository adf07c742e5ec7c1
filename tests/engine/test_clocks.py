"""Every time is put on one clock, and what was assumed is said."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import DAY, HOUR, MINUTE, NOW, age, causes, diagnosed, event, mode, part, scene, state, wall, yearless

from plegma.engine.clocks import Moment, clocks_of, offset_text
from plegma.model.observations import Stamp
from plegma.model.parts import ClockHints, Parsed

JST = 9 * 3600


def at(found: Parsed, *others: Parsed) -> datetime | None:
    """The moment of a part's first observation."""
    parts = (found, *others)
    moment = clocks_of(parts).moment(0, found, found.observations[0].at)
    return moment.at.replace(tzinfo=None) if moment else None


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_year_comes_from_the_journals_header() -> None:
    log = part(event("x", at=yearless("01-24 01:49:36")), hints=ClockHints(zone=0, ends=datetime(2019, 2, 4, 16, 29)))
    assert at(log) == utc("2019-01-24 01:49:36")


def test_a_day_after_the_journals_end_is_the_year_before() -> None:
    log = part(event("x", at=yearless("12-24 01:49:36")), hints=ClockHints(zone=0, ends=datetime(2019, 2, 4, 16, 29)))
    assert at(log) == utc("2018-12-24 01:49:36")


def test_the_year_comes_from_the_name_of_a_rotated_log() -> None:
    log = part(event("x", at=yearless("01-07 09:07:16")), hints=ClockHints(rotated=date(2019, 1, 13)))
    assert at(log) == utc("2019-01-07 09:07:16")


def test_the_year_comes_from_the_neighbours() -> None:
    dated = part(event("y", at=wall(NOW)))
    assert at(part(event("x", at=yearless("03-01 08:00:00"))), dated) == utc("2025-03-01 08:00:00")
    assert at(part(event("x", at=yearless("11-30 08:00:00"))), dated) == utc("2024-11-30 08:00:00")


def test_a_log_that_goes_on_a_little_after_its_neighbours_is_of_their_year() -> None:
    assert at(part(event("x", at=yearless("03-03 09:00:00"))), part(event("y", at=wall(NOW)))) == utc("2025-03-03 09:00:00")


def test_29_february_of_a_log_without_year_is_read() -> None:
    assert at(part(event("x", at=yearless("02-29 12:00:00"))), part(event("y", at=wall("2024-03-05 00:00:00")))) == utc(
        "2024-02-29 12:00:00"
    )
    assert at(part(event("x", at=yearless("02-29 12:00:00"))), part(event("y", at=wall(NOW)))) is not None


def test_when_no_text_names_a_year_times_are_in_order_but_not_shown() -> None:
    log = part(event("a", line=1, at=yearless("03-01 08:00:00")), event("b", line=2, at=yearless("03-01 09:00:00")))
    found = scene(log)
    assert [f.seen.message for f in found.events] == ["a", "b"]  # type: ignore[union-attr]
    assert found.clocks.shown(found.events[0].first) is None


def test_a_header_names_the_zone_of_local_times() -> None:
    log = part(event("x", at=wall("2025-03-02 17:00:00", None)), hints=ClockHints(zone=JST, zone_name="JST"))
    assert at(log) == utc(NOW)


def test_times_without_a_zone_are_taken_like_the_other_outputs() -> None:
    plain, zoned = (
        part(event("x", at=wall("2025-03-02 17:00:00", None))),
        part(event("y", at=wall("2025-03-02 16:00:00", JST)), artifact="b"),
    )
    assert at(plain, zoned) == utc(NOW)
    notes = [c for c in clocks_of((plain, zoned)).notes if c.artifact == "kubelet.log"]
    assert [n.assumed for n in notes] == [True]
    assert "like the other outputs" in notes[0].text.en


def test_without_any_zone_times_are_taken_as_utc_and_said_so() -> None:
    plain = part(event("x", at=wall(NOW, None)))
    assert at(plain) == utc(NOW)
    assert clocks_of((plain,)).notes[0].text.en == "names no zone; taken as UTC"


def test_klog_nine_hours_ahead_of_its_syslog_header_puts_the_header_on_utc() -> None:
    messages = part(event("x", at=yearless("03-02 08:00:00")), hints=ClockHints(carrier_lag=JST, rotated=date(2025, 3, 3)))
    assert at(messages, part(event("y", at=wall("2025-03-02 17:00:00", JST)))) == utc(NOW)
    (note,) = [c for c in clocks_of((messages,)).notes if "klog" in c.text.en]
    assert "+9 h" in note.text.en
    assert note.offset == "+00:00"


def test_a_lag_with_a_zone_named_elsewhere_puts_the_carrier_beside_it() -> None:
    """The kubelet writes New York's time, the header's clock is an hour behind that."""
    messages = part(event("x", at=yearless("03-02 08:00:00")), hints=ClockHints(carrier_lag=3600, rotated=date(2025, 3, 3)))
    zoned = part(event("y", at=wall("2025-03-02 05:00:00", -5 * 3600)))
    assert at(messages, zoned) == utc("2025-03-02 14:00:00")


@pytest.mark.parametrize(
    ("lag", "carried", "placed"),
    [(JST, "03-02 08:00:00", NOW), (-5 * 3600, "03-02 08:00:00", NOW), (-JST, "03-02 17:00:00", NOW), (5 * 3600, "03-02 03:00:00", NOW)],
    ids=["carrier in UTC, klog in JST", "carrier in UTC, klog in EST", "carrier in JST, klog in UTC", "carrier in EST, klog in UTC"],
)
def test_where_only_utc_is_written_elsewhere_a_lag_is_read_so_that_the_log_ends_beside_it(lag: int, carried: str, placed: str) -> None:
    """The API's Z says nothing of the node's zone, but when it is now."""
    messages = part(event("x", at=yearless(carried)), hints=ClockHints(carrier_lag=lag))
    assert at(messages, part(event("y", at=wall("2025-03-02 08:20:00", 0)), artifact="nodes.json")) == utc(placed)
    (note,) = [c for c in clocks_of((messages, part(event("y", at=wall("2025-03-02 08:20:00", 0))))).notes if "klog time" in c.text.en]
    assert note.assumed


def test_ages_count_back_from_when_the_output_was_taken() -> None:
    taken = ClockHints(taken=wall(NOW))
    assert at(part(event("x", at=age(HOUR)), hints=taken)) == utc("2025-03-02 07:00:00")


def test_without_a_time_of_taking_ages_count_back_from_the_latest_moment_and_it_is_said() -> None:
    rows, log = part(event("x", at=age(HOUR)), artifact="events.txt"), part(event("y", at=wall(NOW)))
    assert at(rows, log) == utc("2025-03-02 07:00:00")
    note = next(c for c in clocks_of((rows, log)).notes if c.artifact == "events.txt")
    assert note.assumed
    assert NOW[:10] in note.text.en


@pytest.mark.parametrize(("seconds", "grain"), [(24 * DAY, DAY), (2 * HOUR, HOUR), (90.0, 1.0)])
def test_an_age_is_as_uncertain_as_the_unit_that_it_was_cut_to(seconds: float, grain: float) -> None:
    rows = part(event("x", at=age(seconds, grain)), hints=ClockHints(taken=wall(NOW)))
    moment = clocks_of((rows,)).moment(0, rows, rows.observations[0].at)
    assert moment is not None
    assert grain <= moment.grain <= grain + MINUTE


@pytest.mark.parametrize("written", ["0001-01-01 00:00:00", "9999-12-31 23:59:59", "1904-01-01 00:00:00"])
@pytest.mark.parametrize("zone", [9 * 3600, -9 * 3600, None])
def test_a_year_that_no_clock_shows_is_no_moment(written: str, zone: int | None) -> None:
    log = part(event("boom", at=wall(written, zone), node="wk-7"), hints=ClockHints(zone=zone))
    assert at(log) is None
    assert causes(diagnosed([mode("boom", "cause", "Node", "boom")], log)) == ["boom"]


def test_a_clock_that_was_never_set_stands_in_1970() -> None:
    assert at(part(event("x", at=wall("1970-01-01 00:00:31")))) == utc("1970-01-01 00:00:31")


def test_an_age_beyond_all_calendars_is_no_moment() -> None:
    assert at(part(event("x", at=age(1e15)), hints=ClockHints(taken=wall(NOW)))) is None


def test_a_part_without_times_has_no_clock_to_tell_of() -> None:
    assert clocks_of((part(state("Pod", restarts=3)),)).notes == ()


def test_nothing_at_all_is_no_error() -> None:
    found = clocks_of(())
    assert found.latest is None
    assert not found.dated


def test_offsets_are_fixed_and_know_no_summer_time() -> None:
    """What one text writes with one offset lies as far apart as written, over the night when clocks change too."""
    cet = 3600
    parts = (part(event("x", at=wall("2025-03-29 12:00:00", cet))), part(event("y", at=wall("2025-03-31 12:00:00", cet)), artifact="b"))
    clocks = clocks_of(parts)
    first, second = (clocks.moment(i, p, p.observations[0].at) for i, p in enumerate(parts))
    assert first is not None
    assert second is not None
    assert (second.at - first.at).total_seconds() == 2 * DAY


def test_times_are_shown_in_the_zone_that_most_texts_name() -> None:
    found = scene(part(event("a", at=wall("2025-03-02 17:00:00", JST)), event("b", line=2, at=wall("2025-03-02 18:00:00", JST))),
                  part(event("c", at=wall(NOW, 0)), artifact="z"))  # fmt: skip
    shown = found.clocks.shown(found.events[0].first)
    assert shown is not None
    assert shown.isoformat() == "2025-03-02T17:00:00+09:00"


@pytest.mark.parametrize(("seconds", "text"), [(0, "+00:00"), (JST, "+09:00"), (-12600, "-03:30"), (20700, "+05:45")])
def test_offsets_are_written_as_rfc_3339_writes_them(seconds: int, text: str) -> None:
    assert offset_text(seconds) == text


STAMPS = st.one_of(
    st.builds(lambda d, z: Stamp(wall=d, offset=z), st.datetimes(), st.one_of(st.none(), st.integers(-15 * 3600, 15 * 3600))),
    st.builds(lambda d: Stamp(wall=d.replace(year=1904, day=min(d.day, 28)), has_year=False), st.datetimes()),
    st.builds(lambda a: Stamp(age=a, grain=60.0), st.floats(0, 1e18)),
)


@given(st.lists(st.tuples(STAMPS, st.one_of(st.none(), st.integers(-50000, 50000))), max_size=6))
def test_no_stamps_break_the_clocks(stamps: list[tuple[Stamp, int | None]]) -> None:
    parts = [part(event("x", at=stamp), artifact=str(i), hints=ClockHints(zone=zone)) for i, (stamp, zone) in enumerate(stamps)]
    clocks = clocks_of(parts)
    for number, (one, (stamp, _)) in enumerate(zip(parts, stamps, strict=True)):
        moment = clocks.moment(number, one, stamp)
        assert moment is None or moment.at.tzinfo is UTC
        clocks.shown(moment)


@given(st.datetimes(datetime(1960, 1, 1), datetime(2200, 12, 31), timezones=st.just(UTC)))
def test_seconds_hold_a_time_to_the_microsecond(at: datetime) -> None:
    assert Moment.of(at).at == at


def test_a_time_among_attributes_is_a_moment_only_with_a_zone() -> None:
    assert Moment.written("2025-03-04T10:11:12Z") == Moment.written("2025-03-04T19:11:12+09:00") == Moment(1741083072.0)
    assert Moment.written("0001-01-01T00:00:00+09:00") is not None
    assert [Moment.written(text) for text in (None, "", "soon", "2025-03-04T10:11:12")] == [None] * 4
