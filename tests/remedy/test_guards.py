"""Storm guards: a table of cases, and what must hold for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.remedy.facts import Fleet
from plegma.remedy.guards import Deed, Limits, most_nodes, refusals

NOW = 1_000_000.0
LIMITS = Limits(nodes=3, share=0.1, cooldown=600, healthy=0.6)
WHAT = "node/n1/unit/kubelet"


@pytest.mark.parametrize(
    ("deeds", "fleet", "says"),
    [
        ([], Fleet(100, 2), None),
        ([Deed(NOW - 599, WHAT, "n1")], Fleet(100, 2), "acted on 599 s ago"),
        ([Deed(NOW - 601, WHAT, "n1")], Fleet(100, 2), None),
        ([Deed(NOW + 50, WHAT, "n1")], Fleet(100, 2), "acted on 0 s ago"),  # the clock was set back: rather wait than storm
        ([Deed(NOW - 9, f"node/n{n}", f"n{n}") for n in (2, 3, 4)], Fleet(100, 2), "3 other nodes were acted on"),
        ([Deed(NOW - 9, f"node/n{n}", f"n{n}") for n in (2, 3)], Fleet(100, 2), None),
        ([Deed(NOW - 9, "node/n2", "n2")], Fleet(10, 1), "1 other nodes were acted on"),  # a tenth of ten is one
        ([Deed(NOW - 9, "pod/shop/web-0", "n1")], Fleet(10, 1), None),  # the same node again is no further node
        ([], Fleet(10, 5), "5 of 10 nodes are not Ready"),
        ([], Fleet(10, 4), None),
        ([], Fleet(1, 1), "1 of 1 nodes are not Ready"),
        ([], None, None),
        ([], Fleet(0, 0), None),
    ],
)
def test_a_storm_is_stopped(deeds: list[Deed], fleet: Fleet | None, says: str | None) -> None:
    why = refusals(WHAT, "n1", deeds, fleet, LIMITS, NOW)
    assert (says is None and not why) or (says is not None and any(says in text.en for text in why))


def test_hands_off_while_paused() -> None:
    (why,) = refusals(WHAT, "n1", [], None, LIMITS, NOW, "/etc/plegma/paused")
    assert "/etc/plegma/paused" in why.en


deed = st.builds(Deed, st.floats(NOW - 2000, NOW), st.sampled_from("abc"), st.sampled_from(["", *"mnopqr"]))
deeds = st.lists(deed, max_size=12)
fleets = st.one_of(st.none(), st.integers(1, 500).flatmap(lambda n: st.builds(Fleet, st.just(n), st.integers(0, n))))
limits = st.builds(Limits, st.integers(1, 9), st.floats(0, 1), st.floats(0, 2000), st.floats(0, 1))


@given(deeds, fleets, limits, st.sampled_from("abc"), st.sampled_from("mnopqr"))
def test_whatever_was_done_no_more_nodes_than_allowed_are_touched_within_the_cooldown(
    done: list[Deed], fleet: Fleet | None, bound: Limits, what: str, node: str
) -> None:
    if refusals(what, node, done, fleet, bound, NOW):
        return
    touched = {d.node for d in done if d.node and NOW - d.at < bound.cooldown} | {node}
    before = touched - {node}
    assert len(before) < max(most_nodes(fleet, bound), 1)
    assert not [d for d in done if d.what == what and NOW - d.at < bound.cooldown]
    assert fleet is None or fleet.nodes - fleet.unready >= bound.healthy * fleet.nodes


@given(deeds, fleets, limits)
def test_a_deed_is_never_repeated_at_once(done: list[Deed], fleet: Fleet | None, bound: Limits) -> None:
    if bound.cooldown > 1:
        assert refusals("a", "m", [*done, Deed(NOW, "a", "m")], fleet, bound, NOW)
