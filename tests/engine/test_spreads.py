from plegma.engine.scenes import scene_of
from plegma.engine.spreads import spreads_of
from plegma.model.diagnosis import Entity
from plegma.model.observations import Origin, State
from plegma.model.parts import Parsed


def nodes(**runtimes: str) -> Parsed:
    rows = tuple(
        State("Node", {"status": "Ready", "runtime": runtime, "zone": "a"}, Origin("nodes", n), name, None, {"node": name})
        for n, (name, runtime) in enumerate(runtimes.items(), 1)
    )
    return Parsed("nodes", "kubernetes-node", 1, len(rows), rows, evidence=("node-list",))


def spread(affected: str, **runtimes: str) -> list[tuple[str, str, int, int, int]]:
    entities = [Entity("Node", name) for name in affected]
    return [(s.attribute, s.value, s.affected, s.nodes, s.others) for s in spreads_of(scene_of([nodes(**runtimes)]), entities)]


def test_what_only_the_affected_nodes_have_is_told() -> None:
    assert spread("ab", a="old", b="old", c="new") == [("runtime", "old", 2, 2, 1)]


def test_unaffected_nodes_with_the_same_value_are_counted() -> None:
    assert spread("ab", a="old", b="old", c="old", d="new") == [("runtime", "old", 2, 3, 1)]


def test_nothing_is_told_of_one_node_of_all_nodes_or_of_mixed_ones() -> None:
    assert spread("a", a="old", b="new") == []
    assert spread("ab", a="old", b="old") == []
    assert spread("ab", a="old", b="new", c="new") == []
