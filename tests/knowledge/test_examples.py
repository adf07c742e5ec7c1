"""Every failure mode's own examples are its unit test."""

from collections.abc import Iterator

import pytest

from plegma.engine.signatures import passes, search
from plegma.knowledge.catalog import Catalog, builtin
from plegma.knowledge.failure_mode import Example, FailureMode

MODES = list(builtin())


def matching(mode: FailureMode, example: Example) -> bool:
    return any(
        example.count >= signature.at_least and search(signature, example.component, example.reason, example.line)
        for signature in mode.signatures
    )


@pytest.mark.parametrize("mode", MODES, ids=lambda m: m.id)
def test_hits_match_and_near_misses_do_not(mode: FailureMode) -> None:
    wrong = [e for e in mode.examples if matching(mode, e) is not e.matches]
    assert not wrong
    wrong_rows = [e for e in mode.state_examples if any(passes(t, e.kind, e.attrs) for t in mode.states) is not e.matches]
    assert not wrong_rows


@pytest.mark.parametrize("mode", MODES, ids=lambda m: m.id)
def test_every_mode_is_shown_by_a_hit_and_told_from_a_near_miss(mode: FailureMode) -> None:
    kinds = {e.matches for e in (*mode.examples, *mode.state_examples)}
    if mode.signatures or mode.states:
        assert kinds == {True, False}
    else:
        assert mode.abductive, "no signature, no state and not abductive: it could never be found"


@pytest.mark.parametrize("mode", MODES, ids=lambda m: m.id)
def test_every_signature_has_a_hit(mode: FailureMode) -> None:
    for signature in mode.signatures:
        assert any(
            e.matches and e.count >= signature.at_least and search(signature, e.component, e.reason, e.line) for e in mode.examples
        ), signature.pattern


def related(catalog: Catalog, a: str, b: str) -> bool:
    """Linked in either direction, over any number of steps, or named to one another as look-alikes (asks, refutes)."""
    return b in downstream(catalog, a) or a in downstream(catalog, b) or b in look_alikes(catalog[a]) or a in look_alikes(catalog[b])


def look_alikes(mode: FailureMode) -> set[str]:
    return {other for ask in mode.asks for other in ask.separates} | {r.mode for r in mode.refutes if r.mode}


def downstream(catalog: Catalog, mode: str) -> set[str]:
    found: set[str] = set()
    todo = [mode]
    while todo:
        for link in catalog[todo.pop()].leads_to:
            if link.effect not in found:
                found.add(link.effect)
                todo.append(link.effect)
    return found


def strays() -> Iterator[str]:
    catalog = builtin()
    for mode in catalog:
        for other in catalog:
            if other.id == mode.id or other.benign or related(catalog, mode.id, other.id):
                continue
            for example in mode.examples:
                if example.matches and matching(other, example):
                    yield f"{mode.id}'s hit matches {other.id}, and the two are not linked: {example.line[:120]}"


def test_no_hit_of_one_mode_matches_an_unrelated_one() -> None:
    assert not list(strays())
