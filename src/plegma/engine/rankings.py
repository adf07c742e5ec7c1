"""The fewest root causes that explain the most: scores, roots and rivals."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from plegma.engine.causality import Candidate, Graph, strength_of
from plegma.engine.confidences import judged, telling_mechanisms
from plegma.engine.contenders import Order, Ranked, explained_by, order_of, strength
from plegma.engine.neighbours import joined
from plegma.engine.rows import Rows
from plegma.engine.scenes import Scene
from plegma.engine.scores import Scores, before_objections
from plegma.model.observations import State

_RULED_OUT = 0.9
_FAIR_GUESS = 1.0
"""The least score of a cause that no line shows."""
_NEARLY = 0.6
_SHARE = 0.05
"""Of all that was seen: fewer hints than this, with no effect, are noise."""
_MOST = 8
_RIVALS = 4


def ranked_of(graph: Graph, scene: Scene, rows: Rows) -> tuple[Ranked, ...]:
    """Root causes, best first: independent roots before the rivals of each."""
    scores, candidates = Scores(graph, scene, rows), list(graph.candidates())
    scored = [scores.of(candidate) for candidate in candidates if _may_be_told(candidate, scene)]
    roots = _without_consequences(sorted(filter(_worth_telling, scored), key=order_of))
    return judged(_chosen(_folded(roots)), telling_mechanisms(candidates), scene)


def _may_be_told(candidate: Candidate, scene: Scene) -> bool:
    """Is it worth a look at what speaks against it? Most candidates of a large case are not.

    A cause that no line shows must explain a mechanism, not only a symptom that anything could bring.
    """
    if candidate.match is None:
        return round(before_objections(candidate), 3) >= _FAIR_GUESS and _explains(candidate)
    return strength_of(candidate) > 1 or ((_explains(candidate) or not _restates(candidate)) and not _drowned(candidate, scene))


def _worth_telling(ranked: Ranked) -> bool:
    if any(o.weight >= _RULED_OUT for o in ranked.against):
        return False
    return ranked.score >= _FAIR_GUESS if ranked.candidate.match is None else ranked.score > 0


def _explains(candidate: Candidate) -> bool:
    """Does it bring more than what any cause could bring?"""
    return any(crowd.mode.role != "symptom" for crowd in candidate.crowds)


def _drowned(candidate: Candidate, scene: Scene) -> bool:
    """Hints that led to nothing, a few lines among many: every healthy log holds some."""
    if any(crowd.sure for crowd in candidate.crowds):
        return False
    own = {s.fact.order for s in candidate.match.sightings} if candidate.match else set()
    return len(own) < _SHARE * (len(scene.events) + len(scene.states))


def _restates(candidate: Candidate) -> bool:
    """Are the only rows that suggest the cause the very rows that show the symptom? Then nothing was learnt from them."""
    sightings = candidate.match.sightings if candidate.match else ()
    shown = {s.fact.order for crowd in candidate.crowds for match in crowd.matches for s in match.sightings}
    return all(isinstance(s.fact.seen, State) and s.fact.order in shown for s in sightings)


def _without_consequences(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Drops causes that a shown deeper cause explains: they are steps of its chain."""
    deeper: dict[int, str] = {}
    told: set[int] = set()
    for r in ranked:
        if strength_of(r.candidate) >= 2:
            for crowd in r.candidate.crowds:
                if id(crowd) not in told:
                    told.add(id(crowd))
                    for match in crowd.matches:
                        deeper.setdefault(id(match), r.candidate.mode.id)
    last = {id(r.candidate.match): order_of(r) for r in ranked if r.candidate.match is not None}
    return [r for r in ranked if (cause := deeper.get(id(r.candidate.match))) is None or _cycle(r, cause, last)]


def _cycle(ranked: Ranked, deeper: str, orders: Mapping[int, Order]) -> bool:
    """Two causes that explain each other: the one with the higher score stays."""
    mine = order_of(ranked)
    back = (m for crowd in ranked.candidate.crowds if crowd.mode.id == deeper for m in crowd.matches)
    return any(mine < orders[id(match)] for match in back if id(match) in orders)


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
        news = explained_by(r) - covered
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
