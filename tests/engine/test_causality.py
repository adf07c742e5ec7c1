"""Links hold where scopes join and times agree; at most one step in a row is hidden."""

import pytest
from made import NOW, catalog, event, link, mode, part, scene, wall

from plegma.engine.causality import Candidate, Graph
from plegma.engine.crowds import timely
from plegma.engine.matches import Match, matches_of
from plegma.engine.neighbours import Place, joined
from plegma.knowledge.failure_mode import FailureMode, Scope
from plegma.model.parts import Parsed


def graph(modes: list[FailureMode], *parts: Parsed) -> Graph:
    known = catalog(modes)
    return Graph(known, matches_of(scene(*parts), known))


def candidates(modes: list[FailureMode], *parts: Parsed) -> dict[str, Candidate]:
    return {c.mode.id: c for c in graph(modes, *parts).candidates()}


def explained(candidate: Candidate) -> list[str]:
    return [m.mode.id for m in candidate.explained]


@pytest.mark.parametrize(
    ("scope", "cause", "effect", "weight"),
    [
        ("pod", ("a", "n1"), ("a", "n1"), 1.0), ("pod", ("a", "n1"), ("b", "n1"), 0.0), ("container", ("a", ""), ("b", ""), 0.0),
        ("pod", ("", "n1"), ("b", "n1"), 1.0), ("pod", ("", "n1"), ("b", "n2"), 0.0), ("pod", ("", ""), ("b", "n2"), 0.8),
        ("node", ("a", "n1"), ("b", "n1"), 1.0), ("node", ("", "n1"), ("b", "n2"), 0.0), ("node", ("", "n1"), ("b", ""), 0.8),
        ("cluster", ("", "n1"), ("b", "n2"), 1.0),
    ],
)  # fmt: skip
def test_a_scope_joins_the_same_entity_fully_an_unnamed_one_less_and_another_never(
    scope: Scope, cause: tuple[str, str], effect: tuple[str, str], weight: float
) -> None:
    assert joined(scope, Place(*cause), Place(*effect)) == weight


def match(first: str, last: str, id_: str = "m") -> Match:
    line = event("boom", first=wall(first), at=wall(last), count=2, node="n1")
    (seen,) = matches_of(scene(part(line)), catalog([mode(id_, "cause", "Node", "boom")]))
    return seen


DAY_ONE, DAY_TWO, DAY_THREE = "2025-03-01 08:00:00", "2025-03-02 08:00:00", "2025-03-03 08:00:00"


def test_an_effect_that_was_over_before_its_cause_began_is_none() -> None:
    assert not timely(match(DAY_TWO, DAY_THREE), match(DAY_ONE, DAY_ONE), link("x"))


def test_an_effect_that_goes_on_may_be_seen_before_its_cause() -> None:
    """A log shows a cause no earlier than the log begins."""
    assert timely(match(DAY_TWO, DAY_THREE), match(DAY_ONE, DAY_THREE), link("x"))


def test_clocks_may_differ_by_ten_minutes() -> None:
    assert timely(match("2025-03-01 08:09:00", DAY_TWO), match(DAY_ONE, DAY_ONE), link("x"))
    assert not timely(match("2025-03-01 08:11:00", DAY_TWO), match(DAY_ONE, DAY_ONE), link("x"))


def test_an_effect_that_came_too_long_after_is_none() -> None:
    assert timely(match(DAY_ONE, DAY_ONE), match("2025-03-01 09:00:00", DAY_TWO), link("x", within=3600))
    assert not timely(match(DAY_ONE, DAY_ONE), match(DAY_THREE, DAY_THREE), link("x", within=3600))


def test_a_cause_that_no_line_shows_contradicts_no_time() -> None:
    assert timely(None, match(DAY_ONE, DAY_ONE), link("x", within=1))


FULL = mode("disk-full", "cause", "Node", "no space left", leads_to=(link("evicted"), link("pull-failed")))
EVICTED = mode("evicted", "symptom", "Pod", "was evicted")
PULL = mode("pull-failed", "mechanism", "Pod", "pull failed", leads_to=(link("backing-off", "pod"),))
BACK_OFF = mode("backing-off", "symptom", "Pod", "backing off")


def test_a_cause_explains_what_its_links_lead_to_on_its_node() -> None:
    lines = part(
        event("no space left", node="n1"),
        event("was evicted", line=2, pod="a", node="n1"),
        event("was evicted", line=3, pod="b", node="n2"),
    )
    found = candidates([FULL, EVICTED, PULL, BACK_OFF], lines)["disk-full"]
    assert [(m.mode.id, m.node) for m in found.explained] == [("evicted", "n1")]


def test_effects_of_effects_are_explained_too_and_less_surely() -> None:
    lines = part(
        event("no space left", node="n1"),
        event("pull failed", line=2, pod="a", node="n1"),
        event("backing off", line=3, pod="a", node="n1"),
    )
    reaches = candidates([FULL, EVICTED, PULL, BACK_OFF], lines)["disk-full"].reaches
    assert [(r.mode.id, r.depth) for r in reaches] == [("pull-failed", 1), ("backing-off", 2)]
    assert reaches[0].weight > reaches[1].weight


def test_one_step_may_be_hidden_and_is_told() -> None:
    lines = part(event("no space left", node="n1"), event("backing off", line=2, pod="a", node="n1"))
    reaches = candidates([FULL, EVICTED, PULL, BACK_OFF], lines)["disk-full"].reaches
    assert [(r.mode.id, r.crowd is not None) for r in reaches] == [("pull-failed", False), ("backing-off", True)]


def test_two_steps_in_a_row_are_never_hidden() -> None:
    far = mode("far", "cause", "Node", "far away", leads_to=(link("between"),))
    between = mode("between", "mechanism", "Node", "in between", leads_to=(link("pull-failed"),))
    lines = part(event("far away", node="n1"), event("backing off", line=2, pod="a", node="n1"))
    assert candidates([far, between, PULL, BACK_OFF], lines)["far"].reaches == ()


def test_a_hidden_step_that_leads_nowhere_is_not_told() -> None:
    assert candidates([FULL, EVICTED, PULL, BACK_OFF], part(event("no space left", node="n1")))["disk-full"].reaches == ()


def test_a_symptom_is_never_hidden() -> None:
    odd = mode("odd", "symptom", "Node", "odd sight", leads_to=(link("backing-off"),))
    cause = mode("cause", "cause", "Node", "the cause", leads_to=(link("odd"),))
    assert (
        candidates([cause, odd, BACK_OFF], part(event("the cause", node="n1"), event("backing off", line=2, node="n1")))["cause"].reaches
        == ()
    )


def test_a_cause_that_no_line_shows_is_put_forward_only_when_it_may() -> None:
    lines = part(event("pull failed", pod="a", node="n1"))
    shy = mode("shy", "cause", "Node", "its own line", leads_to=(link("pull-failed"),))
    hidden = mode("hidden", "cause", "Node", "its own line", leads_to=(link("pull-failed"),), abductive=True)
    assert set(candidates([shy, PULL, BACK_OFF], lines)) == set()
    assert candidates([hidden, PULL, BACK_OFF], lines)["hidden"].match is None


def test_such_a_cause_sits_where_its_effects_are() -> None:
    hidden = mode("hidden", "cause", "Node", "its own line", leads_to=(link("pull-failed"),), abductive=True)
    lines = part(event("pull failed", pod="a", node="n1"), event("pull failed", line=2, pod="b", node="n2"))
    assert sorted(c.place.node for c in graph([hidden, PULL, BACK_OFF], lines).candidates()) == ["n1", "n2"]


def test_links_in_a_circle_end() -> None:
    one = mode("one", "cause", "Node", "first", leads_to=(link("two"),))
    two = mode("two", "mechanism", "Node", "second", leads_to=(link("three"),))
    three = mode("three", "mechanism", "Node", "third", leads_to=(link("two"), link("one")))
    lines = part(*(event(text, line=n, node="n1", at=wall(NOW)) for n, text in enumerate(("first", "second", "third"), 1)))
    assert explained(candidates([one, two, three], lines)["one"]) == ["two", "three"]
