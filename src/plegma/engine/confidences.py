"""How sure a hypothesis is: confirmed, likely or possible."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from plegma.engine.causality import Candidate
from plegma.engine.contenders import Ranked, explained_by, order_of, strength
from plegma.engine.ready_again import came_back
from plegma.engine.scenes import Scene
from plegma.engine.silent_series import fell_silent
from plegma.engine.standings import ready_since_of
from plegma.model.diagnosis import Confidence

_CLEAR_LEAD = 1.3
_STRONG = 4.0
_FEW = 2
_FAIR = 0.5
"""The weight from which an explanation is more than far-fetched."""
_DOUBTED, _DOUBTED_GUESS = 0.5, 0.4
_WORDS: dict[Confidence, int] = {"confirmed": 0, "likely": 1, "possible": 2}


def telling_mechanisms(candidates: Iterable[Candidate]) -> frozenset[str]:
    """Specific mechanisms that at most two causes of this case can explain: seeing one says much."""
    explainers: dict[str, set[str]] = {}
    for candidate in candidates:
        for reach in candidate.reaches:
            if reach.crowd is not None and reach.weight >= _FAIR and reach.mode.role == "mechanism" and not reach.mode.generic:
                explainers.setdefault(reach.mode.id, set()).add(candidate.mode.id)
    return frozenset(mode for mode, causes in explainers.items() if len(causes) <= _FEW)


def judged(chosen: Sequence[Ranked], telling: frozenset[str], scene: Scene) -> tuple[Ranked, ...]:
    """The chosen with their confidence, roots before rivals, surer ones first, mere guesses last.

    What may be over in the `scene` is possible, no more: series that fell silent, a node that was Ready again.
    """
    explained, ready_since = [explained_by(r) for r in chosen], ready_since_of(scene)
    sure = [
        replace(
            r,
            confidence="possible"
            if fell_silent(r, scene) or came_back(r, ready_since)
            else _confidence(r, _best_rival(n, chosen, explained), telling),
        )
        for n, r in enumerate(chosen)
    ]
    return tuple(sorted(sure, key=_told))


def _told(ranked: Ranked) -> tuple[object, ...]:
    """An answer before a guess, a root before its rivals, what explains the present before what a log remembers, the surer first."""
    word = ranked.confidence
    return word == "possible", ranked.rival, not ranked.present, _WORDS[word], ranked.rival and not strength(ranked), *order_of(ranked)[1:]


def _confidence(ranked: Ranked, rival: float, telling: frozenset[str]) -> Confidence:
    """By its own lines, what speaks against it, and the score of its best rival."""
    proof, objected = strength(ranked), max((o.weight for o in ranked.against), default=0.0)
    if proof == 3 and objected < _DOUBTED:
        return "confirmed"
    if ranked.candidate.mode.generic:
        return "possible"
    if proof >= 2 and objected < _DOUBTED and ranked.score >= rival:
        return "likely"
    return (
        "likely" if _circumstantial(ranked, telling) and ranked.score >= _CLEAR_LEAD * rival and objected < _DOUBTED_GUESS else "possible"
    )


def _best_rival(number: int, chosen: Sequence[Ranked], explained: Sequence[frozenset[int]]) -> float:
    """The highest score of a different cause that explains something of the same; 0 where there is none."""
    mode, own = chosen[number].candidate.mode.id, explained[number]
    others = ((r.score, also) for r, also in zip(chosen, explained, strict=True) if r.candidate.mode.id != mode)
    return max((score for score, also in others if not also.isdisjoint(own)), default=0.0)


def _circumstantial(ranked: Ranked, telling: frozenset[str]) -> bool:
    """Enough of what it leads to was seen, and among it a mechanism that few causes can bring."""
    seen = {crowd.mode.id: crowd.mode for crowd in ranked.candidate.crowds}
    specific = [mode for mode in seen.values() if mode.role == "mechanism" and not mode.generic]
    return ranked.score >= _STRONG and len(specific) >= 2 and len(seen) >= 4 and any(mode.id in telling for mode in specific)
