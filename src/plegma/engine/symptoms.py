"""What the user sees, in a sentence with its numbers."""

from collections.abc import Iterable, Sequence

from plegma.engine.chains import best_facts, evidence_of
from plegma.engine.facts import Fact
from plegma.engine.matches import Match
from plegma.engine.naming import entity_of
from plegma.engine.neighbours import Place
from plegma.engine.scenes import Scene
from plegma.engine.series import length, notes_on, period_of, span_of
from plegma.model.diagnosis import Entity, Symptom
from plegma.model.observations import Event, State
from plegma.model.texts import Text

_NAMED = 8


def symptoms_of(scene: Scene, matches: Iterable[Match]) -> tuple[Symptom, ...]:
    """All symptom matches, those of one mode together."""
    groups: dict[str, list[Match]] = {}
    for match in matches:
        if match.mode.role == "symptom":
            groups.setdefault(match.mode.id, []).append(match)
    return tuple(_symptom(scene, group) for group in groups.values())


def _symptom(scene: Scene, group: Sequence[Match]) -> Symptom:
    mode = group[0].mode
    named = [(m, entity_of(scene, mode, Place(m.pod, m.node), m)) for m in group]
    entities = tuple(sorted({entity for _, entity in named}))
    facts = [f for m in group for f in best_facts(m.sightings)]
    first = min((m.first for m in group if m.first), default=None)
    last = max((m.last for m in group if m.last), default=None)
    return Symptom(
        mode.id, mode.title, _sentence(scene, named, entities, facts), entities,
        scene.clocks.shown(first), scene.clocks.shown(last), sum(m.count for m in group), evidence_of(facts, _NAMED),
    )  # fmt: skip


def _sentence(scene: Scene, named: Sequence[tuple[Match, Entity]], entities: Sequence[Entity], facts: Sequence[Fact]) -> Text:
    mode = named[0][0].mode
    if mode.id == "node-readiness-flapping":
        return _flapping(scene, entities, facts)
    if entities[0].kind == "Pod":
        return _pods(scene, named, entities, facts)
    names = _first([e.name for e in entities if e.name])
    return Text(f"{mode.title.en}{': ' + names if names else ''}", f"{mode.title.ja}{': ' + names if names else ''}")


def _pods(scene: Scene, named: Sequence[tuple[Match, Entity]], entities: Sequence[Entity], facts: Sequence[Fact]) -> Text:
    mode = named[0][0].mode
    of_pod = _restarts(scene)
    restarts = {entity: n for m, entity in named if (n := of_pod.get(m.pod))}
    counts = _first([str(restarts[e]) for e in entities if e in restarts])
    workload = _workload(scene, [m for m, _ in named])
    age = _age(facts)
    names = _first([e.name for e in entities])
    tail_en = "; ".join(p for p in (f"{counts} restarts" if counts else "", f"age {age[0]}" if age else "") if p)
    tail_ja = "、".join(p for p in (f"再起動 {counts} 回" if counts else "", f"経過 {age[1]}" if age else "") if p)
    many = "s" if len(entities) > 1 else ""
    of_en, of_ja = (f"{workload} ", f"{workload} の ") if workload else ("", "")
    en = f"{len(entities)} {of_en}pod{many}: {mode.title.en} ({names}{'; ' + tail_en if tail_en else ''})"
    ja = f"{of_ja}Pod {len(entities)} 個: {mode.title.ja}({names}{'。' + tail_ja if tail_ja else ''})"
    return Text(en, ja)


def _first(words: Sequence[str]) -> str:
    """The first few of many, and how many more there are."""
    return ", ".join(words[:_NAMED]) + (f" (+{len(words) - _NAMED})" if len(words) > _NAMED else "")


def _restarts(scene: Scene) -> dict[str, int]:
    """The highest restart count that any output shows of each pod."""
    found: dict[str, int] = {}
    for fact in scene.states:
        count = fact.seen.attrs.get("restarts") if isinstance(fact.seen, State) else None
        if isinstance(count, int) and fact.pod:
            found[fact.pod] = max(found.get(fact.pod, 0), count)
    return found


def _workload(scene: Scene, group: Sequence[Match]) -> str:
    names = {scene.places.pods[m.pod].workload for m in group if m.pod in scene.places.pods} - {""}
    return names.pop().split("/")[-1] if len(names) == 1 else ""


def _age(facts: Sequence[Fact]) -> tuple[str, str] | None:
    ages = [float(f.seen.attrs["age"]) for f in facts if isinstance(f.seen, State) and isinstance(f.seen.attrs.get("age"), int | float)]
    return length(max(ages)) if ages else None


def _flapping(scene: Scene, entities: Sequence[Entity], facts: Sequence[Fact]) -> Text:
    names = _first([e.name for e in entities])
    longest = max(facts, key=lambda f: (f.count, f.order))
    span, period = span_of(longest), period_of(longest)
    now = _ready_now(scene, longest.node)
    back = _ready_series(scene, longest.node)
    en, ja = [f"{names}{': ' + now[0] + ' now' if now else ''}"], [f"{names}{': 現在は ' + now[1] if now else ''}"]
    if span and period:
        en.append(f"{longest.count} changes to NotReady in {length(span)[0]}, one about every {length(period)[0]}")
        ja.append(f"{length(span)[1]}間で NotReady へ {longest.count} 回遷移(約 {length(period)[1]}に 1 回)")
    if back is not None and span_of(back):
        en.append(f"NodeReady {back.count} times over {length(span_of(back) or 0)[0]}")
        ja.append(f"NodeReady は {length(span_of(back) or 0)[1]}間で {back.count} 回")
    rest = notes_on("node-readiness-flapping", [longest])[1:]
    return Text("; ".join([*en, *(n.en for n in rest)]), "。".join([*ja, *(n.ja for n in rest)]))


def _ready_now(scene: Scene, node: str) -> tuple[str, str] | None:
    for fact in reversed(scene.states):
        seen = fact.seen
        if isinstance(seen, State) and seen.kind == "Condition" and seen.attrs.get("type") == "Ready" and fact.node == node:
            ready = str(seen.attrs.get("status")) == "True"
            return ("Ready", "Ready") if ready else ("NotReady", "NotReady")
    return None


def _ready_series(scene: Scene, node: str) -> Fact | None:
    found = [
        fact
        for fact in scene.events
        if isinstance(fact.seen, Event) and fact.node == node and "status is now: NodeReady" in fact.seen.message
    ]
    return max(found, key=lambda f: (f.count, f.order), default=None)
