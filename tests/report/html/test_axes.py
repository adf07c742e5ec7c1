"""Marks of the timeline's axis: round times of the evidence's own zone."""

from datetime import datetime, timedelta, timezone

import pytest

from plegma.report.html.axes import marks

TOKYO = timezone(timedelta(hours=9))
BEGIN = datetime(2024, 3, 2, 10, 7, 31, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("span", "first"),
    [
        (timedelta(seconds=30), "10:07:35"),
        (timedelta(minutes=40), "03-02 10:15"),
        (timedelta(hours=20), "03-02 12:00"),
        (timedelta(days=5), "2024-03-03"),
        (timedelta(days=300), "2024-03-18"),
    ],
)
def test_the_first_mark_is_the_next_round_time_of_the_zone(span: timedelta, first: str) -> None:
    assert marks(BEGIN, BEGIN + span, dated=True)[0].label == first


def test_there_are_few_marks_in_order_inside_the_axis() -> None:
    for days in (1, 3, 10, 45, 400, 4000):
        found = marks(BEGIN, BEGIN + timedelta(days=days), dated=True)
        assert 2 <= len(found) <= 8
        assert [m.percent for m in found] == sorted(m.percent for m in found)
        assert all(0 <= m.percent <= 100 for m in found)


def test_without_a_year_none_is_written() -> None:
    assert marks(BEGIN, BEGIN + timedelta(days=5), dated=False)[0].label == "03-03"
