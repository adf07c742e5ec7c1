"""Pods in the same situation are walked once, and none is told what only another one's walk found."""

from made import NOW, catalog, event, link, mode, part, scene, wall

from plegma.engine.causality import Candidate, Graph
from plegma.engine.matches import matches_of
from plegma.knowledge.failure_mode import FailureMode
from plegma.model.observations import Event
from plegma.model.parts import Parsed

STARTING = mode("start-failing", "mechanism", "Pod", "cannot start", leads_to=(link("crashing", "pod"),))
CRASHING = mode("crashing", "symptom", "Pod", "is crashing")
BAD_IMAGE = mode("bad-image", "cause", "Pod", "exec format error", leads_to=(link("start-failing", "pod"), link("node-sick")))
NODE_SICK = mode("node-sick", "symptom", "Node", "node is sick")
FULL = mode("disk-full", "cause", "Node", "no space left", leads_to=(link("start-failing"),))
MODES = [STARTING, CRASHING, BAD_IMAGE, NODE_SICK, FULL]
LATER = "2025-03-02 12:00:00"


def said(*texts: str, pod: str, node: str = "n1", at: str = NOW) -> list[Event]:
    return [event(text, pod=pod, namespace="shop", node=node, at=wall(at)) for text in texts]


def lines(*groups: list[Event]) -> Parsed:
    events = [seen for group in groups for seen in group]
    return part(*(event(e.message, line=n, at=e.at, **e.refs) for n, e in enumerate(events, 1)))


def of_mode(id_: str, modes: list[FailureMode], *parts: Parsed) -> dict[str, Candidate]:
    known = catalog(modes)
    found = Graph(known, matches_of(scene(*parts), known)).candidates()
    return {c.place.pod.removeprefix("name/shop/") or c.place.node: c for c in found if c.mode.id == id_}


def told(candidate: Candidate) -> list[tuple[str, str, float, int]]:
    return [(m.mode.id, m.pod, r.weight, r.depth) for r in candidate.reaches if r.crowd for m in r.crowd.matches]


def test_pods_in_the_same_situation_explain_each_its_own() -> None:
    pods = [f"web-{n}" for n in range(5)]
    found = of_mode("bad-image", MODES, lines(*(said("exec format error", "cannot start", "is crashing", pod=p) for p in pods)))
    for pod in pods:
        (alone,) = of_mode("bad-image", MODES, lines(said("exec format error", "cannot start", "is crashing", pod=pod))).values()
        assert told(found[pod]) == told(alone)


def test_a_pod_on_a_node_that_shows_more_goes_its_own_way() -> None:
    sick = [event("node is sick", node="n2", at=wall(NOW))]
    groups = (said("exec format error", "cannot start", pod=pod, node=node) for pod, node in (("a", "n1"), ("b", "n1"), ("c", "n2")))
    found = of_mode("bad-image", MODES, lines(*groups, sick))
    assert [m.mode.id for m in found["b"].explained] == ["start-failing"]
    assert [m.mode.id for m in found["c"].explained] == ["node-sick", "start-failing"]


def test_a_pod_whose_times_tell_otherwise_goes_its_own_way() -> None:
    early, late = said("cannot start", pod="b"), said("exec format error", pod="b", at=LATER)
    found = of_mode("bad-image", MODES, lines(said("exec format error", "cannot start", pod="a"), early, late))
    assert [m.mode.id for m in found["a"].explained] == ["start-failing"]
    assert found["b"].explained == ()


def test_the_pods_of_a_node_are_one_step_and_what_follows_is_of_each() -> None:
    groups = (said("cannot start", "is crashing", pod=pod, node=node) for pod, node in (("a", "n1"), ("b", "n1"), ("c", "n2")))
    (full,) = of_mode("disk-full", MODES, lines(*groups, [event("no space left", node="n1", at=wall(NOW))])).values()
    assert [(r.mode.id, len(r.crowd.matches) if r.crowd else 0) for r in full.reaches] == [("start-failing", 2), ("crashing", 2)]
    assert {m.pod for m in full.explained} == {"name/shop/a", "name/shop/b"}


def test_of_the_pods_of_a_node_only_those_are_reached_that_were_in_trouble_after_the_cause_began() -> None:
    before, after = said("cannot start", pod="a"), said("cannot start", pod="b", at=LATER)
    (full,) = of_mode("disk-full", MODES, lines(before, after, [event("no space left", node="n1", at=wall(LATER))])).values()
    assert [m.pod for m in full.explained] == ["name/shop/b"]
