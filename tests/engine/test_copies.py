"""What was handed in twice is one, and two things are two."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.engine.clocks import Moment
from plegma.engine.copies import Heard, _folded, _may_be_one, _together
from plegma.engine.facts import Fact
from plegma.model.observations import Event, Origin

AT = Moment(datetime(2025, 3, 4, 10, 11, 12, tzinfo=UTC).timestamp(), 1.0)


def fact(pod: str, node: str, line: int = 1, count: int = 1) -> Fact:
    return Fact(Event("pod-log", "refused", Origin("x", line), "refused"), pod, node, AT, AT, count, ("", "x", line))


def one_by_one(facts: list[Fact]) -> list[Fact]:
    same: list[Fact] = []
    for one in facts:
        at = next((n for n, old in enumerate(same) if _may_be_one(old, one)), None)
        if at is None:
            same.append(one)
        else:
            same[at] = _together(same[at], one)
    return same


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b"]), st.sampled_from(["", "n", "m"]), st.integers(1, 3)), max_size=12))
def test_only_what_may_be_one_is_compared_and_nothing_is_missed(named: list[tuple[str, str, int]]) -> None:
    facts = [fact(pod, node, line, count) for line, (pod, node, count) in enumerate(named)]
    assert _folded(facts) == one_by_one(facts)


def test_one_line_of_many_pods_at_one_moment_is_compared_with_none_of_another_pod(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Fact] = []
    monkeypatch.setattr("plegma.engine.copies._may_be_one", lambda a, b: compared.append(a) or _may_be_one(a, b))
    heard = Heard()
    for n in [*range(500), *range(500)]:
        one = fact(f"pod-{n}", f"node-{n}", n)
        assert isinstance(one.seen, Event)
        heard.add(one, one.seen)
    events, _ = heard.once()
    assert len(events) == len(compared) == 500
