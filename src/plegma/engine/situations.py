"""Pods in the same situation: what holds of a walk from one of them holds of all.

A pod's situation is which modes its own matches are of. A walk that meets nothing but these can be told of any pod in that
situation at which the same is tied to it and the times agree in the same way.
"""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from plegma.engine.crowds import Crowd, Crowds
from plegma.engine.matches import Match
from plegma.engine.neighbours import Place, Tied
from plegma.engine.reaches import Reach
from plegma.knowledge.failure_mode import Link

Near = Callable[[Link, Place], Tied]


class Situation(Struct, frozen=True):
    """The matches of one pod by mode: one of each mode, all on the pod's node."""

    own: Mapping[str, Crowd]
    modes: tuple[str, ...]


def situations_of(matches: Iterable[Match], crowds: Crowds) -> dict[Place, Situation]:
    """The pods whose matches are plain enough."""
    by_pod: dict[str, dict[str, Match]] = {}
    odd = {""}
    nodes: dict[str, str] = {}
    for match in matches:
        own = by_pod.setdefault(match.pod, {})
        if match.mode.id in own or nodes.setdefault(match.pod, match.node) != match.node:
            odd.add(match.pod)
        own[match.mode.id] = match
    return {
        Place(pod, nodes[pod]): Situation({mode: crowds.of((match,)) for mode, match in own.items()}, tuple(own))
        for pod, own in by_pod.items()
        if pod not in odd
    }


class Shape(Struct, frozen=True):
    """A walk from one pod, as it can be told of another: what it reached, what else it looked for, what it held against time.

    `looked` are links along which something other than the pod's own matches might have been found; `timed` are the own
    matches (by mode) from which a link leads to another one, and whether it could have brought that one.
    """

    reaches: tuple[Reach, ...]
    looked: tuple[Link, ...]
    timed: tuple[tuple[str, Link, bool], ...]

    def told_of(self, situation: Situation, place: Place, near: Near) -> tuple[Reach, ...] | None:
        """What the walk reaches from a pod in the same situation; None where it would go another way."""
        own = situation.own
        for link in self.looked:
            if not only_own(near(link, place), own.get(link.effect)):
                return None
        for source, link, in_time in self.timed:
            if own[source].may_bring(own[link.effect], link) is not in_time:
                return None
        return tuple([Reach(r.mode, r.crowd and own[r.mode.id], r.link, r.came_from, r.weight, r.depth, place) for r in self.reaches])


def only_own(tied: Tied, own: Crowd | None) -> bool:
    """Is nothing tied to a pod but its own match?"""
    return not tied if own is None else len(tied) == 1 and tied[0][0] is own
