# ruff: noqa: E501 - the output of tools stands as they print it
"""Times as tools write them."""

from datetime import datetime

import pytest

from plegma.evidence.parse.stamps import absolute, age, ago, iso_utc, month_of, yearless
from plegma.model.observations import Stamp


@pytest.mark.parametrize(
    ("text", "seconds", "grain"),
    [("24d", 2073600, 86400), ("3h4m", 11040, 60), ("4m15s", 255, 1), ("2y34d", 66009600, 86400), ("0s", 0, 1), ("8s", 8, 1)],
)
def test_an_age_has_the_grain_of_its_smallest_unit(text: str, seconds: float, grain: float) -> None:
    assert age(text) == Stamp(age=seconds, grain=grain)


@pytest.mark.parametrize("text", ["", "<invalid>", "<unknown>", "5", "5m ago", "x5m"])
def test_what_is_no_age_is_none(text: str) -> None:
    assert age(text) is None


@pytest.mark.parametrize(
    ("text", "seconds", "grain"),
    [
        ("3 weeks ago", 1814400, 604800),
        ("About an hour ago", 3600, 3600),
        ("About a minute ago", 60, 60),
        ("Less than a second ago", 0, 1),
        ("2248s", 2248, 1),
    ],
)
def test_the_age_of_a_container_is_read_as_docker_and_crictl_say_it(text: str, seconds: float, grain: float) -> None:
    assert ago(text) == Stamp(age=seconds, grain=grain)


def test_absolute_times_keep_their_zone() -> None:
    assert absolute("Tue, 05 Mar 2019 14:36:33 +0900") == Stamp(wall=datetime(2019, 3, 5, 14, 36, 33), offset=32400, grain=1.0)
    assert absolute("Tue Mar  5 17:12:00 JST 2024") == Stamp(wall=datetime(2024, 3, 5, 17, 12), offset=32400, grain=1.0)
    assert absolute("2024-03-05T08:11:02.25Z") == Stamp(wall=datetime(2024, 3, 5, 8, 11, 2, 250000), offset=0, grain=0.01)
    assert absolute("2024-03-05 08:11:02") == Stamp(wall=datetime(2024, 3, 5, 8, 11, 2), grain=1.0)


def test_zone_names_that_mean_several_offsets_give_none() -> None:
    stamp = absolute("Tue Mar  5 17:12:00 CST 2024")
    assert stamp is not None
    assert stamp.offset is None


def test_impossible_times_are_none() -> None:
    assert absolute("2024-02-31T00:00:00Z") is None
    assert yearless(13, "1", "00:00:00") is None


def test_29_february_parses_without_a_year() -> None:
    stamp = yearless(2, "29", "01:02:03", "500000")
    assert stamp is not None
    assert stamp.wall == datetime(1904, 2, 29, 1, 2, 3, 500000)
    assert not stamp.has_year


@pytest.mark.parametrize(
    ("name", "month"),
    [("Jan", 1), ("1月", 1), ("12月", 12), ("janv.", 1), ("févr.", 2), ("Mär", 3), ("Mai", 5), ("août", 8), ("Okt", 10), ("дек", 12), ("Ağu", 8), ("5월", 5)],
)  # fmt: skip
def test_months_are_known_in_many_languages(name: str, month: int) -> None:
    assert month_of(name) == month


def test_times_with_a_zone_are_said_as_the_api_says_them() -> None:
    assert iso_utc("Tue, 05 Mar 2019 14:36:33 +0900") == "2019-03-05T05:36:33Z"
    assert iso_utc("soon") == "soon"
