"""Candidates with their scores: what ranking and confidence both look at."""

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import Struct

from plegma.engine.causality import Candidate, strength_of
from plegma.engine.crowds import Crowd
from plegma.engine.facts import Fact
from plegma.engine.refutations import Objected
from plegma.model.diagnosis import Confidence

Order = tuple[bool, float, int, str, str, str]


class Ranked(Struct, frozen=True, gc=False):
    """A candidate with its score, its objections and its confidence; `others` are the same fault on other entities."""

    candidate: Candidate
    score: float
    against: tuple[Objected, ...]
    confidence: Confidence = "possible"
    others: tuple[Candidate, ...] = ()
    rival: bool = False
    present: bool = True


def strength(ranked: Ranked) -> int:
    """How strongly lines show the fault, on any of its entities: 0 (none) to 3 (a line states it)."""
    return max(strength_of(c) for c in (ranked.candidate, *ranked.others))


def order_of(ranked: Ranked) -> Order:
    """What explains how things stand now comes before what explains only what a log remembers."""
    c = ranked.candidate
    return not ranked.present, -round(ranked.score, 6), -strength_of(c), c.mode.id, c.place.node, c.place.pod


def crowds_of(candidates: Iterable[Candidate]) -> Iterable[Crowd]:
    """What some candidates explain, each crowd once, in order."""
    return {id(crowd): crowd for candidate in candidates for crowd in candidate.crowds}.values()


def explained_by(ranked: Ranked) -> frozenset[int]:
    """The identities of all matches that the hypothesis explains, on all of its entities."""
    return frozenset().union(*(crowd.ids for crowd in crowds_of((ranked.candidate, *ranked.others))))


def facts_of(ranked: Ranked) -> Iterator[Fact]:
    """All that shows a hypothesis, and all that it explains."""
    candidates = (ranked.candidate, *ranked.others)
    own = (c.match for c in candidates if c.match is not None)
    explained = (match for crowd in crowds_of(candidates) for match in crowd.matches)
    yield from (sighting.fact for match in chain(own, explained) for sighting in match.sightings)
