"""From matches back to root causes: which cause, on which entity, explains what was seen.

Abduction over the catalog's links. A link holds when its scope joins the two entities (an entity that the evidence
does not name joins with any) and the times agree (an effect does not end before its cause begins).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from plegma.engine.crowds import Crowd
from plegma.engine.matches import STRENGTH, Match
from plegma.engine.neighbours import Place
from plegma.engine.reaches import Reach
from plegma.engine.walks import Walks
from plegma.knowledge.catalog import Catalog
from plegma.knowledge.failure_mode import FailureMode


class Candidate(Struct, frozen=True, gc=False):
    """A cause that may be the root: its own match (None when only its effects show it) and all that it explains."""

    mode: FailureMode
    match: Match | None
    place: Place
    reaches: tuple[Reach, ...]
    crowds: tuple[Crowd, ...]
    """The matches that it explains, without its own."""

    @property
    def explained(self) -> tuple[Match, ...]:
        """The matches that it explains, each once, the nearest first."""
        nearest: dict[int, tuple[int, str, str, Match]] = {}
        for reach in sorted(self.reaches, key=lambda r: -r.weight):
            for match in reach.crowd.matches if reach.crowd else ():
                nearest.setdefault(id(match), (reach.depth, reach.mode.id, match.key, match))
        return tuple(match for *_, match in sorted(nearest.values(), key=lambda found: found[:3]))


def candidate_of(mode: FailureMode, match: Match | None, place: Place, reaches: tuple[Reach, ...]) -> Candidate:
    """A candidate that reaches so far."""
    return Candidate(mode, match, place, reaches, tuple([reach.crowd for reach in reaches if reach.crowd is not None]))


class Graph:
    """The matches of one case by mode, with the walk along links."""

    def __init__(self, catalog: Catalog, matches: Iterable[Match]) -> None:
        self.catalog = catalog
        self.by_mode: dict[str, list[Match]] = {}
        for match in matches:
            self.by_mode.setdefault(match.mode.id, []).append(match)
        self._sites: dict[str, frozenset[tuple[str, str]]] = {}
        self._relevant = _upstream(catalog, self.by_mode)
        self._walks = Walks(catalog, self.by_mode, self._relevant)
        self.crowds, self.neighbours = self._walks.crowds, self._walks.neighbours

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
        seen = frozenset[tuple[str, str]]().union(*map(self._sites_of, self._downstream_seen(mode)))
        if mode.subject in {"Pod", "Container"}:
            found = seen - taken
        elif mode.subject in {"Cluster", "Workload"}:
            found = frozenset(("", "") for _ in seen)
        else:
            found = frozenset(("", node) for node in {node for _, node in seen}) - taken
        if mode.subject == "Node" and direct:
            found = frozenset(p for p in found if p[1] and p[1] not in {n for _, n in taken} and "" not in {n for _, n in taken})
        return [Place(*p) for p in sorted(found)]

    def _sites_of(self, mode: str) -> frozenset[tuple[str, str]]:
        """The pods and nodes of a mode's matches."""
        if mode not in self._sites:
            self._sites[mode] = frozenset([(m.pod, m.node) for m in self.by_mode.get(mode, ())])
        return self._sites[mode]

    def _downstream_seen(self, mode: FailureMode) -> Iterator[str]:
        """The modes that it leads to, over one step that was not seen at most."""
        for link in mode.leads_to:
            yield link.effect
            if link.effect in self.catalog and link.effect not in self.by_mode:
                yield from (further.effect for further in self.catalog[link.effect].leads_to)

    def _candidate(self, mode: FailureMode, match: Match | None, place: Place) -> Candidate:
        return candidate_of(mode, match, place, self._walks.reaches(mode, match, place))


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


def strength_of(candidate: Candidate) -> int:
    """How strongly the candidate's own lines show it: 0 (none) to 3 (a line states it)."""
    return STRENGTH[candidate.match.proof] if candidate.match else 0
