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
FEW = 3
"""How many outputs are taken together where all of them do not lead to the cause: some may have led astray, but not for long."""
LISTS = (0, 1, 2)
"""Nodes, pods and events: that nothing is wrong can be said by nobody who has not looked at these."""

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
    if not search.causes:
        return LISTS if search.leads(LISTS) else None
    for index in everything:
        if search.leads((index,)):
            return (index,)
    known = search.leads(everything)
    chosen = _grown(search, everything, MOST if known else FEW) or (_thinned(search, everything) if known else None)
    if chosen is None:
        return None
    chosen = _thinned(search, chosen)
    return next(_pairs(search, chosen, everything), chosen) if len(chosen) > 2 else chosen


def _grown(search: Search, everything: Collection[int], most: int) -> tuple[int, ...] | None:
    """Takes in turn the output that brings the answer nearest, until the cause is named."""
    chosen: tuple[int, ...] = ()
    while len(chosen) < most:
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
