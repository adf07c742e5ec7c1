"""What was not there to see: the evidence that would decide, and the one command for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plegma.engine.clocks import Moment
from plegma.engine.contenders import Ranked
from plegma.engine.matches import Match
from plegma.engine.naming import bindings, filled
from plegma.engine.neighbours import Place
from plegma.engine.scenes import Scene
from plegma.knowledge.evidence_kinds import EVIDENCE_KINDS
from plegma.knowledge.failure_mode import Ask, FailureMode
from plegma.model.diagnosis import Decision, Gap
from plegma.model.texts import Text

_TOP = 3
_MOST = 10
_AROUND = 86_400.0
_NEEDS_COVERAGE = frozenset({"kubelet-log", "runtime-log"})


def decisions_of(scene: Scene, ranked: Ranked, onset: Moment | None) -> tuple[Decision, ...]:
    """The commands of a hypothesis' own asks, filled in for this case."""
    values = bindings(scene, ranked.candidate.place, list(ranked.candidate.explained), onset)
    return tuple(
        Decision(filled(a.command, values), a.expect, (ranked.candidate.mode.id, *a.separates)) for a in ranked.candidate.mode.asks
    )


def gaps_of(scene: Scene, ranked: Sequence[Ranked], matches: Sequence[Match], onset: Moment | None) -> tuple[Gap, ...]:
    """One gap for each kind of evidence that an open question wants and the case does not hold."""
    wanted: dict[str, Gap] = {}
    for mode, ask, place, about in _asked(ranked, matches):
        kind = EVIDENCE_KINDS.get(ask.evidence)
        if kind is None or kind.id in wanted or _covered(scene, kind.id, onset):
            continue
        values = bindings(scene, place, about, onset)
        command = kind.command if kind.id in _NEEDS_COVERAGE and onset else ask.command
        wanted[kind.id] = Gap(kind.id, _sentence(kind.title, ask, mode), filled(command, values))
    return tuple(list(wanted.values())[:_MOST])


def _asked(ranked: Sequence[Ranked], matches: Sequence[Match]) -> Iterator[tuple[FailureMode, Ask, Place, list[Match]]]:
    """What is open: the best hypotheses that are not confirmed first, then what was seen, mechanisms before symptoms."""
    for r in ranked[:_TOP]:
        if r.confidence != "confirmed":
            for ask in r.candidate.mode.asks:
                yield r.candidate.mode, ask, r.candidate.place, list(r.candidate.explained)
    if ranked and ranked[0].confidence == "confirmed":
        return
    for match in sorted(matches, key=lambda m: (m.mode.role == "symptom", m.mode.id, m.key)):
        if match.mode.role != "cause":
            for ask in match.mode.asks:
                yield match.mode, ask, Place(match.pod, match.node), [match]


def _covered(scene: Scene, kind: str, onset: Moment | None) -> bool:
    """Does the case hold this kind, and, for logs, of the time when it began."""
    for p, part in enumerate(scene.parts):
        if kind in part.evidence:
            if kind not in _NEEDS_COVERAGE or onset is None or not scene.clocks.dated:
                return True
            times = [m.seconds for o in part.observations if (m := scene.clocks.moment(p, part, o.at))]
            if times and min(times) <= onset.seconds + _AROUND and max(times) >= onset.seconds - onset.grain - _AROUND:
                return True
    return False


def _sentence(title: Text, ask: Ask, mode: FailureMode) -> Text:
    return Text(
        f"not given: {title.en}. It would show {ask.expect.en} ({mode.id})",
        f"{title.ja}が無い。確認すべき点: {ask.expect.ja}({mode.id})",
    )


def first_steps(scene: Scene, kinds: Iterable[str], values: Mapping[str, str]) -> tuple[Gap, ...]:
    """What to run when nothing was found and nothing is known."""
    have = {kind for part in scene.parts for kind in part.evidence}
    return tuple(
        Gap(
            k,
            Text(f"not given: {EVIDENCE_KINDS[k].title.en}", f"{EVIDENCE_KINDS[k].title.ja}が無い"),
            filled(EVIDENCE_KINDS[k].command, values),
        )
        for k in kinds
        if k not in have
    )
