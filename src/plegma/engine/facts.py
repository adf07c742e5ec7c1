"""Facts: observations, each with the pod and the node that it is about and its time on the common clock."""

from collections.abc import Iterable, Sequence, Set
from operator import itemgetter

from msgspec import Struct

from plegma.engine.clocks import Moment
from plegma.model.observations import Event, Observation

Attrs = dict[str, str | int | float | bool]
When = tuple[float, tuple[str, str, int]]
NEVER = float("inf")
"""The time of what has none."""


class Fact(Struct, frozen=True, gc=False):
    """One observation, placed: `pod` and `node` are group names ("" unknown), `first` and `last` on the common clock."""

    seen: Observation
    pod: str
    node: str
    first: Moment | None
    last: Moment | None
    count: int
    order: tuple[str, str, int] = ("", "", 0)

    @property
    def text(self) -> str:
        """The line as found."""
        return self.seen.text


class Wording(Struct, frozen=True):
    """Events that say the same words, each with its place among all events: what is asked of words is asked once."""

    component: str
    reason: str
    message: str
    facts: list[tuple[int, Fact]]


def attributes(fact: Fact) -> Attrs:
    """A state's attributes with its refs (an attribute wins), and how many of its containers are not ready."""
    if isinstance(fact.seen, Event):
        return dict(fact.seen.refs)
    found: Attrs = {**fact.seen.refs, **fact.seen.attrs}
    ready, containers = found.get("ready"), found.get("containers")
    if isinstance(ready, int) and isinstance(containers, int):
        found["unready"] = containers - ready
    return found


def in_order(placed: Iterable[tuple[int, Fact]]) -> list[Fact]:
    """Facts in the order of their places."""
    return [fact for _, fact in sorted(placed, key=itemgetter(0))]


def saying(wordings: Iterable[Wording], reasons: Set[str], texts: Sequence[str]) -> list[Fact]:
    """The events of one of the reasons or with one of the texts, in order."""
    told = [w.facts for w in wordings if w.reason in reasons or any(text in w.message for text in texts)]
    return in_order(pair for facts in told for pair in facts)


def without(wordings: Iterable[Wording], gone: Set[int]) -> tuple[Wording, ...]:
    """The wordings without some facts, which are given by their identities."""
    left = [Wording(w.component, w.reason, w.message, [pair for pair in w.facts if id(pair[1]) not in gone]) for w in wordings]
    return tuple(wording for wording in left if wording.facts)


def when(fact: Fact) -> When:
    """Sorts facts by time, those of no time last, then by what they say."""
    last = fact.last
    return NEVER if last is None else last.seconds, fact.order
