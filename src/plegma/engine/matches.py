"""Every failure mode against the Scene: Matches on entities, with interval, count and the facts that show them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from plegma.engine.clocks import Moment
from plegma.engine.rows import Bound, EventRows, Rows, StateRows, rows_of
from plegma.engine.scenes import Fact, Scene
from plegma.knowledge.catalog import Catalog, Needs
from plegma.knowledge.failure_mode import FailureMode, Proof, StateTest
from plegma.model.observations import State

STRENGTH: dict[Proof, int] = {"suggests": 1, "shows": 2, "states": 3}
CLUSTER = "cluster"


class Sighting(Struct, frozen=True):
    """One fact that shows a mode: by which proof, and what the pattern's groups bound."""

    fact: Fact
    proof: Proof
    rule: str
    bound: Bound = ()


class Match(Struct, frozen=True):
    """A mode seen on an entity. `pod` / `node` are group names, "" where not known or not one."""

    mode: FailureMode
    key: str
    pod: str
    node: str
    sightings: tuple[Sighting, ...]
    first: Moment | None
    last: Moment | None
    count: int
    proof: Proof
    bound: Bound = ()

    @property
    def rules(self) -> int:
        """How many different rules of the mode saw it."""
        return len({s.rule for s in self.sightings})


def matches_of(scene: Scene, catalog: Catalog, rows: Rows | None = None) -> tuple[Match, ...]:
    """All matches, in order of mode id and entity. `rows` are the scene's, where they are known."""
    rows = rows or rows_of(scene, catalog)
    found: list[Match] = []
    for mode in catalog:
        sightings = [*_by_signature(mode, rows.events, catalog.needs), *_by_state(mode, rows.states)]
        if sightings:
            found.extend(_grouped(mode, sightings))
    return tuple(found)


def _by_signature(mode: FailureMode, rows: EventRows, needs: Mapping[str, Needs]) -> Iterator[Sighting]:
    for signature in mode.signatures:
        rule = signature.pattern or signature.reason
        seen = [Sighting(fact, signature.proof, rule, bound) for fact, bound in rows.matching(signature, needs[signature.pattern])]
        yield from _often_enough(seen, signature.at_least, lambda s: _key(mode, s.fact))


def _often_enough(seen: Sequence[Sighting], least: int, key: Callable[[Sighting], str]) -> Iterator[Sighting]:
    if least <= 1:
        yield from seen
        return
    totals: dict[str, int] = {}
    for sighting in seen:
        totals[key(sighting)] = totals.get(key(sighting), 0) + sighting.fact.count
    yield from (s for s in seen if totals[key(s)] >= least)


def _by_state(mode: FailureMode, rows: StateRows) -> Iterator[Sighting]:
    for test in mode.states:
        rule = f"{test.kind} {sorted(test.where.items())}"
        seen = [Sighting(fact, test.proof, rule) for fact in rows.passing(test) if not _of_a_pod(mode, fact)]
        yield from _on_enough(mode, test, seen)


def _of_a_pod(mode: FailureMode, fact: Fact) -> bool:
    """Pods have conditions of the same names as nodes; those say nothing of the node."""
    assert isinstance(fact.seen, State)
    return mode.subject == "Node" and fact.seen.kind == "Condition" and bool(fact.seen.refs.get("pod"))


def _on_enough(mode: FailureMode, test: StateTest, seen: Sequence[Sighting]) -> Iterator[Sighting]:
    if test.at_least <= 1:
        yield from seen
        return
    per_place: dict[str, set[tuple[str, str]]] = {}
    for s in seen:
        place = CLUSTER if mode.subject == "Cluster" else s.fact.node
        per_place.setdefault(place, set()).add((s.fact.pod, s.fact.text))
    yield from (s for s in seen if len(per_place[CLUSTER if mode.subject == "Cluster" else s.fact.node]) >= test.at_least)


def _key(mode: FailureMode, fact: Fact) -> str:
    """The entity of the mode's subject that a fact is about."""
    if mode.subject in {"Pod", "Container", "Volume", "Image"}:
        return f"pod:{fact.pod}" if fact.pod else f"node:{fact.node}"
    if mode.subject == "Workload":
        return f"workload:{fact.seen.refs.get('workload', '') or fact.pod}"
    return f"node:{fact.node}" if mode.subject == "Node" else CLUSTER


def _grouped(mode: FailureMode, sightings: Iterable[Sighting]) -> Iterator[Match]:
    groups: dict[str, list[Sighting]] = {}
    for sighting in sightings:
        groups.setdefault(_key(mode, sighting.fact), []).append(sighting)
    for key, seen in sorted(_podless_joined(groups).items()):
        yield match_of(mode, key, seen)


def _podless_joined(groups: dict[str, list[Sighting]]) -> dict[str, list[Sighting]]:
    """Lines that name no pod belong to the only pod of their node that shows the same."""
    podless = [k for k in groups if k.startswith("node:")]
    pods = [k for k in groups if k.startswith("pod:")] if podless else []
    on_node: dict[str, set[str]] = {"": set(pods)}
    for key in pods:
        for node in {s.fact.node for s in groups[key]} - {""}:
            on_node.setdefault(node, set()).add(key)
    for key in podless:
        here = on_node.get(key.removeprefix("node:"), ())
        if len(here) == 1:
            groups[next(iter(here))] += groups.pop(key)
    return groups


def match_of(mode: FailureMode, key: str, seen: Sequence[Sighting]) -> Match:
    """One Match from its sightings; each fact counts once however many rules saw it."""
    if len(seen) == 1:
        (only,) = seen
        fact = only.fact
        return Match(mode, key, fact.pod, fact.node, (only,), fact.first, fact.last, fact.count, only.proof, only.bound)
    facts = {id(s.fact): s.fact for s in seen}.values()
    pods, nodes = {f.pod for f in facts} - {""}, {f.node for f in facts} - {""}
    return Match(
        mode,
        key,
        min(pods) if len(pods) == 1 or (key.startswith("pod:") and pods) else "",
        min(nodes) if len(nodes) == 1 else "",
        tuple(seen),
        min([f.first for f in facts if f.first], default=None),
        max([f.last for f in facts if f.last], default=None),
        sum([f.count for f in facts]),
        max({s.proof for s in seen}, key=STRENGTH.__getitem__),
        _bound_by(seen),
    )


def _bound_by(seen: Sequence[Sighting]) -> Bound:
    """What all sightings bound; of one name, what the last one says."""
    if all(s.bound == seen[0].bound for s in seen):
        return seen[0].bound
    return tuple(sorted({k: v for s in seen for k, v in s.bound}.items()))
