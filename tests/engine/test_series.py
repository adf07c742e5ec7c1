"""What a count over a time proves."""

import pytest
from made import DAY, HOUR, NOW, age, event, part, scene, wall

from plegma.engine.facts import Fact
from plegma.engine.series import length, notes_on, period_of, span_of
from plegma.model.observations import Stamp
from plegma.model.parts import ClockHints


def series(count: int, first: Stamp | None, last: Stamp | None, reporter: str = "kubelet") -> Fact:
    taken = ClockHints(taken=wall(NOW))
    return scene(
        part(event("x", "k8s-event", at=last, first=first, count=count, reason="FailedSync", reporter=reporter), hints=taken)
    ).events[0]


def test_123314_times_over_23_days_is_one_every_16_seconds() -> None:
    fact = series(123_314, age(23 * DAY, DAY), age(8.0))
    period = period_of(fact)
    assert period is not None
    assert round(period, 1) == 16.1
    assert notes_on("pod-status-unknown", [fact])[0].en == "123314 times in 23 d: one every 16.1 s"
    assert notes_on("pod-status-unknown", [fact])[0].ja == "23 日で 123314 回、つまり 16.1 秒に 1 回"


def test_such_a_count_proves_that_the_kubelet_was_not_restarted() -> None:
    notes = notes_on("pod-status-unknown", [series(123_314, age(23 * DAY, DAY), age(8.0))])
    assert "the kubelet was not restarted in those 23 d" in notes[1].en


def test_a_count_of_another_reporter_says_nothing_of_the_kubelet() -> None:
    notes = notes_on("pod-status-unknown", [series(500, age(2 * HOUR), age(8.0), reporter="node-controller")])
    assert len(notes) == 1


def test_a_short_series_says_nothing_of_restarts() -> None:
    assert len(notes_on("pod-status-unknown", [series(50, age(600.0), age(8.0))])) == 1


def test_8932_changes_in_24_days_are_near_plegs_threshold() -> None:
    notes = notes_on("node-readiness-flapping", [series(8932, age(24 * DAY, DAY), age(255.0))])
    assert [n.en for n in notes] == ["8932 times in 24 d: one every 3.9 min", "that is near PLEG's 3-minute threshold"]


def test_a_change_each_hour_is_not_near_plegs_threshold() -> None:
    assert len(notes_on("node-readiness-flapping", [series(24, age(DAY, HOUR), age(60.0))])) == 1


def test_a_few_times_have_no_period() -> None:
    assert period_of(series(9, age(DAY), age(8.0))) is None
    assert notes_on("pod-status-unknown", [series(9, age(DAY), age(8.0))]) == ()


def test_one_event_has_no_span() -> None:
    assert span_of(series(1, None, age(8.0))) is None


def test_absolute_times_give_the_span_too() -> None:
    assert span_of(series(20, wall("2025-03-02 07:00:00"), wall("2025-03-02 08:00:00"))) == HOUR


def test_the_longest_series_of_a_mode_speaks() -> None:
    few, many = series(85, age(19 * DAY, DAY), age(HOUR)), series(1_000, age(20 * DAY, DAY), age(8.0))
    assert notes_on("pod-status-unknown", [few, many])[0].en.startswith("1000 times")


@pytest.mark.parametrize(
    ("seconds", "en", "ja"),
    [
        (16.1, "16.1 s", "16.1 秒"),
        (60, "1 min", "1 分"),
        (232.5, "3.9 min", "3.9 分"),
        (7200, "2 h", "2 時間"),
        (24 * DAY, "24 d", "24 日"),
        (0, "0 s", "0 秒"),
    ],
)
def test_lengths_read_as_people_say_them(seconds: float, en: str, ja: str) -> None:
    assert length(seconds) == (en, ja)
