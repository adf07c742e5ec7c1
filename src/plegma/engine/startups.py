"""What belongs to a program's first moments: said at a start, and never again while the same program goes on.

A kubelet that starts finds no runtime status, no PLEG, no network, old kernel messages; a runtime finds no CNI
configuration; an agent's socket is not there yet. Only what is said later, or again, is a fault.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from msgspec import Struct

from plegma.engine.facts import Fact
from plegma.engine.matches import Match
from plegma.engine.scenes import Scene
from plegma.model.observations import Event

_START = re.compile(r"\"?(?:Started kubelet|Kubelet version|Version: v1\.)|Starting (?:kubelet\.?$|CRI-O|k3s |rke2 )|starting containerd")
"""The first words of each: kubelet server.go and its event Starting, crio, k3s and rke2, containerd."""
_FIRST_MOMENTS, _BEFORE, _GOES_ON, _SOON = 90.0, 5.0, 60.0, 3600.0
"""Seconds: how long a start takes, the stop just before it; from when and until when the program must speak again afterwards."""
_DAEMONS = frozenset({"kubelet", "containerd", "dockerd", "crio", "k3s", "rke2"})


class Startups(Struct, frozen=True):
    """For each node: when its programs started, when each of them speaks (in order), when it last became Ready."""

    starts: Mapping[str, tuple[float, ...]]
    speaks: Mapping[tuple[str, str], Sequence[float]]
    ready: Mapping[str, float]

    def covers(self, match: Match) -> bool:
        """Does all that shows the match belong to a start?"""
        return bool(self.starts) and all(self.hold(s.fact) for s in match.sightings)

    def hold(self, fact: Fact) -> bool:
        """Does the event belong to a start?"""
        if not isinstance(fact.seen, Event) or fact.seen.component == "status" or fact.last is None:
            return False
        begun, ended = (fact.first or fact.last).seconds, fact.last.seconds
        if not any(s - _BEFORE <= begun and ended <= s + _FIRST_MOMENTS for s in self.starts.get(fact.node, ())):
            return False
        if fact.seen.component == "k8s-event":
            return self.ready.get(fact.node, 0.0) >= ended
        return self._goes_on(fact.node, fact.seen.component, ended)

    def _goes_on(self, node: str, writer: str, ended: float) -> bool:
        """The same program; any of the node's daemons when another one (systemd) wrote the line."""
        own = [times for (n, w), times in self.speaks.items() if n == node and (w == writer or writer not in _DAEMONS)]
        return any(_within(times, ended + _GOES_ON, ended + _SOON) for times in own)


def _within(times: Sequence[float], begin: float, end: float) -> bool:
    at = bisect_left(times, begin)
    return at < len(times) and times[at] <= end


def startups_of(scene: Scene) -> Startups:
    """Reads the starts of a scene."""
    starts: dict[str, list[float]] = {}
    for _, fact in (pair for wording in scene.wordings if _START.match(wording.message) for pair in wording.facts):
        if begun := fact.first or fact.last:
            starts.setdefault(fact.node, []).append(begun.seconds)
    if not starts:
        return Startups({}, {}, {})
    speaks: dict[tuple[str, str], list[float]] = {}
    ready: dict[str, float] = {}
    for fact in scene.events:
        seen = fact.seen
        if not isinstance(seen, Event) or fact.last is None:
            continue
        at = fact.last.seconds
        if seen.component in _DAEMONS:
            speaks.setdefault((fact.node, seen.component), []).append(at)
        if seen.reason == "NodeReady":
            ready[fact.node] = max(ready.get(fact.node, at), at)
    return Startups({node: tuple(found) for node, found in starts.items()}, {key: sorted(found) for key, found in speaks.items()}, ready)
