"""The fewest outputs from which plegma itself names a cause: computed by diagnosing subsets of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from plegma.app.rehearsals import diagnosis_of
from plegma.evidence.parse.parsed import Parsed
from plegma.knowledge.catalog import Catalog
from plegma.model.diagnosis import Diagnosis

SURE = {"confirmed": 2, "likely": 1, "possible": 0}
MOST = 6

Parts = Sequence[tuple[Parsed, ...]]


def names_first(diagnosis: Diagnosis, causes: Collection[str]) -> bool:
    """Is one of the causes named first, and more than possible? No cause at all: is everything said to be well?"""
    if not causes:
        return diagnosis.verdict == "healthy"
    first = diagnosis.hypotheses[0] if diagnosis.hypotheses else None
    return first is not None and first.cause in causes and SURE[first.confidence] > 0 and diagnosis.verdict == "problem"


@dataclass
class Search:
    """`parts`: those of each output, the cheapest output first. `tried` remembers what subsets led to."""

    parts: Parts
    causes: tuple[str, ...]
    catalog: Catalog
    tried: dict[frozenset[int], Diagnosis] = field(default_factory=dict)

    def diagnosis(self, chosen: Collection[int]) -> Diagnosis:
        """plegma's answer to these outputs alone."""
        key = frozenset(chosen)
        if key not in self.tried:
            self.tried[key] = diagnosis_of([self.parts[i] for i in sorted(key)], self.catalog)
        return self.tried[key]

    def leads(self, chosen: Collection[int]) -> bool:
        """Does plegma name the cause from these outputs alone?"""
        return bool(chosen) and names_first(self.diagnosis(chosen), self.causes)

    def nearness(self, chosen: Collection[int]) -> tuple[float, ...]:
        """How near an answer is to naming the cause; the more the nearer."""
        found = [h for h in self.diagnosis(chosen).hypotheses if h.cause in self.causes]
        return (-found[0].rank, SURE[found[0].confidence], found[0].score) if found else (-99.0, 0.0, 0.0)


def shortest_path(search: Search) -> tuple[int, ...] | None:
    """Indices of outputs that lead to the cause, of which none can be left out; None when even all of them do not.

    One output or two are the fewest there can be; of three or more it is only sure that none can be left out, and that no
    pair that holds one of them would do.
    """
    everything = range(len(search.parts))
    if single := next((i for i in everything if search.leads((i,))), None):
        return (single,)
    if search.leads((0,)):
        return (0,)
    chosen = _grown(search, everything) or (_thinned(search, everything) if search.leads(everything) else None)
    if chosen is None:
        return None
    chosen = _thinned(search, chosen)
    return next(_pairs(search, chosen, everything), chosen) if len(chosen) > 2 else chosen


def _grown(search: Search, everything: Collection[int]) -> tuple[int, ...] | None:
    """Takes in turn the output that brings the answer nearest, until the cause is named."""
    chosen: tuple[int, ...] = ()
    while len(chosen) < MOST:
        rest = [i for i in everything if i not in chosen]
        if not rest:
            return None
        best = max(rest, key=lambda i: (search.leads((*chosen, i)), *search.nearness((*chosen, i)), -i))
        chosen = (*chosen, best)
        if search.leads(chosen):
            return chosen
    return None


def _thinned(search: Search, chosen: Collection[int]) -> tuple[int, ...]:
    """Leaves out what is not needed, the dearest first."""
    kept = tuple(sorted(chosen))
    for index in reversed(kept):
        fewer = tuple(i for i in kept if i != index)
        if search.leads(fewer):
            kept = fewer
    return kept


def _pairs(search: Search, chosen: Collection[int], everything: Collection[int]) -> Iterator[tuple[int, ...]]:
    return (pair for pair in combinations(everything, 2) if set(pair) & set(chosen) and search.leads(pair))


def reached_by(causes: Sequence[tuple[str, ...]], outputs: Parts, catalog: Catalog) -> tuple[tuple[int, ...] | None, tuple[str, ...]]:
    """The shortest path to the first of several sets of causes that has one, and that set."""
    for wanted in causes:
        if path := shortest_path(Search(outputs, wanted, catalog)):
            return path, wanted
    return None, ()
