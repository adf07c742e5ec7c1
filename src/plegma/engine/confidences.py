"""How sure a hypothesis is: confirmed, likely or possible."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from plegma.engine.clocks import Moment
from plegma.engine.contenders import Ranked, explained_by, order_of, strength
from plegma.engine.silent_series import fell_silent
from plegma.model.diagnosis import Confidence

_CLEAR_LEAD = 1.3
_STRONG = 4.0
_FEW = 2
_FAIR = 0.5
"""The weight from which an explanation is more than far-fetched."""
_DOUBTED, _DOUBTED_GUESS = 0.5, 0.4
_WORDS: dict[Confidence, int] = {"confirmed": 0, "likely": 1, "possible": 2}


def telling_mechanisms(scored: Iterable[Ranked]) -> frozenset[str]:
    """Specific mechanisms that at most two causes of this case can explain: seeing one says much."""
    explainers: dict[str, set[str]] = {}
    for r in scored:
        for reach in r.candidate.reaches:
            if reach.crowd is not None and reach.weight >= _FAIR and reach.mode.role == "mechanism" and not reach.mode.generic:
                explainers.setdefault(reach.mode.id, set()).add(r.candidate.mode.id)
    return frozenset(mode for mode, causes in explainers.items() if len(causes) <= _FEW)


def judged(chosen: Sequence[Ranked], telling: frozenset[str], latest: Moment | None) -> tuple[Ranked, ...]:
    """The chosen with their confidence, roots before rivals, surer ones first, mere guesses last.

    What is told by series alone that fell silent before the `latest` moment may be over: it is possible, no more.
    """
    sure = [replace(r, confidence="possible" if fell_silent(r, latest) else _confidence(r, chosen, telling)) for r in chosen]
    return tuple(sorted(sure, key=_told))


def _told(ranked: Ranked) -> tuple[object, ...]:
    """An answer before a guess, a root before its rivals, what explains the present before what a log remembers, the surer first."""
    word = ranked.confidence
    return word == "possible", ranked.rival, not ranked.present, _WORDS[word], ranked.rival and not strength(ranked), *order_of(ranked)[1:]


def _confidence(ranked: Ranked, chosen: Sequence[Ranked], telling: frozenset[str]) -> Confidence:
    proof, objected = strength(ranked), max((o.weight for o in ranked.against), default=0.0)
    rival = max((r.score for r in chosen if _competes(r, ranked)), default=0.0)
    if proof == 3 and objected < _DOUBTED:
        return "confirmed"
    if ranked.candidate.mode.generic:
        return "possible"
    if proof >= 2 and objected < _DOUBTED and ranked.score >= rival:
        return "likely"
    return (
        "likely" if _circumstantial(ranked, telling) and ranked.score >= _CLEAR_LEAD * rival and objected < _DOUBTED_GUESS else "possible"
    )


def _competes(a: Ranked, b: Ranked) -> bool:
    """Two different causes compete when there is something that both explain."""
    return a.candidate.mode.id != b.candidate.mode.id and not explained_by(a).isdisjoint(explained_by(b))


def _circumstantial(ranked: Ranked, telling: frozenset[str]) -> bool:
    """Enough of what it leads to was seen, and among it a mechanism that few causes can bring."""
    seen = {crowd.mode.id: crowd.mode for crowd in ranked.candidate.crowds}
    specific = [mode for mode in seen.values() if mode.role == "mechanism" and not mode.generic]
    return ranked.score >= _STRONG and len(specific) >= 2 and len(seen) >= 4 and any(mode.id in telling for mode in specific)
