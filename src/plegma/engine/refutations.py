"""What was seen that speaks against a candidate."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from msgspec import Struct

from plegma.engine.causality import Candidate, Graph
from plegma.engine.facts import Fact
from plegma.engine.neighbours import Place, joined
from plegma.engine.rows import Rows
from plegma.knowledge.failure_mode import FailureMode, Refutation, Signature
from plegma.model.texts import Text

_HINT = 0.5
_FEW = 3


class Objected(Struct, frozen=True, gc=False):
    """One objection that holds here, with the facts that raise it."""

    because: Text
    weight: float
    facts: tuple[Fact, ...]


class Objections:
    """The refutations of a case's modes; each is looked for once, whatever number of places it is asked of."""

    def __init__(self, graph: Graph, rows: Rows) -> None:
        self._graph = graph
        self._rows = rows
        self._of_mode: dict[str, list[tuple[Refutation, float, Sightings]]] = {}

    def against(self, candidate: Candidate) -> tuple[Objected, ...]:
        """All refutations of the candidate's mode that hold at its place; a mode that is only hinted at weighs half."""
        if candidate.mode.id not in self._of_mode:
            self._of_mode[candidate.mode.id] = list(self._seen(candidate.mode))
        return tuple(
            [
                Objected(refutation.because, weight, facts)
                for refutation, weight, sightings in self._of_mode[candidate.mode.id]
                if (facts := sightings.near(candidate.place))
            ]
        )

    def _seen(self, mode: FailureMode) -> Iterator[tuple[Refutation, float, "Sightings"]]:
        """The mode's refutations that were seen anywhere."""
        for refutation in mode.refutes:
            facts = tuple(_facts(refutation, self._graph, self._rows))
            if facts:
                yield refutation, refutation.weight * (_HINT if self._only_hinted(refutation) else 1.0), Sightings(facts)

    def _only_hinted(self, refutation: Refutation) -> bool:
        return bool(refutation.mode) and all(m.proof == "suggests" for m in self._graph.by_mode.get(refutation.mode, []))


class Sightings:
    """The facts of one refutation by pod and by node."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._all = tuple(facts)
        self._by_pod: dict[str, list[Fact]] = {}
        for fact in self._all:
            self._by_pod.setdefault(fact.pod, []).append(fact)
        self._of_none = self._by_pod.get("", [])
        self._nodes: dict[str, list[Fact]] | None = None

    def near(self, place: Place) -> tuple[Fact, ...]:
        """The first few facts about the place's own pod, or, for a node's facts, about its node."""
        if place.pod:
            own = self._by_pod.get(place.pod)
            if not self._of_none:
                return tuple(own[:_FEW]) if own else ()
            wider: Iterable[Fact] = chain(own or (), self._of_none)
        elif place.node:
            wider = chain(self._by_node.get(place.node, ()), self._by_node.get("", ()))
        else:
            wider = self._all
        return tuple(islice((f for f in wider if joined("pod", place, Place(f.pod, f.node))), _FEW))

    @property
    def _by_node(self) -> dict[str, list[Fact]]:
        """Only asked of candidates that are not on a pod."""
        if self._nodes is None:
            self._nodes = {}
            for fact in self._all:
                self._nodes.setdefault(fact.node, []).append(fact)
        return self._nodes


def _facts(refutation: Refutation, graph: Graph, rows: Rows) -> Iterator[Fact]:
    if refutation.mode:
        for match in graph.by_mode.get(refutation.mode, []):
            yield from (s.fact for s in match.sightings)
    if refutation.pattern or refutation.reason:
        signature = Signature(refutation.pattern, refutation.component, reason=refutation.reason)
        yield from (fact for _, facts in rows.events.matching(signature) for fact in facts)
    if refutation.state is not None:
        yield from rows.states.passing(refutation.state)
