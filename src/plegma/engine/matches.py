"""Every failure mode against the Scene: Matches on entities, with interval, count and the facts that show them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from plegma.engine.clocks import Moment
from plegma.engine.facts import Fact
from plegma.engine.rows import Bound, EventRows, Rows, StateRows, rows_of
from plegma.engine.scenes import Scene
from plegma.knowledge.catalog import Catalog, Needs
from plegma.knowledge.failure_mode import FailureMode, Proof, StateTest
from plegma.model.observations import State

STRENGTH: dict[Proof, int] = {"suggests": 1, "shows": 2, "states": 3}
CLUSTER = "cluster"
_OF_A_POD = frozenset({"Pod", "Container", "Volume", "Image"})


class Sighting(Struct, frozen=True, gc=False):
    """One fact that shows a mode: by which proof, and what the pattern's groups bound."""

    fact: Fact
    proof: Proof
    rule: str
    bound: Bound = ()


class Match(Struct, frozen=True, gc=False):
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
        rule, proof = signature.pattern or signature.reason, signature.proof
        seen = [Sighting(fact, proof, rule, bound) for bound, facts in rows.matching(signature, needs[signature.pattern]) for fact in facts]
        yield from _often_enough(mode, seen, signature.at_least)


def _often_enough(mode: FailureMode, seen: Sequence[Sighting], least: int) -> Iterable[Sighting]:
    if least <= 1:
        return seen
    by_entity = _by_entity(mode, seen)
    enough = {key for key, here in by_entity.items() if sum(s.fact.count for s in here) >= least}
    return seen if len(enough) == len(by_entity) else [s for s in seen if _key(mode, s.fact) in enough]


def _by_state(mode: FailureMode, rows: StateRows) -> Iterator[Sighting]:
    on_node = mode.subject == "Node"
    for test in mode.states:
        rule = f"{test.kind} {sorted(test.where.items())}"
        seen = [Sighting(fact, test.proof, rule) for fact in rows.passing(test) if not (on_node and _of_a_pod(fact))]
        yield from _on_enough(mode, test, seen)


def _of_a_pod(fact: Fact) -> bool:
    """Pods have conditions of the same names as nodes; those say nothing of the node."""
    assert isinstance(fact.seen, State)
    return fact.seen.kind == "Condition" and bool(fact.seen.refs.get("pod"))


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
    if mode.subject in _OF_A_POD:
        return f"pod:{fact.pod}" if fact.pod else f"node:{fact.node}"
    if mode.subject == "Workload":
        return f"workload:{fact.seen.refs.get('workload', '') or fact.pod}"
    return f"node:{fact.node}" if mode.subject == "Node" else CLUSTER


def _by_entity(mode: FailureMode, sightings: Iterable[Sighting]) -> dict[str, list[Sighting]]:
    """Sightings by their `_key`; those of pods by the pod's name first, so that not every one needs a key written."""
    named: dict[str, list[Sighting]] = {}
    found: dict[str, list[Sighting]] = {}
    of_a_pod = mode.subject in _OF_A_POD
    for sighting in sightings:
        fact = sighting.fact
        groups, key = (named, fact.pod) if of_a_pod and fact.pod else (found, _key(mode, fact))
        group = groups.get(key)
        if group is None:
            groups[key] = [sighting]
        else:
            group.append(sighting)
    return found | {f"pod:{pod}": seen for pod, seen in named.items()}


def _grouped(mode: FailureMode, sightings: Iterable[Sighting]) -> Iterator[Match]:
    for key, seen in sorted(_podless_joined(_by_entity(mode, sightings)).items()):
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
        min([f.first for f in facts if f.first is not None], default=None),
        max([f.last for f in facts if f.last is not None], default=None),
        sum([f.count for f in facts]),
        max({s.proof for s in seen}, key=STRENGTH.__getitem__),
        _bound_by(seen),
    )


def _bound_by(seen: Sequence[Sighting]) -> Bound:
    """What all sightings bound; of one name, what the last one says."""
    bound = {s.bound for s in seen}
    if len(bound) == 1:
        return bound.pop()
    return tuple(sorted({k: v for s in seen for k, v in s.bound}.items()))
