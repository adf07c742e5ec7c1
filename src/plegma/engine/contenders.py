"""Candidates with their scores: what ranking and confidence both look at."""

from collections.abc import Iterable

from plegma.engine.causality import Candidate, strength_of
from plegma.engine.matches import Match
from plegma.engine.numerous import numerous
from plegma.engine.refutations import Objected
from plegma.model.diagnosis import Confidence


@numerous
class Ranked:
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


def order_of(ranked: Ranked) -> tuple[bool, float, int, str, str, str]:
    """What explains how things stand now comes before what explains only what a log remembers."""
    c = ranked.candidate
    return not ranked.present, -round(ranked.score, 6), -strength_of(c), c.mode.id, c.place.node, c.place.pod


def explained_by(ranked: Ranked) -> Iterable[Match]:
    """All matches that the hypothesis explains, on all of its entities."""
    for candidate in (ranked.candidate, *ranked.others):
        yield from candidate.explained
