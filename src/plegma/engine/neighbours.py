"""Which matches of a mode a scope ties to a place, found without looking at all of them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from plegma.engine.matches import Match
from plegma.knowledge.failure_mode import Scope

_JOINED_BLIND = 0.8
"""Weight of a join in which one of the entities is not named."""


class Place(NamedTuple):
    """Where a mode sits: the pod and the node, "" where it has none or none is known."""

    pod: str
    node: str


def joined(scope: Scope, cause: Place, effect: Place) -> float:
    """1 when the scope ties the two places, less when one of them is not named, 0 when they are different."""
    if scope == "cluster":
        return 1.0
    if scope in {"pod", "container"} and cause.pod and effect.pod:
        return 1.0 if cause.pod == effect.pod else 0.0
    if cause.node and effect.node:
        return 1.0 if cause.node == effect.node else 0.0
    return _JOINED_BLIND


class Neighbours:
    """The matches of one mode by pod and by node."""

    def __init__(self, matches: Iterable[Match]) -> None:
        self.all: list[Match] = list(matches)
        self._by_pod: dict[str, list[Match]] = {}
        self._by_node: dict[str, list[Match]] = {}
        for match in self.all:
            self._by_pod.setdefault(match.pod, []).append(match)
            self._by_node.setdefault(match.node, []).append(match)

    def near(self, scope: Scope, place: Place) -> Sequence[tuple[Match, float]]:
        """The matches that `joined` ties to the place, in order, with its weight."""
        found = self._may_join(scope, place)
        return [(m, weight) for m in found if (weight := joined(scope, place, Place(m.pod, m.node)))]

    def _may_join(self, scope: Scope, place: Place) -> Sequence[Match]:
        """A superset of what is tied, in a fixed order."""
        if scope in {"pod", "container"} and place.pod:
            return [*self._by_pod.get(place.pod, ()), *self._by_pod.get("", ())]
        if scope != "cluster" and place.node:
            return [*self._by_node.get(place.node, ()), *self._by_node.get("", ())]
        return self.all
