"""Which matches of a mode a scope ties to a place, found without looking at all of them."""

from collections.abc import Iterable
from typing import NamedTuple

from plegma.engine.crowds import Crowd, Crowds
from plegma.engine.matches import Match
from plegma.knowledge.failure_mode import Scope

_JOINED_BLIND = 0.8
"""Weight of a join in which one of the entities is not named."""
_ONE_POD: frozenset[Scope] = frozenset({"pod", "container"})

Tied = tuple[tuple[Crowd, float], ...]
"""Crowds, each with the weight of its join."""


class Place(NamedTuple):
    """Where a mode sits: the pod and the node, "" where it has none or none is known."""

    pod: str
    node: str


def joined(scope: Scope, cause: Place, effect: Place) -> float:
    """1 when the scope ties the two places, less when one of them is not named, 0 when they are different."""
    if scope == "cluster":
        return 1.0
    if scope in _ONE_POD and cause.pod and effect.pod:
        return 1.0 if cause.pod == effect.pod else 0.0
    if cause.node and effect.node:
        return 1.0 if cause.node == effect.node else 0.0
    return _JOINED_BLIND


class Neighbours:
    """The matches of one mode by pod and by node."""

    def __init__(self, matches: Iterable[Match], crowds: Crowds) -> None:
        self._crowds = crowds
        self._all = tuple(matches)
        self._by_pod: dict[str, list[Match]] = {}
        self._by_node: dict[str, list[Match]] = {}
        for match in self._all:
            self._by_pod.setdefault(match.pod, []).append(match)
            self._by_node.setdefault(match.node, []).append(match)
        self._some_without_pod = "" in self._by_pod
        self._near: dict[tuple[str, ...], Tied] = {}

    def beyond_the_pod(self, scope: Scope) -> bool:
        """Could the scope tie a pod to a match that is not the pod's own?"""
        return scope not in _ONE_POD or self._some_without_pod

    def near(self, scope: Scope, place: Place) -> Tied:
        """The matches that `joined` ties to the place, those of one weight together; the same place gives the same crowds."""
        if scope == "cluster":
            key: tuple[str, ...] = ()
        elif scope in _ONE_POD and place.pod:
            own = place.pod in self._by_pod
            if not own and not self._some_without_pod:
                return ()
            key = (place.pod if own else "", place.node if self._some_without_pod else "")
        else:
            key = (place.node,)
        found = self._near.get(key)
        if found is None:
            found = self._near[key] = self._tied(scope, place)
        return found

    def _tied(self, scope: Scope, place: Place) -> Tied:
        if scope in _ONE_POD and place.pod:
            if not self._some_without_pod:  # most of all that is asked
                return ((self._crowds.of(self._by_pod[place.pod]), 1.0),)
        elif scope != "cluster" and place.node:
            named = (self._by_node.get(place.node), 1.0), (self._by_node.get(""), _JOINED_BLIND)
            return tuple([(self._crowds.of(found), weight) for found, weight in named if found])
        by_weight: dict[float, list[Match]] = {}
        for match in self._may_join(scope, place):
            if weight := joined(scope, place, Place(match.pod, match.node)):
                by_weight.setdefault(weight, []).append(match)
        return tuple((self._crowds.of(found), weight) for weight, found in by_weight.items())

    def _may_join(self, scope: Scope, place: Place) -> Iterable[Match]:
        """A superset of what is tied, in a fixed order."""
        if scope in _ONE_POD and place.pod:
            return (*self._by_pod.get(place.pod, ()), *self._by_pod.get("", ()))
        if scope != "cluster" and place.node:
            return (*self._by_node.get(place.node, ()), *self._by_node.get("", ()))
        return self._all
