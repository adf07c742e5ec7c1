"""What a timeline's lanes hold: a pod's containers and sandboxes, PLEG's age, and events as ticks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from plegma.engine.chains import evidence_of
from plegma.engine.clocks import Moment
from plegma.engine.facts import Fact
from plegma.engine.matches import STRENGTH, Match, Sighting
from plegma.engine.readiness import tells_readiness
from plegma.engine.scenes import Scene
from plegma.engine.series import length, period_of
from plegma.model.observations import Event, State
from plegma.model.texts import Text
from plegma.model.timelines import Band, Mood, Reading, Tick

_PLEG = re.compile(r"pleg was last seen active ((?:\d+(?:\.\d+)?(?:h|ms|m|s))+) ago; threshold is ((?:\d+(?:h|m|s))+)")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(h|ms|m|s)")
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_UP = re.compile(r"(?i)^(up|ready|running|sandbox_ready|container_running)\b")
_MOST_TICKS = 160
"""Of a lane; more are drawn together, since no screen shows them apart."""


def pleg_readings(scene: Scene, facts: Iterable[Fact]) -> Iterator[Reading]:
    """How old the last relist was, wherever a line says it (pkg/kubelet/pleg/generic.go, Healthy)."""
    for fact in facts:
        message = fact.seen.message if isinstance(fact.seen, Event) else ""
        found = _PLEG.search(message)
        if found and fact.last:
            yield Reading(scene.clocks.placed(fact.last), _seconds(found[1]), _seconds(found[2]), evidence_of([fact]))


def _seconds(duration: str) -> float:
    """Seconds of a Go duration such as 3m8.2s."""
    return sum(float(number) * _SECONDS[unit] for number, unit in _DURATION.findall(duration))


def container_bands(scene: Scene, facts: Sequence[Fact]) -> Iterator[Band]:
    """How long the pod exists, what its containers do, and the runtime's own rows of containers."""
    ages = [(f, float(age)) for f in facts if isinstance(f.seen, State) and isinstance(age := f.seen.attrs.get("age"), int | float)]
    for fact, age in ages[:1]:
        if fact.last:
            created = Moment.of(fact.last.at - timedelta(seconds=age), fact.last.grain)
            yield _band(scene, Text("the pod exists", "Pod が存在"), "idle", created, None, fact)
    for fact in facts:
        if isinstance(fact.seen, State) and fact.seen.kind == "Container":
            yield from _container(scene, fact)
        elif isinstance(fact.seen, State) and fact.seen.kind == "RuntimeContainer" and fact.last:
            yield _runtime_row(scene, fact, fact.seen.refs.get("container", ""))


def sandbox_bands(scene: Scene, facts: Sequence[Fact]) -> Iterator[Band]:
    """The lives of the pod's sandboxes, from the runtime's own rows."""
    for fact in facts:
        if isinstance(fact.seen, State) and fact.seen.kind == "Sandbox" and fact.last:
            yield _runtime_row(scene, fact, fact.seen.refs.get("sandbox_id", "")[:13])


def _runtime_row(scene: Scene, fact: Fact, name: str) -> Band:
    """A row says when a thing was created, and how it is now."""
    assert isinstance(fact.seen, State)
    assert fact.last is not None
    state, attempt = str(fact.seen.attrs.get("state", "")), fact.seen.attrs.get("attempt", "")
    label = f"{name} #{attempt}: {state}" if attempt != "" else f"{name}: {state}"
    return _band(scene, Text(label, label), "good" if _UP.match(state) else "idle", fact.last, None, fact)


def _container(scene: Scene, fact: Fact) -> Iterator[Band]:
    assert isinstance(fact.seen, State)
    attrs, name = fact.seen.attrs, fact.seen.refs.get("container", "")
    started, finished = Moment.written(attrs.get("started")), Moment.written(attrs.get("finished"))
    state = str(attrs.get("reason") or attrs.get("state") or "")
    if started is None:
        return
    failed = str(attrs.get("exit_code", "0")) != "0"
    mood: Mood = "bad" if failed else "good" if finished is None else "idle"
    label = f"{name}: {state}".removeprefix(": ")
    yield _band(scene, Text(label, label), mood, started, finished, fact)


def _band(scene: Scene, text: Text, mood: Mood, begins: Moment, ends: Moment | None, fact: Fact) -> Band:
    return Band(text, mood, scene.clocks.placed(begins), scene.clocks.placed(ends) if ends else None, begins.grain, evidence_of([fact]))


def status_ticks(scene: Scene, facts: Iterable[Fact]) -> Iterator[Tick]:
    """A pod's row: how it stood when the output was taken, with its restarts."""
    for fact in facts:
        seen = fact.seen
        if isinstance(seen, State) and seen.kind == "Pod" and seen.attrs.get("status") and fact.last:
            status, restarts = str(seen.attrs["status"]), seen.attrs.get("restarts")
            more_en, more_ja = (f", {restarts} restarts", f"、再起動 {restarts} 回") if restarts else ("", "")
            mood: Mood = "good" if status in {"Running", "Completed", "Succeeded"} else "bad"
            at = scene.clocks.placed(fact.last)
            yield Tick(Text(status + more_en, status + more_ja), mood, at, at, 1, fact.last.grain, None, evidence_of([fact]))


def event_ticks(scene: Scene, matches: Iterable[Match]) -> dict[tuple[str, str, bool], list[Tick]]:
    """Events that show a mode, by pod, node, and whether they name a sandbox; each once, under the mode it proves best."""
    best: dict[tuple[str, str, int], tuple[Sighting, Match]] = {}
    for match in matches:
        for sighting in match.sightings:
            known = best.get(sighting.fact.order)
            if known is None or STRENGTH[sighting.proof] > STRENGTH[known[0].proof]:
                best[sighting.fact.order] = sighting, match
    lanes: dict[tuple[str, str, bool], list[tuple[Fact, Match]]] = {}
    for sighting, match in best.values():
        fact = sighting.fact
        if isinstance(fact.seen, Event) and fact.first and fact.last and not _shown_elsewhere(fact, fact.seen):
            named = bool(fact.pod) and "sandbox_id" in {**dict(sighting.bound), **fact.seen.refs}
            lanes.setdefault((fact.pod, "" if fact.pod else fact.node, named), []).append((fact, match))
    return {key: list(_ticks(scene, found)) for key, found in lanes.items()}


def _shown_elsewhere(fact: Fact, seen: Event) -> bool:
    """Rows, readiness and PLEG's age have lanes of their own."""
    return seen.component == "status" or tells_readiness(fact) is not None or _PLEG.search(seen.message) is not None


def _ticks(scene: Scene, found: Sequence[tuple[Fact, Match]]) -> Iterator[Tick]:
    """One tick for each fact; where there are too many, those of one mode that stand close are one."""
    times = [fact.last.at for fact, _ in found if fact.last]
    slot = max((max(times) - min(times)).total_seconds() / _MOST_TICKS, 0.001) if len(found) > _MOST_TICKS else 0.0
    groups: dict[tuple[object, ...], list[tuple[Fact, Match]]] = {}
    for number, (fact, match) in enumerate(sorted(found, key=lambda pair: (pair[0].last, pair[0].order))):
        assert fact.last is not None
        near: object = int(fact.last.seconds / slot) if slot and fact.count == 1 else number
        groups.setdefault((match.mode.id, near), []).append((fact, match))
    yield from (_tick(scene, [fact for fact, _ in pairs], pairs[0][1]) for pairs in groups.values())


def _tick(scene: Scene, facts: Sequence[Fact], match: Match) -> Tick:
    first = min(f.first for f in facts if f.first)
    last = max(f.last for f in facts if f.last)
    period = period_of(facts[0]) if len(facts) == 1 else None
    return Tick(
        _label(facts[0], match, period), "idle" if match.mode.benign else "bad", scene.clocks.placed(first), scene.clocks.placed(last),
        sum(f.count for f in facts), first.grain, period, evidence_of(facts, 2),
    )  # fmt: skip


def _label(fact: Fact, match: Match, period: float | None) -> Text:
    reason = fact.seen.reason if isinstance(fact.seen, Event) else ""
    lead = f"{reason}: " if reason else ""
    pace_en, pace_ja = (f", one every {length(period)[0]}", f"、{length(period)[1]}に 1 回") if period else ("", "")
    return Text(f"{lead}{match.mode.title.en}{pace_en}", f"{lead}{match.mode.title.ja}{pace_ja}")
