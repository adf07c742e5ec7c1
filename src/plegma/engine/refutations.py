"""What was seen that speaks against a candidate."""

from collections.abc import Iterator
from dataclasses import dataclass

from plegma.engine.causality import Candidate, Graph, Place, joined
from plegma.engine.scenes import Fact, Scene, attributes
from plegma.engine.signatures import passes, search
from plegma.knowledge.failure_mode import Refutation, Signature
from plegma.model.observations import Event, State
from plegma.model.texts import Text

_HINT = 0.5


@dataclass(frozen=True, slots=True)
class Objected:
    """One objection that holds here, with the facts that raise it."""

    because: Text
    weight: float
    facts: tuple[Fact, ...]


def objections(candidate: Candidate, graph: Graph, scene: Scene) -> tuple[Objected, ...]:
    """All refutations of the candidate's mode that hold at its place; another mode that is only hinted at weighs half."""
    found = []
    for refutation in candidate.mode.refutes:
        facts = tuple(_facts(refutation, candidate.place, graph, scene))
        if facts:
            weight = refutation.weight * (_HINT if _only_hinted(refutation, graph) else 1.0)
            found.append(Objected(refutation.because, weight, facts[:3]))
    return tuple(found)


def _only_hinted(refutation: Refutation, graph: Graph) -> bool:
    return bool(refutation.mode) and all(m.proof == "suggests" for m in graph.by_mode.get(refutation.mode, []))


def _facts(refutation: Refutation, place: Place, graph: Graph, scene: Scene) -> Iterator[Fact]:
    if refutation.mode:
        for match in graph.by_mode.get(refutation.mode, []):
            if joined("pod", place, Place(match.pod, match.node)):
                yield from (s.fact for s in match.sightings)
    if refutation.pattern or refutation.reason:
        signature = Signature(refutation.pattern, refutation.component, reason=refutation.reason)
        for fact in scene.events:
            event = fact.seen
            if isinstance(event, Event) and _here(place, fact) and search(signature, event.component, event.reason, event.message):
                yield fact
    if refutation.state is not None:
        for fact in scene.states:
            if isinstance(fact.seen, State) and _here(place, fact) and passes(refutation.state, fact.seen.kind, attributes(fact)):
                yield fact


def _here(place: Place, fact: Fact) -> bool:
    """Is the fact about the candidate's own pod, or, for a node's fact, about its node."""
    return joined("pod", place, Place(fact.pod, fact.node)) > 0
