"""How much speaks for a candidate: its own line, what it explains, what speaks against it, and what it leaves unexplained."""

from collections.abc import Iterable

from plegma.engine.causality import Candidate, Graph, strength_of
from plegma.engine.contenders import Ranked
from plegma.engine.crowds import Crowd
from plegma.engine.matches import Match
from plegma.engine.neighbours import Place
from plegma.engine.refutations import Objections
from plegma.engine.rows import Rows
from plegma.engine.scenes import Scene
from plegma.engine.standings import knows_all_pods
from plegma.knowledge.failure_mode import FailureMode
from plegma.model.observations import State

_DIRECT = (0.0, 1.5, 4.0, 6.0)
"""What a candidate's own best line is worth: none, suggests, shows, states."""
_MORE_RULES = 0.5
_GUESSED = 0.8
"""What it leaves of the score of a cause that it has no line of its own."""
_SPECIFIC, _GENERIC, _SYMPTOM = 1.5, 0.8, 1.0
_UNEXPLAINED = 0.8
"""What a specific mechanism at the same place that a cause does not explain leaves of its score."""


class Scores:
    """Scores the candidates of one case; what many of them share is worked out once."""

    def __init__(self, graph: Graph, scene: Scene, rows: Rows) -> None:
        self._graph = graph
        self._objections = Objections(graph, rows)
        self._whole = knows_all_pods(scene)
        self._mechanisms = [id_ for id_, (first, *_) in graph.by_mode.items() if _is_specific(first.mode)]
        self._of_no_pod = [id_ for id_ in self._mechanisms if any(not match.pod for match in graph.by_mode[id_])]
        self._of_pod = _sure_by_pod(match for id_ in self._mechanisms for match in graph.by_mode[id_])
        self._unexplained: dict[Place, frozenset[str]] = {}
        self._now: dict[int, bool] = {}

    def of(self, candidate: Candidate) -> Ranked:
        """The candidate with its score and the objections to it."""
        against = self._objections.against(candidate)
        score = before_objections(candidate)
        for objection in against:
            score *= 1 - objection.weight
        score *= _UNEXPLAINED ** min(self._left_over(candidate), 2)
        if candidate.mode.generic:
            score *= 0.5
        return Ranked(candidate, round(score, 3), against, present=not self._whole or self._present(candidate))

    def _left_over(self, candidate: Candidate) -> int:
        """How many specific mechanisms at the candidate's place it does not explain: something else would have to."""
        found = self._unexplained.get(candidate.place)
        if found is None:
            found = self._unexplained[candidate.place] = frozenset(self._mechanisms_at(candidate.place))
        return len(found.difference([reach.mode.id for reach in candidate.reaches if reach.crowd])) if found else 0

    def _mechanisms_at(self, place: Place) -> list[str]:
        asked = self._of_no_pod if place.pod else self._mechanisms
        near = [m for m in asked if any(crowd.sure for crowd, _ in self._graph.neighbours[m].near("pod", place))]
        return [*near, *self._of_pod.get(place.pod, ())]

    def _present(self, candidate: Candidate) -> bool:
        """Does a row or a status (how things stood when the output was taken) show it or something that it explains?"""
        shown = any(map(self._are_now, reversed(candidate.crowds)))  # what rows show is a symptom, and those come last
        return shown or (candidate.match is not None and self._is_now(candidate.match))

    def _are_now(self, crowd: Crowd) -> bool:
        found = self._now.get(id(crowd))
        if found is None:
            found = self._now[id(crowd)] = any(map(self._is_now, crowd.matches))
        return found

    def _is_now(self, match: Match) -> bool:
        found = self._now.get(id(match))
        if found is None:
            found = self._now[id(match)] = _tells_now(match)
        return found


def before_objections(candidate: Candidate) -> float:
    """The score of a candidate while nothing is held against it, which can only lower it."""
    score = _DIRECT[strength_of(candidate)] + _explanation(candidate)
    if candidate.match is None:
        return score * _GUESSED
    return score + min(candidate.match.rules - 1, 2) * _MORE_RULES


def _is_specific(mode: FailureMode) -> bool:
    return mode.role == "mechanism" and not mode.generic


def _sure_by_pod(matches: Iterable[Match]) -> dict[str, list[str]]:
    """By named pod, the modes that its own lines show, more than hint at."""
    found: dict[str, list[str]] = {}
    for match in matches:
        if match.pod and match.proof != "suggests":
            found.setdefault(match.pod, []).append(match.mode.id)
    return found


def _tells_now(match: Match) -> bool:
    for sighting in match.sightings:  # a plain loop: each line of a case comes by here
        seen = sighting.fact.seen
        if isinstance(seen, State) or (seen.component == "status" and seen.at is not None and seen.at.age == 0):
            return True
    return False


def _explanation(candidate: Candidate) -> float:
    """Each mode that it explains counts once, by the surest way to it."""
    best: dict[str, float] = {}
    for reach in candidate.reaches:
        if reach.crowd is not None:
            worth = _SYMPTOM if reach.mode.role == "symptom" else (_GENERIC if reach.mode.generic else _SPECIFIC)
            if (value := worth * reach.weight) > best.get(reach.mode.id, 0.0):
                best[reach.mode.id] = value
    return sum(best.values())
