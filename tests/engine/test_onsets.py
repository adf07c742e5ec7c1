"""When each thing began, in order."""

from made import DAY, HOUR, NOW, age, diagnosed, event, link, mode, part, state, wall

from plegma.engine.matches import matches_of
from plegma.engine.onsets import turning_point
from plegma.engine.scenes import scene_of
from plegma.knowledge.catalog import build
from plegma.knowledge.failure_mode import FailureMode, StateTest
from plegma.model.parts import ClockHints, Parsed

LATE = mode("pleg-late", "cause", "Node", "PLEG is late", leads_to=(link("flapping"),))
FLAPPING = mode("flapping", "symptom", "Node", "flaps")
SLOW = mode("slow", "mechanism", "Node", "slow call")
MODES = [LATE, FLAPPING, SLOW]
TAKEN = ClockHints(taken=wall(NOW))


def series(text: str, first: float, count: int, grain: float = 1.0, line: int = 1) -> Parsed:
    seen = event(text, "k8s-event", line, at=age(60), first=age(first, grain), count=count, node="wk-7", artifact=text)
    return part(seen, artifact=text, kind="kubectl-describe-node", hints=TAKEN)


def told(*parts: Parsed) -> list[tuple[str, str]]:
    return [(o.at.isoformat(), o.text.en) for o in diagnosed(MODES, *parts).onsets]


def test_what_was_seen_first_stands_first() -> None:
    assert told(series("flaps", HOUR, 20), series("PLEG is late", 2 * HOUR, 20)) == [
        ("2025-03-02T06:00:00+00:00", "pleg-late: first seen"),
        ("2025-03-02T07:00:00+00:00", "flapping: first seen"),
    ]


def test_an_onset_is_as_uncertain_as_the_age_that_tells_it() -> None:
    assert [round(o.grain / DAY) for o in diagnosed(MODES, series("flaps", 24 * DAY, 8932, DAY)).onsets] == [1]


def test_a_row_says_how_things_stand_and_not_since_when() -> None:
    unready = mode("unready", "symptom", "Node", states=(StateTest("Node", {"status": "NotReady"}),))
    row = part(state("Node", refs={"node": "wk-7"}, status="NotReady", at=age(0)), kind="kubectl-get-nodes", hints=TAKEN)
    assert diagnosed([unready], row).onsets == ()


def failed_start(at: str, pod: str = "web-0") -> Parsed:
    seen = event("OCI runtime create failed", "status", at=wall(at), reason="ContainerCannotRun", pod=pod, namespace="shop", artifact=at)
    return part(seen, artifact=at, kind="kubectl-describe-pod")


def test_the_last_start_that_failed_is_told() -> None:
    assert told(failed_start("2025-03-01 07:00:00"), failed_start("2025-03-01 09:00:00")) == [
        ("2025-03-01T09:00:00+00:00", "last start of web-0 that failed")
    ]


def test_without_a_year_nothing_is_told() -> None:
    assert told(part(event("flaps", at=None, node="wk-7"))) == []


def turned(modes: list[FailureMode], *parts: Parsed) -> str | None:
    moment = turning_point(matches_of(scene_of(parts), build(modes)))
    return moment.at.isoformat() if moment else None


def test_the_turning_point_is_where_the_long_trouble_that_the_user_sees_began() -> None:
    parts = (series("flaps", HOUR, 20), series("slow call", 2 * HOUR, 500), series("PLEG is late", 3 * HOUR, 2))
    assert turned(MODES, *parts) == "2025-03-02T07:00:00+00:00"


def test_without_such_a_symptom_it_is_where_the_first_long_series_began() -> None:
    assert turned(MODES, series("slow call", 2 * HOUR, 500), series("PLEG is late", 3 * HOUR, 2)) == "2025-03-02T06:00:00+00:00"


def test_without_any_series_it_is_the_first_thing_that_was_seen() -> None:
    assert turned(MODES, series("PLEG is late", 3 * HOUR, 2)) == "2025-03-02T05:00:00+00:00"


def test_nothing_seen_has_no_turning_point() -> None:
    assert turned(MODES, part(event("all is well", at=wall(NOW)))) is None
