"""The walk along links from a cause: what it reaches, on which matches, how surely.

Matches that a walk reaches alike are one step (`Crowd`), and what follows from a crowd by a link is worked out once, whichever
cause comes by: the pods of a node that is in trouble have nearly all of their ways in common.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from plegma.engine.crowds import Crowd, Crowds, timely
from plegma.engine.matches import Match
from plegma.engine.neighbours import Neighbours, Place, Tied
from plegma.engine.reaches import Reach
from plegma.engine.situations import Shape, Situation, only_own, situations_of
from plegma.knowledge.catalog import Catalog
from plegma.knowledge.failure_mode import FailureMode, Link

_HIDDEN = 1
"""Steps in a row that no line shows."""
_HIDDEN_COST = 0.6


_Next = tuple[Tied, Place | None]
"""What follows from a step by one link: crowds, and the first place where no line shows the effect."""


class _Step(Struct, frozen=True, gc=False):
    """Where a walk stands: in which mode, on which matches or at which place, how surely, how deep, with how many hidden steps."""

    mode: FailureMode
    crowd: Crowd | None
    place: Place
    weight: float
    depth: int
    hidden: int


class Walks:
    """All walks of one case."""

    def __init__(self, catalog: Catalog, by_mode: Mapping[str, Sequence[Match]], relevant: frozenset[str]) -> None:
        self.crowds = Crowds()
        self.neighbours = {mode: Neighbours(found, self.crowds) for mode, found in by_mode.items()}
        self._links = {mode.id: tuple((x, catalog[x.effect]) for x in mode.leads_to if x.effect in relevant) for mode in catalog}
        self._after: dict[tuple[int, int], _Next] = {}
        self._situations = situations_of((m for found in by_mode.values() for m in found), self.crowds)
        self._shapes: dict[tuple[str, bool, tuple[str, ...]], Shape | None] = {}

    def reaches(self, mode: FailureMode, match: Match | None, place: Place) -> tuple[Reach, ...]:
        """All that a cause explains, in order of depth."""
        situation = self._situations.get(place)
        if situation is None:
            return self._walk(mode, match, place).result()
        key = mode.id, match is not None, situation.modes
        shape = self._shapes.get(key)
        told = shape.told_of(situation, place, self._near) if shape else None
        if told is not None:
            return told
        walk = self._walk(mode, match, place)
        found = walk.result()
        if key not in self._shapes:
            self._shapes[key] = self._shape(mode, walk, found, situation)
        return found

    def _walk(self, mode: FailureMode, match: Match | None, place: Place) -> "_Walk":
        """Breadth first; the surest way to each effect counts."""
        walk = _Walk()
        todo = deque([_Step(mode, self.crowds.of((match,)) if match else None, place, 1.0, 0, 0)])
        while todo:
            step = todo.popleft()
            walk.steps.append(step)
            for link, effect in self._links[step.mode.id]:
                if effect is not mode:
                    self._along(walk, step, link, effect, todo)
        return walk

    def _shape(self, mode: FailureMode, walk: "_Walk", reaches: tuple[Reach, ...], situation: Situation) -> Shape | None:
        """The walk as it can be told of other pods; None where it met more than the pod's own matches."""
        looked: dict[int, Link] = {}
        timed: dict[tuple[str, int], tuple[str, Link, bool]] = {}
        for step in walk.steps:
            for link, effect in self._links[step.mode.id]:
                if effect is mode or link.effect not in self.neighbours:
                    looked |= {} if effect is mode else {id(x): x for x, _ in self._links[effect.id] if self._may_find_others(x)}
                    continue
                own = situation.own.get(link.effect)
                if not only_own(self._near(link, step.place), own):
                    return None
                if self._may_find_others(link):
                    looked[id(link)] = link
                if step.crowd is not None and own is not None:
                    timed[step.mode.id, id(link)] = step.mode.id, link, step.crowd.may_bring(own, link)
        return Shape(reaches, tuple(looked.values()), tuple(timed.values()))

    def _may_find_others(self, link: Link) -> bool:
        """Could the link tie a pod to anything but its own matches?"""
        neighbours = self.neighbours.get(link.effect)
        return neighbours is not None and neighbours.beyond_the_pod(link.scope)

    def _along(self, walk: "_Walk", step: _Step, link: Link, effect: FailureMode, todo: deque[_Step]) -> None:
        """Notes what is reached by one link, and what is to be walked from there."""
        found, missing = self._next(step, link)
        weight, depth = step.weight * link.strength, step.depth + 1
        for crowd, join in found:
            if walk.add(Reach(effect, crowd, link, step.mode.id, weight * join, depth, step.place)) and self._links[effect.id]:
                todo.append(_Step(effect, crowd, step.place, weight * join, depth, 0))
        if missing is not None and step.hidden < _HIDDEN and effect.role != "symptom":
            weight *= _HIDDEN_COST
            if walk.may_hide(effect.id, weight):
                walk.hide(Reach(effect, None, link, step.mode.id, weight, depth, missing))
                if self._leads_on(effect, missing):
                    todo.append(_Step(effect, None, missing, weight, depth, step.hidden + 1))

    def _leads_on(self, hidden: FailureMode, place: Place) -> bool:
        """Could a step that no line shows here be told at all? Only when something that was seen follows from it."""
        return hidden.id in self.neighbours or any(self._near(link, place) for link, _ in self._links[hidden.id])

    def _near(self, link: Link, place: Place) -> Tied:
        neighbours = self.neighbours.get(link.effect)
        return neighbours.near(link.scope, place) if neighbours else ()

    def _next(self, step: _Step, link: Link) -> _Next:
        if step.crowd is None:
            found = self._near(link, step.place)
            return found, None if found else step.place
        key = id(step.crowd), id(link)
        after = self._after.get(key)
        if after is None:
            after = self._after[key] = self._follow(step.crowd, link)
        return after

    def _follow(self, crowd: Crowd, link: Link) -> _Next:
        """From each of the matches to its neighbours; those with the same neighbours go together."""
        if len(crowd.matches) == 1:
            return self._follow_one(crowd.matches[0], link)
        ways: dict[Tied, list[Match]] = {}
        for match in crowd.matches:
            ways.setdefault(self._near(link, Place(match.pod, match.node)), []).append(match)
        found: dict[float, list[Crowd]] = {}
        missing: list[Match] = []
        for near, causes in ways.items():
            effects = [(left, join) for effects, join in near if (left := self.crowds.timely(causes, effects, link))]
            for left, join in effects:
                found.setdefault(join, []).append(left)
            missing += [cause for cause in causes if not any(_brings_any(cause, left, link) for left, _ in effects)]
        lost = min(missing, key=lambda m: m.key, default=None)
        together = tuple((self.crowds.together(crowds), join) for join, crowds in found.items())
        return together, Place(lost.pod, lost.node) if lost else None

    def _follow_one(self, cause: Match, link: Link) -> _Next:
        place = Place(cause.pod, cause.node)
        near = self._near(link, place)
        effects = tuple([(left, join) for effects, join in near if (left := self.crowds.timely((cause,), effects, link)) is not None])
        return effects, None if effects else place


def _brings_any(cause: Match, effects: Crowd, link: Link) -> bool:
    return any(timely(cause, effect, link) for effect in effects.matches)


class _Walk:
    """What one walk has reached so far."""

    def __init__(self) -> None:
        self.steps: list[_Step] = []
        self._seen: dict[str, list[Reach]] = {}
        self._hidden: dict[str, Reach] = {}

    def add(self, reach: Reach) -> bool:
        """Notes a step on matches; False where all of them were reached as surely before."""
        known = self._seen.setdefault(reach.mode.id, [])
        for old in known:
            if old.weight >= reach.weight and _within(reach, old):
                return False
        known.append(reach)
        return True

    def may_hide(self, mode: str, weight: float) -> bool:
        """Was a step that no line shows come to less surely before, or not at all?"""
        known = self._hidden.get(mode)
        return known is None or known.weight < weight

    def hide(self, reach: Reach) -> None:
        """Notes a step that no line shows."""
        self._hidden[reach.mode.id] = reach

    def result(self) -> tuple[Reach, ...]:
        """The surest ways, in order of depth; hidden steps only where something that was seen came through them."""
        seen = [reach for reaches in self._seen.values() for reach in _surest(reaches)]
        led = {reach.came_from for reach in seen}
        return tuple(sorted((*seen, *(r for mode, r in self._hidden.items() if mode in led)), key=_order))


def _order(reach: Reach) -> tuple[int, str, str]:
    return reach.depth, reach.mode.id, reach.crowd.matches[0].key if reach.crowd else ""


def _within(reach: Reach, other: Reach) -> bool:
    return reach.crowd is not None and other.crowd is not None and reach.crowd.within(other.crowd)


def _surest(reaches: list[Reach]) -> Iterator[Reach]:
    """Those by which any match is reached more surely, or sooner, than by all others."""
    if len(reaches) == 1:
        yield reaches[0]
        return
    taken: set[int] = set()
    for reach in sorted(reaches, key=lambda r: -r.weight):
        if reach.crowd is not None and not reach.crowd.ids <= taken:
            taken |= reach.crowd.ids
            yield reach
