"""The whole way: parts and catalog in, Diagnosis out."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

from plegma.engine.causality import Graph, candidate_of
from plegma.engine.chains import chain_of, evidence_of
from plegma.engine.clocks import Moment
from plegma.engine.complaints import Complaints, complaints_of, first_looks
from plegma.engine.contenders import Ranked
from plegma.engine.coverage import without_covered
from plegma.engine.derived import with_derived
from plegma.engine.gaps import decisions_of, first_steps, gaps_of
from plegma.engine.matches import Match, matches_of
from plegma.engine.naming import bindings, entity_of, filled
from plegma.engine.neighbours import Place
from plegma.engine.onsets import onsets_of, turning_point
from plegma.engine.rankings import ranked_of
from plegma.engine.recoveries import still_there
from plegma.engine.rows import rows_of
from plegma.engine.scenes import Scene, scene_of
from plegma.engine.spreads import spreads_of
from plegma.engine.standings import all_is_well
from plegma.engine.summaries import summary_of
from plegma.engine.symptoms import symptoms_of
from plegma.knowledge.catalog import Catalog
from plegma.model.diagnosis import Diagnosis, Entity, Gap, Hypothesis, Input, Objection, RemedyStep, Symptom, Verdict
from plegma.model.parts import Parsed
from plegma.model.texts import Text

_AS_GOOD = 0.75
_TOO_MANY = 3
_REMEMBERED = 5
_BASICS = ("pod-list", "events", "node-list")
_NEEDED = frozenset({"pod-list", "node-list", "container-list"})


def diagnose(
    parts: Iterable[Parsed],
    catalog: Catalog,
    inputs: Sequence[Input] = (),
    notices: Sequence[Text] = (),
    unread: Sequence[Gap] = (),
    whole: bool = False,
) -> Diagnosis:
    """The diagnosis of a case. Pure: the same parts give the same answer, whatever their order.

    `unread` are gaps that a collector left: where it could not list pods, nodes or containers, nothing is
    called healthy.
    `whole` adds what a page shows beyond the answer: all lines that show something, and the timeline.
    """
    scene = with_derived(scene_of(parts))
    rows = rows_of(scene, catalog)
    everything = matches_of(scene, catalog, rows)
    left, current = still_there(scene, everything, catalog)
    matches = without_covered(left)
    graph = Graph(catalog, matches)
    ranked = ranked_of(graph, current, rows if current is scene else rows_of(current, catalog))
    if all(r.confidence == "possible" for r in ranked) and all_is_well(scene):
        ranked, matches = (), tuple(m for m in matches if m.mode.benign)
    benign = [m for m in matches if m.mode.benign] if not ranked else []
    onset = turning_point(matches)
    symptoms = symptoms_of(scene, matches)
    hypotheses = tuple(_hypothesis(scene, n, r, onset) for n, r in enumerate(ranked, 1)) or tuple(_noise(scene, benign))
    complaints = cache(partial(complaints_of, scene, current, everything))  # mostly there is an answer, and nobody asks for them
    verdict = _verdict(ranked, symptoms, matches, bool(benign), complaints)
    if verdict == "healthy" and any(gap.evidence in _NEEDED for gap in unread):
        verdict = "insufficient"
    known = {gap.evidence for gap in unread}
    asked = gaps_of(scene, ranked, matches, onset) if verdict != "healthy" else ()
    gaps = (*unread, *(gap for gap in asked if gap.evidence not in known))
    if verdict == "insufficient" and not gaps:
        gaps = first_looks(scene, complaints(), matches) or first_steps(scene, _BASICS, bindings(scene, Place("", ""), [], None))
    answer = Diagnosis(
        verdict, summary_of(verdict, hypotheses, symptoms, gaps), hypotheses, symptoms, gaps,
        tuple(sorted(scene.clocks.notes, key=lambda c: (c.artifact, c.text.en))),
        onsets_of(scene, [m for m in matches if not m.mode.benign]),
        tuple(sorted(inputs, key=lambda i: (i.artifact, i.kind))), (*notices, *_history(scene, everything, matches)),
    )  # fmt: skip
    if not whole:
        return answer
    from plegma.engine.records import with_record

    return with_record(answer, scene, matches, onset)


def _history(scene: Scene, everything: Sequence[Match], present: Sequence[Match]) -> Iterable[Text]:
    """Faults that logs remember and that have passed: said, so that nobody wonders about their lines."""
    now = {match.mode.id for match in present}
    passed = {
        m.mode.id: m for m in everything if m.mode.role == "cause" and m.proof != "suggests" and m.mode.id not in now and not m.mode.benign
    }
    for match in list(passed.values())[:_REMEMBERED]:
        last = scene.clocks.shown(match.last)
        when_en, when_ja = (f", last seen {last:%Y-%m-%d %H:%M:%S%z}", f"(最後の記録 {last:%Y-%m-%d %H:%M:%S%z})") if last else ("", "")
        yield Text(f"over by now: {match.mode.title.en}{when_en}", f"すでに収まっている: {match.mode.title.ja}{when_ja}")


def _verdict(
    ranked: Sequence[Ranked], symptoms: Sequence[Symptom], matches: Sequence[Match], benign: bool, complaints: Callable[[], Complaints]
) -> Verdict:
    if ranked:
        return "insufficient" if _undecided(ranked) else "problem"
    if symptoms and not benign:
        return "insufficient"
    if any(m.mode.role == "mechanism" and m.proof != "suggests" for m in matches) and not benign:
        return "insufficient"
    found = complaints()
    return "healthy" if (benign or found.told) and not found.facts else "insufficient"


def _undecided(ranked: Sequence[Ranked]) -> bool:
    """Nothing but guesses of about equal weight, none of them with a line of its own."""
    top = ranked[0]
    if top.confidence != "possible" or top.candidate.match is not None:
        return False
    return sum(r.score >= _AS_GOOD * top.score for r in ranked) >= _TOO_MANY


def _hypothesis(scene: Scene, rank: int, ranked: Ranked, onset: Moment | None) -> Hypothesis:
    candidate = ranked.candidate
    affected = _unique([entity_of(scene, c.mode, c.place, c.match) for c in (candidate, *ranked.others)])
    first = entity_of(scene, candidate.mode, candidate.place, candidate.match)
    return Hypothesis(
        rank, candidate.mode.id, candidate.mode.title, candidate.mode.summary, first, affected, ranked.confidence,
        round(ranked.score, 3), chain_of(scene, ranked), tuple(Objection(o.because, evidence_of(o.facts)) for o in ranked.against),
        decisions_of(scene, ranked, onset), _remedies(scene, ranked, onset), candidate.mode.references, spreads_of(scene, affected),
    )  # fmt: skip


def _unique(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Each entity once; where pods are named, the nodes of lines that name none add nothing."""
    pods = [e for e in entities if e.kind == "Pod"]
    return tuple(dict.fromkeys(pods or entities))


def _remedies(scene: Scene, ranked: Ranked, onset: Moment | None) -> tuple[RemedyStep, ...]:
    candidate = ranked.candidate
    about = [*([candidate.match] if candidate.match else []), *candidate.explained]
    values = bindings(scene, candidate.place, about, onset)
    return tuple(
        RemedyStep(r.kind, r.text, filled(r.command, values), r.risk, r.risk_level, filled(r.verify, values), r.action)
        for r in candidate.mode.remedies
    )


def _noise(scene: Scene, benign: Sequence[Match]) -> Iterable[Hypothesis]:
    """Known noise with nothing else beside it: named, so that nobody hunts it."""
    for match in benign[:1]:
        candidate = candidate_of(match.mode, match, Place(match.pod, match.node), ())
        yield _hypothesis(scene, 1, Ranked(candidate, 1.0, ()), None)
