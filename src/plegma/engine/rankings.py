"""The fewest root causes that explain the most: scores, roots and rivals."""

from collections.abc import Sequence
from dataclasses import replace

from plegma.engine.causality import Candidate, Graph, strength_of
from plegma.engine.confidences import judged, telling_mechanisms
from plegma.engine.contenders import Ranked, explained_by, order_of, strength
from plegma.engine.neighbours import joined
from plegma.engine.recoveries import knows_all_pods
from plegma.engine.refutations import Objections
from plegma.engine.scenes import Fact, Scene
from plegma.model.observations import State

_DIRECT = (0.0, 1.5, 4.0, 6.0)
"""What a candidate's own best line is worth: none, suggests, shows, states."""
_MORE_RULES = 0.5
_GUESSED = 0.8
"""What it leaves of the score of a cause that it has no line of its own."""
_SPECIFIC, _GENERIC, _SYMPTOM = 1.5, 0.8, 1.0
_UNEXPLAINED = 0.8
"""What a specific mechanism at the same place that a cause does not explain leaves of its score."""
_RULED_OUT = 0.9
_NEARLY = 0.6
_SHARE = 0.05
"""Of all that was seen: fewer hints than this, with no effect, are noise."""
_MOST = 8
_RIVALS = 4


def ranked_of(graph: Graph, scene: Scene) -> tuple[Ranked, ...]:
    """Root causes, best first: independent roots before the rivals of each."""
    whole = knows_all_pods(scene)
    objections = Objections(graph, scene)
    scored = sorted((_scored(c, graph, objections, whole) for c in graph.candidates()), key=order_of)
    roots = _without_consequences([r for r in scored if _worth_telling(r, scene)])
    return judged(_chosen(_folded(roots)), telling_mechanisms(scored))


def _scored(candidate: Candidate, graph: Graph, objections: Objections, whole: bool) -> Ranked:
    against = objections.against(candidate)
    score = _DIRECT[strength_of(candidate)] + _explanation(candidate)
    if candidate.match is None:
        score *= _GUESSED
    else:
        score += min(candidate.match.rules - 1, 2) * _MORE_RULES
    for objection in against:
        score *= 1 - objection.weight
    score *= _UNEXPLAINED ** min(_left_over(candidate, graph), 2)
    if candidate.mode.generic:
        score *= 0.5
    return Ranked(candidate, round(score, 3), against, present=not whole or _present(candidate))


def _left_over(candidate: Candidate, graph: Graph) -> int:
    """How many specific mechanisms at the candidate's place it does not explain: something else would have to."""
    explained = {m.mode.id for m in candidate.explained}
    return sum(
        any(match.proof != "suggests" for match, _ in graph.neighbours[mode].near("pod", candidate.place))
        for mode, matches in graph.by_mode.items()
        if mode not in explained and matches[0].mode.role == "mechanism" and not matches[0].mode.generic
    )


def _present(candidate: Candidate) -> bool:
    """Does a row or a status (how things stood when the output was taken) show it or something that it explains?"""
    own = (candidate.match,) if candidate.match else ()
    return any(_is_now(s.fact) for match in (*own, *candidate.explained) for s in match.sightings)


def _is_now(fact: Fact) -> bool:
    return isinstance(fact.seen, State) or (fact.seen.component == "status" and fact.seen.at is not None and fact.seen.at.age == 0)


def _explanation(candidate: Candidate) -> float:
    """Each mode that it explains counts once, by the surest way to it."""
    best: dict[str, float] = {}
    for reach in candidate.reaches:
        if reach.match is not None:
            worth = _SYMPTOM if reach.mode.role == "symptom" else (_GENERIC if reach.mode.generic else _SPECIFIC)
            best[reach.mode.id] = max(best.get(reach.mode.id, 0.0), worth * reach.weight)
    return sum(best.values())


def _worth_telling(ranked: Ranked, scene: Scene) -> bool:
    """A cause that no line shows must explain a mechanism, not only a symptom that anything could bring."""
    candidate = ranked.candidate
    if any(o.weight >= _RULED_OUT for o in ranked.against):
        return False
    explains = any(r.match and r.mode.role != "symptom" for r in candidate.reaches)
    if candidate.match is None:
        return ranked.score >= 1.0 and explains
    if strength_of(candidate) > 1:
        return ranked.score > 0
    return ranked.score > 0 and (explains or not _restates(candidate)) and not _drowned(candidate, scene)


def _drowned(candidate: Candidate, scene: Scene) -> bool:
    """Hints that led to nothing, a few lines among many: every healthy log holds some."""
    if any(match.proof != "suggests" for match in candidate.explained):
        return False
    own = {s.fact.order for s in candidate.match.sightings} if candidate.match else set()
    return len(own) < _SHARE * (len(scene.events) + len(scene.states))


def _restates(candidate: Candidate) -> bool:
    """Are the only rows that suggest the cause the very rows that show the symptom? Then nothing was learnt from them."""
    sightings = candidate.match.sightings if candidate.match else ()
    shown = {s.fact.order for match in candidate.explained for s in match.sightings}
    return all(isinstance(s.fact.seen, State) and s.fact.order in shown for s in sightings)


def _without_consequences(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Drops causes that a shown deeper cause explains: they are steps of its chain."""
    explained: dict[int, str] = {}
    by_mode: dict[str, list[Ranked]] = {}
    for deep in ranked:
        if deep.candidate.match is not None:
            by_mode.setdefault(deep.candidate.mode.id, []).append(deep)
        if strength_of(deep.candidate) >= 2:
            for match in deep.candidate.explained:
                explained.setdefault(id(match), deep.candidate.mode.id)
    kept: list[Ranked] = []
    for r in ranked:
        deeper = explained.get(id(r.candidate.match)) if r.candidate.match is not None else None
        if deeper is None or _cycle(r, by_mode.get(deeper, ())):
            kept.append(r)
    return kept


def _cycle(ranked: Ranked, deeper: Sequence[Ranked]) -> bool:
    """Two causes that explain each other: the one with the higher score stays."""
    mine = {id(m) for m in ranked.candidate.explained}
    return any(id(d.candidate.match) in mine and order_of(ranked) < order_of(d) for d in deeper)


def _folded(ranked: Sequence[Ranked]) -> list[Ranked]:
    """One fault seen on many entities is one hypothesis: the best of them, with the others beside it."""
    groups: dict[str, list[Ranked]] = {}
    for r in ranked:
        groups.setdefault(r.candidate.mode.id, []).append(r)
    folded = []
    for same in groups.values():
        shown = [r for r in same if r.candidate.match is not None] or same
        named = sorted(shown, key=lambda r: not r.candidate.place.pod) if shown[0].candidate.mode.subject == "Pod" else shown
        bonus = 0.1 * min(len(shown) - 1, 10)
        others = tuple(r.candidate for r in named[1:])
        folded.append(replace(shown[0], candidate=named[0].candidate, score=shown[0].score + bonus, others=others))
    return sorted(folded, key=order_of)


def _chosen(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Greedy cover: a root explains something that no better root does, or a line shows it; the rest are rivals."""
    covered: set[int] = set()
    roots: list[Ranked] = []
    rivals: list[Ranked] = []
    for r in ranked:
        news = {id(m) for m in explained_by(r)} - covered
        direct = strength(r)
        independent = direct >= 2 or (not roots and (direct == 1 or bool(news)))
        if independent and (news or direct == 3 or not roots or not _same_place(r, roots)):
            covered |= news
            roots.append(r)
        else:
            rivals.append(replace(r, rival=True))
    return [*roots, *_told_rivals(rivals, roots)][:_MOST]


def _told_rivals(rivals: Sequence[Ranked], roots: Sequence[Ranked]) -> list[Ranked]:
    """Rivals with a line of their own first; mere guesses only when they are nearly as good as the best root."""
    best = max((r.score for r in roots), default=0.0)
    told = [r for r in rivals if strength(r) or r.score >= _NEARLY * best]
    return sorted(told, key=lambda r: (strength(r) == 0, *order_of(r)))[:_RIVALS]


def _same_place(ranked: Ranked, roots: Sequence[Ranked]) -> bool:
    return any(joined("pod", r.candidate.place, ranked.candidate.place) for r in roots)
