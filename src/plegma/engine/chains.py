"""The chain of a hypothesis: from the cause through the mechanisms to the symptoms, each step with its lines."""

from collections.abc import Iterable, Sequence, Set
from heapq import nsmallest

from plegma.engine.causality import Candidate
from plegma.engine.clocks import Moment
from plegma.engine.contenders import Ranked
from plegma.engine.facts import Fact
from plegma.engine.matches import STRENGTH, Match, Sighting
from plegma.engine.naming import entity_of
from plegma.engine.neighbours import Place
from plegma.engine.reaches import Reach
from plegma.engine.scenes import Scene
from plegma.engine.series import notes_on
from plegma.model.diagnosis import ChainStep, Evidence
from plegma.model.observations import State
from plegma.model.texts import Text

_LINES = 4


def evidence_of(facts: Iterable[Fact], most: int = _LINES) -> tuple[Evidence, ...]:
    """The lines of some facts: the largest counts first chosen, then shown in order of time."""
    by_line = {f.order[1:]: f for f in facts}
    chosen = nsmallest(most, by_line.values(), key=lambda f: (-f.count, f.last.seconds if f.last else 0.0, f.order))
    chosen.sort(key=lambda f: (f.first.seconds if f.first else 0.0, f.order))
    return tuple(Evidence(f.seen.origin.artifact, f.seen.origin.line, f.seen.text) for f in chosen)


def best_facts(sightings: Sequence[Sighting]) -> list[Fact]:
    """The facts by which a match is shown, strongest proof first, each once.

    A container's row says in one line what its status events say with the runtime's own words: then those are shown.
    """
    if len(sightings) == 1:
        return [sightings[0].fact]
    if len({(s.proof, type(s.fact.seen)) for s in sightings}) > 1:
        sightings = sorted(sightings, key=lambda s: (-STRENGTH[s.proof], isinstance(s.fact.seen, State)))
    seen: dict[tuple[str, str, int], Fact] = {}
    for s in sightings:
        seen.setdefault(s.fact.order, s.fact)
    told = [f for f in seen.values() if not isinstance(f.seen, State) or f.seen.kind != "Container"]
    return told or list(seen.values())


def chain_of(scene: Scene, ranked: Ranked) -> tuple[ChainStep, ...]:
    """One step for each mode, the cause first, then by depth and onset."""
    candidates = (ranked.candidate, *ranked.others)
    groups = _by_mode(candidates)
    told = {ranked.candidate.mode.id, *(reaches[0].mode.id for reaches in groups)}
    return (
        _cause_step(scene, candidates),
        *(_effect_step(scene, reaches, _came_from(reaches, told, ranked.candidate.mode.id)) for reaches in groups),
    )


def _came_from(reaches: Sequence[Reach], told: Set[str], cause: str) -> tuple[str, ...]:
    """The told modes that lead here; what came over a step that is not told came from the cause."""
    return tuple(sorted({r.came_from for r in reaches} & told - {reaches[0].mode.id})) or (cause,)


def _by_mode(candidates: Sequence[Candidate]) -> list[list[Reach]]:
    """Reaches of one mode together, in an order in which causes stand before their effects."""
    groups: dict[str, list[Reach]] = {}
    for candidate in candidates:
        for reach in candidate.reaches:
            groups.setdefault(reach.mode.id, []).append(reach)
    depth = {mode: max(r.depth for r in reaches) for mode, reaches in groups.items()}
    observed = {mode: [r for r in reaches if r.crowd] or reaches[:1] for mode, reaches in groups.items()}
    hidden = {mode for mode, reaches in observed.items() if reaches[0].crowd is None}
    for mode in [m for m in hidden if not _needed(m, observed, hidden)]:
        del groups[mode], observed[mode]
    order = sorted(groups, key=lambda m: (groups[m][0].mode.role == "symptom", depth[m], _onset(observed[m]), m))
    return [observed[m] for m in _causes_first(order, groups)]


def _needed(mode: str, observed: dict[str, list[Reach]], hidden: set[str]) -> bool:
    """A hidden step is told only when some effect was reached by no seen step."""
    return any(mode in (before := {r.came_from for r in reaches}) and before <= hidden for reaches in observed.values())


def _causes_first(order: list[str], groups: dict[str, list[Reach]]) -> list[str]:
    """Keeps the order but for a step that would stand before the step it came from."""
    placed: list[str] = []
    waiting = list(order)
    before = {mode: {r.came_from for r in reaches} - {mode} for mode, reaches in groups.items()}
    while waiting:
        for mode in waiting:
            if before[mode].isdisjoint(waiting):
                break
        else:
            mode = waiting[0]
        waiting.remove(mode)
        placed.append(mode)
    return placed


def _onset(reaches: Sequence[Reach]) -> float:
    first = _first(_matches(reaches))
    return first.seconds if first else 0.0


def _cause_step(scene: Scene, candidates: Sequence[Candidate]) -> ChainStep:
    first = candidates[0]
    matches = [c.match for c in candidates if c.match]
    facts = [f for m in matches for f in best_facts(m.sightings)]
    return ChainStep(
        first.mode.id, first.mode.title, entity_of(scene, first.mode, first.place, first.match),
        scene.clocks.shown(_first(matches)), scene.clocks.shown(_last(matches)), sum(m.count for m in matches),
        first.mode.summary, evidence_of(facts), observed=bool(matches), notes=notes_on(first.mode.id, facts) if facts else (),
        layer=first.mode.layer, concepts=first.mode.concepts,
    )  # fmt: skip


def _effect_step(scene: Scene, reaches: Sequence[Reach], before: tuple[str, ...]) -> ChainStep:
    """The incoming link's mechanism says how it came about."""
    best = max(reaches, key=lambda r: (r.weight, r.crowd.biggest.count if r.crowd else 0, r.crowd.biggest.key if r.crowd else ""))
    place = Place(best.crowd.biggest.pod, best.crowd.biggest.node) if best.crowd else best.place
    matches = _matches(reaches)
    facts = [f for m in matches for f in best_facts(m.sightings)]
    biggest = max(matches, key=lambda m: (m.count, m.key), default=None)
    return ChainStep(
        best.mode.id, best.mode.title, entity_of(scene, best.mode, place, biggest),
        scene.clocks.shown(_first(matches)), scene.clocks.shown(_last(matches)), sum(m.count for m in matches),
        best.link.mechanism, evidence_of(facts), observed=bool(matches), notes=_notes(best, matches, facts),
        layer=best.mode.layer, came_from=before, concepts=best.mode.concepts,
    )  # fmt: skip


def _matches(reaches: Iterable[Reach]) -> list[Match]:
    """All matches of some reaches, each once."""
    crowds = {id(r.crowd): r.crowd for r in reaches if r.crowd}
    return list({id(m): m for crowd in crowds.values() for m in crowd.matches}.values())


def _notes(reach: Reach, matches: Sequence[Match], facts: list[Fact]) -> tuple[Text, ...]:
    notes = notes_on(reach.mode.id, facts) if facts else ()
    pods = {m.pod for m in matches if m.pod}
    if len(pods) > 1:
        notes += (Text(f"on {len(pods)} pods", f"{len(pods)} 個の Pod で発生"),)
    return notes


def _first(matches: Iterable[Match]) -> Moment | None:
    return min((m.first for m in matches if m.first), default=None)


def _last(matches: Iterable[Match]) -> Moment | None:
    return max((m.last for m in matches if m.last), default=None)
