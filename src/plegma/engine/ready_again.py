"""A node that was made Ready after the last line of its fault: the fault may be over."""

from collections.abc import Mapping

from plegma.engine.clocks import Moment
from plegma.engine.contenders import Ranked, facts_of
from plegma.engine.facts import Fact
from plegma.model.observations import Event

_FLAPS = "node-readiness-flapping"


def came_back(ranked: Ranked, ready_since: Mapping[str, Moment]) -> bool:
    """Are all lines that show the hypothesis, or what it explains, of nodes that were made Ready after them?

    A node that flaps is Ready every few minutes: there it says nothing.
    """
    if any(crowd.mode.id == _FLAPS for crowd in ranked.candidate.crowds):
        return False
    facts = list(facts_of(ranked))
    return bool(facts) and all(_is_before(fact, ready_since.get(fact.node)) for fact in facts)


def _is_before(fact: Fact, back: Moment | None) -> bool:
    return back is not None and isinstance(fact.seen, Event) and fact.last is not None and fact.last.seconds < back.seconds
