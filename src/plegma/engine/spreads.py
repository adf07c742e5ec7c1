"""How far a fault has spread: what the affected nodes have in common, and the others not."""

from collections.abc import Iterator, Mapping, Sequence

from plegma.engine.scenes import Scene
from plegma.model.diagnosis import Entity, Spread
from plegma.model.observations import State

_TELLING = ("runtime", "version", "kernel", "os", "zone", "instance_type", "pool")
"""Attributes of a Node by which faults are told apart; a name or an address is its own alone."""
_FEWEST = 2


def spreads_of(scene: Scene, affected: Sequence[Entity]) -> tuple[Spread, ...]:
    """For each attribute with one value on all affected nodes: on how many, of how many such nodes, and of how many others.

    The most telling come first. Nothing where fewer than two nodes are affected or none of the others is known.
    """
    known = _nodes(scene)
    nodes = {e.name if e.kind == "Node" else e.node for e in affected} & set(known)
    if len(nodes) < _FEWEST or len(nodes) == len(known):
        return ()
    found = [spread for name in _TELLING if (spread := _spread(name, nodes, known))]
    return tuple(sorted(found, key=lambda s: (-s.affected / s.nodes, _TELLING.index(s.attribute))))


def _spread(name: str, nodes: set[str], known: Mapping[str, Mapping[str, str]]) -> Spread | None:
    values = {known[node].get(name, "") for node in nodes}
    (value,) = values if len(values) == 1 else ("",)
    alike = [node for node, attrs in known.items() if attrs.get(name) == value]
    others = len(known) - len(alike)
    return Spread(name, value, len(nodes), len(alike), others) if value and others else None


def _nodes(scene: Scene) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for node, key, value in _attributes(scene):
        found.setdefault(node, {}).setdefault(key, value)
    return found


def _attributes(scene: Scene) -> Iterator[tuple[str, str, str]]:
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Node" and fact.node:
            yield from ((fact.node, key, str(fact.seen.attrs[key])) for key in _TELLING if fact.seen.attrs.get(key))
