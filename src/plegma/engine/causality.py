"""From matches back to root causes: which cause, on which entity, explains what was seen.

Abduction over the catalog's links. A link holds when its scope joins the two entities (an entity that the evidence
does not name joins with any) and the times agree (an effect does not end before its cause begins).
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plegma.engine.clocks import Moment
from plegma.engine.matches import STRENGTH, Match
from plegma.engine.neighbours import Neighbours, Place
from plegma.engine.numerous import numerous
from plegma.knowledge.catalog import Catalog
from plegma.knowledge.failure_mode import FailureMode, Link

_SLACK = 600.0
"""Seconds by which clocks and cut logs may disagree before a time order counts as wrong."""
_HIDDEN = 1
"""Steps in a row that no line shows."""
_HIDDEN_COST = 0.6


@numerous
class Reach:
    """An effect that a cause explains: by which link, from which mode, how surely, and at what depth."""

    mode: FailureMode
    match: Match | None
    link: Link
    came_from: str
    weight: float
    depth: int
    place: Place


@numerous
class Candidate:
    """A cause that may be the root: its own match (None when only its effects show it) and all that it explains."""

    mode: FailureMode
    match: Match | None
    place: Place
    reaches: tuple[Reach, ...]

    @property
    def explained(self) -> tuple[Match, ...]:
        """The matches it explains, without its own."""
        return tuple(r.match for r in self.reaches if r.match is not None)


class Graph:
    """The matches of one case by mode, with the walk along links."""

    def __init__(self, catalog: Catalog, matches: Iterable[Match]) -> None:
        self.catalog = catalog
        self.by_mode: dict[str, list[Match]] = {}
        for match in matches:
            self.by_mode.setdefault(match.mode.id, []).append(match)
        self.neighbours = {mode: Neighbours(found) for mode, found in self.by_mode.items()}
        self._relevant = _upstream(catalog, self.by_mode)

    def candidates(self) -> Iterator[Candidate]:
        """Every cause with a match of its own, and every abductive cause above what was seen."""
        for mode in self.catalog:
            if mode.role != "cause" or mode.benign:
                continue
            direct = self.by_mode.get(mode.id, [])
            for match in direct:
                yield self._candidate(mode, match, Place(match.pod, match.node))
            if mode.abductive and mode.id in self._relevant:
                for place in self._places(mode, direct):
                    candidate = self._candidate(mode, None, place)
                    if candidate.reaches:
                        yield candidate

    def _places(self, mode: FailureMode, direct: Sequence[Match]) -> list[Place]:
        """Where a cause that no line shows may sit: at each place of what it leads to."""
        taken = {(m.pod, m.node) for m in direct}
        found: set[tuple[str, str]] = set()
        for effect in self._downstream_seen(mode):
            pod = effect.pod if mode.subject in {"Pod", "Container"} else ""
            if mode.subject in {"Cluster", "Workload"}:
                found.add(("", ""))
            elif not direct or (pod, effect.node) not in taken:
                found.add((pod, effect.node))
        if mode.subject == "Node" and direct:
            found = {p for p in found if p[1] and p[1] not in {n for _, n in taken} and "" not in {n for _, n in taken}}
        return [Place(*p) for p in sorted(found)]

    def _downstream_seen(self, mode: FailureMode) -> Iterator[Match]:
        for link in mode.leads_to:
            yield from self.by_mode.get(link.effect, [])
            if link.effect in self.catalog and link.effect not in self.by_mode:
                for further in self.catalog[link.effect].leads_to:
                    yield from self.by_mode.get(further.effect, [])

    def _candidate(self, mode: FailureMode, match: Match | None, place: Place) -> Candidate:
        return Candidate(mode, match, place, tuple(self._walk(mode, match, place)))

    def _walk(self, mode: FailureMode, match: Match | None, place: Place) -> list[Reach]:
        """Breadth first along the links, keeping for each effect on each entity the surest way to it."""
        best: dict[tuple[str, str], Reach] = {}
        todo = deque([(mode, match, place, 1.0, 0, 0)])
        while todo:
            current, seen, here, weight, depth, hidden = todo.popleft()
            for link in current.leads_to:
                if link.effect not in self._relevant or link.effect == mode.id:
                    continue
                for reach in self._along(link, current, seen, here, weight, depth, hidden):
                    key = (reach.mode.id, reach.match.key if reach.match else "")
                    if key not in best or best[key].weight < reach.weight:
                        best[key] = reach
                        todo.append((reach.mode, reach.match, reach.place, reach.weight, depth + 1, 0 if reach.match else hidden + 1))
        return [
            r
            for r in sorted(best.values(), key=lambda r: (r.depth, r.mode.id, r.match.key if r.match else ""))
            if r.match or _leads_on(r, best)
        ]

    def _along(
        self, link: Link, source: FailureMode, seen: Match | None, here: Place, weight: float, depth: int, hidden: int
    ) -> Iterator[Reach]:
        effect = self.catalog[link.effect]
        found = False
        near = self.neighbours[link.effect].near(link.scope, here) if link.effect in self.neighbours else ()
        for match, join in near:
            if timely(seen, match, link):
                found = True
                yield Reach(effect, match, link, source.id, weight * link.strength * join, depth + 1, Place(match.pod, match.node))
        if not found and hidden < _HIDDEN and effect.role != "symptom":
            yield Reach(effect, None, link, source.id, weight * link.strength * _HIDDEN_COST, depth + 1, here)


def _leads_on(reach: Reach, best: Mapping[tuple[str, str], Reach]) -> bool:
    """A hidden step is worth telling only when something that was seen came through it."""
    return any(other.came_from == reach.mode.id and other.match for other in best.values())


def _upstream(catalog: Catalog, seen: Mapping[str, Sequence[Match]]) -> frozenset[str]:
    """All modes that were seen or that lead to one that was."""
    found = set(seen)
    todo = list(seen)
    while todo:
        for cause, _ in catalog.causes_of.get(todo.pop(), ()):
            if cause.id not in found:
                found.add(cause.id)
                todo.append(cause.id)
    return frozenset(found)


def timely(cause: Match | None, effect: Match, link: Link) -> bool:
    """Not so: the effect was over before the cause began, or began too long after the cause's end.

    A log shows a cause no earlier than the log begins, so a cause that is seen later than its effect's onset is no
    contradiction as long as the effect still goes on.
    """
    if cause is None:
        return True
    if cause.first and effect.last and _earliest(cause.first) > effect.last.at.timestamp() + _SLACK:
        return False
    if link.within is not None and cause.last and effect.first:
        return _earliest(effect.first) <= cause.last.at.timestamp() + link.within + _SLACK
    return True


def _earliest(moment: Moment) -> float:
    return moment.at.timestamp() - moment.grain


def strength_of(candidate: Candidate) -> int:
    """How strongly the candidate's own lines show it: 0 (none) to 3 (a line states it)."""
    return STRENGTH[candidate.match.proof] if candidate.match else 0
