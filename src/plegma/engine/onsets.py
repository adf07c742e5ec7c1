"""When each thing began, in order: what came first is nearer to the cause."""

from collections.abc import Iterable, Sequence

from plegma.engine.clocks import Moment
from plegma.engine.facts import Fact, Wording, in_order
from plegma.engine.matches import Match
from plegma.engine.scenes import Scene
from plegma.model.diagnosis import Onset
from plegma.model.observations import Event
from plegma.model.texts import Text

_MOST = 12
_SERIES = 10


def onsets_of(scene: Scene, matches: Iterable[Match]) -> tuple[Onset, ...]:
    """First sightings of every mode that was seen, and the last good or failed start of containers, in order of time."""
    found: dict[tuple[str, str], tuple[Moment, Text]] = {}
    for match in matches:
        key = (match.mode.id, "")
        earlier = found[key][0] if key in found else None
        if match.first is None or (match.mode.role == "cause" and match.proof == "suggests") or (earlier and match.first >= earlier):
            continue
        first = _first_event(match)
        if first is not None and (earlier is None or first < earlier):
            found[key] = (first, Text(f"{match.mode.title.en}: first seen", f"{match.mode.title.ja}: 最初の記録"))
    for moment, text in _starts(scene):
        found[text.en, "start"] = (moment, text)
    ordered = sorted(found.values(), key=lambda pair: (pair[0].at, pair[1].en))
    return tuple(Onset(shown, m.grain, text) for m, text in ordered[:_MOST] if (shown := scene.clocks.shown(m)))


def _first_event(match: Match) -> Moment | None:
    """A row says how things stand when it was printed, not since when: only events have an onset."""
    return min((s.fact.first for s in match.sightings if s.fact.first and _is_event(s.fact)), default=None)


def _is_event(fact: Fact) -> bool:
    seen = fact.seen
    return isinstance(seen, Event) and not (seen.at is not None and seen.at.age == 0)


def _starts(scene: Scene) -> Iterable[tuple[Moment, Text]]:
    """The last start of a container that failed, from its last state."""
    told = in_order(pair for wording in scene.wordings if _tells_failed_start(wording) for pair in wording.facts)
    failed = [fact for fact in told if fact.last]
    if failed:
        last = max(failed, key=lambda f: (f.last.at if f.last else None, f.order))
        name = scene.places.pods[last.pod].name if last.pod in scene.places.pods else ""
        of = f" of {name}" if name else ""
        if last.last is not None:
            yield last.last, Text(f"last start{of} that failed", f"{name + ' の' if name else ''}最後に失敗した起動")


def _tells_failed_start(wording: Wording) -> bool:
    return wording.component == "status" and wording.reason in {"ContainerCannotRun", "StartError", "RunContainerError"}


def turning_point(matches: Sequence[Match]) -> Moment | None:
    """The onset to look around: when what the user sees began, by its long series; else the first thing that was seen."""
    for choose in (_long_symptom, _long, _any):
        firsts = [m.first for m in matches if m.first and choose(m)]
        if firsts:
            return min(firsts)
    return None


def _long_symptom(match: Match) -> bool:
    return match.mode.role == "symptom" and _long(match)


def _long(match: Match) -> bool:
    return match.mode.role != "cause" and match.count >= _SERIES


def _any(match: Match) -> bool:
    return bool(match.sightings)
