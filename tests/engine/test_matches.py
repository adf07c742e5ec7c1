"""Every mode is held against every line and row: on which entity, how often, since when, how surely."""

import pytest
from made import NOW, age, catalog, event, mode, part, scene, state, wall

from plegma.engine.matches import Match, matches_of
from plegma.engine.signatures import heard, passes
from plegma.knowledge.failure_mode import FailureMode, Signature, StateTest
from plegma.model.parts import Parsed


def found(one: FailureMode, *parts: Parsed) -> tuple[Match, ...]:
    return matches_of(scene(*parts), catalog([one]))


def test_a_line_that_the_pattern_finds_is_a_match_on_the_modes_entity() -> None:
    (match,) = found(mode("boom", "cause", "Node", "went boom"), part(event("it went boom", node="wk-7", pod="web-0")))
    assert (match.node, match.count, match.proof) == ("wk-7", 1, "shows")


def test_a_line_that_it_does_not_find_is_none() -> None:
    assert found(mode("boom", "cause", "Node", "went boom"), part(event("it went well"))) == ()


def test_matches_on_two_pods_are_two() -> None:
    lines = part(event("boom", pod="web-0", namespace="shop"), event("boom", line=2, pod="web-1", namespace="shop"))
    assert len(found(mode("boom", "cause", "Pod", "boom"), lines)) == 2


def test_matches_on_two_pods_of_a_node_are_one_of_the_node() -> None:
    lines = part(event("boom", pod="a", node="wk-7"), event("boom", line=2, pod="b", node="wk-7"))
    (match,) = found(mode("boom", "cause", "Node", "boom"), lines)
    assert match.count == 2


def test_a_series_counts_as_often_as_it_says_over_its_whole_time() -> None:
    line = event("boom", at=wall(NOW), first=wall("2025-03-01 08:00:00"), count=40, node="wk-7")
    (match,) = found(mode("boom", "cause", "Node", "boom"), part(line))
    assert match.count == 40
    assert match.first is not None
    assert match.last is not None
    assert (match.last.at - match.first.at).days == 1


def test_a_line_that_two_rules_see_counts_once() -> None:
    (match,) = found(mode("boom", "cause", "Node", "boom", "big boom"), part(event("big boom", node="wk-7")))
    assert (match.count, match.rules) == (1, 2)


def test_the_strongest_proof_of_all_rules_is_the_matchs() -> None:
    rules = (Signature("boom", proof="suggests"), Signature("big boom", proof="states"))
    (match,) = found(mode("boom", "cause", "Node", *rules), part(event("big boom")))
    assert match.proof == "states"


def test_less_often_than_the_rule_asks_is_no_finding() -> None:
    often = mode("boom", "cause", "Node", Signature("boom", at_least=3))
    assert found(often, part(event("boom", count=2, node="wk-7"))) == ()
    assert (
        len(
            found(
                often,
                part(event("boom", count=2, node="wk-7", at=wall(NOW)), event("boom", line=2, node="wk-7", at=wall("2025-03-02 08:01:00"))),
            )
        )
        == 1
    )


def test_often_enough_is_judged_for_each_entity() -> None:
    often = mode("boom", "cause", "Node", Signature("boom", at_least=3))
    assert found(often, part(event("boom", count=2, node="wk-7"), event("boom", line=2, count=2, node="wk-8"))) == ()


def test_a_reason_is_matched_whole_and_only_where_there_is_one() -> None:
    by_reason = mode("boom", "cause", "Pod", Signature("", reason="FailedSync"))
    assert len(found(by_reason, part(event("x", "k8s-event", reason="FailedSync")))) == 1
    assert found(by_reason, part(event("x", "k8s-event", reason="FailedSyncing"))) == ()
    assert found(by_reason, part(event("FailedSync"))) == ()


def test_named_groups_bind_entities() -> None:
    (match,) = found(mode("boom", "cause", "Node", r"sandbox (?P<sandbox_id>[0-9a-f]+) boom"), part(event("sandbox 4f6d boom")))
    assert match.bound == (("sandbox_id", "4f6d"),)


@pytest.mark.parametrize(
    ("component", "writer", "can"),
    [
        ("cni", "kubelet", True), ("cni", "containerd", True), ("cni", "k8s-event", True), ("cni", "kernel", False),
        ("runtime", "kubelet", True), ("kubelet", "containerd", False), ("kubelet", "k8s-event", True), ("kubelet", "k3s", True),
        ("kernel", "kubelet", False), ("kernel", "kernel", True), ("app", "kubelet", False), ("app", "pod-log", True),
        ("network", "calico-node", True), ("network", "kubelet", False), ("any", "pod-log", True), ("kubelet", "", True),
    ],
)  # fmt: skip
def test_what_a_lower_component_writes_is_quoted_by_the_higher_ones(component: str, writer: str, can: bool) -> None:
    assert heard(component, writer) is can


def test_what_an_application_says_is_not_what_the_kubelet_says() -> None:
    kubelets = mode("boom", "cause", "Node", Signature("boom", component="kubelet"))
    assert found(kubelets, part(event("boom", "pod-log"))) == ()


ROW: dict[str, str | int | float | bool] = {"restarts": 9, "status": "CrashLoopBackOff", "static": False}


@pytest.mark.parametrize(
    ("where", "passed"),
    [
        ({"restarts": ">=9"}, True), ({"restarts": ">9"}, False), ({"restarts": "<=9"}, True), ({"restarts": "<9"}, False),
        ({"status": "CrashLoop"}, True), ({"status": "^Crash$"}, False), ({"status": "!Running"}, True), ({"status": "!Crash"}, False),
        ({"static": "false"}, True), ({"status": ">=1"}, False), ({"ready": ">=0"}, False), ({"ready": "!x"}, False),
        ({"restarts": ">=5", "status": "Running"}, False), ({}, True),
    ],
)  # fmt: skip
def test_a_row_passes_when_every_part_of_the_test_holds_and_nothing_is_absent(where: dict[str, str], passed: bool) -> None:
    assert passes(StateTest("Pod", where), "Pod", ROW) is passed


def test_a_row_of_another_kind_never_passes() -> None:
    assert not passes(StateTest("Node", {}), "Pod", ROW)


def test_rows_show_a_mode() -> None:
    restarting = mode("restarting", "symptom", "Pod", states=(StateTest("Pod", {"restarts": ">=5"}),))
    (match,) = found(restarting, part(state("Pod", refs={"pod": "web-0"}, restarts=9), kind="kubectl-get-pods"))
    assert match.count == 1


def pods(*names: str, node: str = "wk-7") -> list[Parsed]:
    return [part(state("Pod", refs={"pod": name, "node": node}, status="Unknown"), artifact=name) for name in names]


def test_so_many_rows_as_the_test_asks_must_be_on_one_node() -> None:
    many = mode("many", "cause", "Node", states=(StateTest("Pod", {"status": "Unknown"}, at_least=3),))
    assert found(many, *pods("a", "b"), *pods("c", node="wk-8")) == ()
    assert len(found(many, *pods("a", "b", "c"))) == 1


def test_for_the_cluster_they_may_be_on_any_node() -> None:
    many = mode("many", "cause", "Cluster", states=(StateTest("Pod", {"status": "Unknown"}, at_least=3),))
    assert len(found(many, *pods("a", "b"), *pods("c", node="wk-8"))) == 1


def test_a_pods_condition_says_nothing_of_its_node() -> None:
    unready = mode("unready", "symptom", "Node", states=(StateTest("Condition", {"type": "^Ready$", "status": "False"}),))
    row = state("Condition", refs={"pod": "web-0", "node": "wk-7"}, type="Ready", status="False")
    assert found(unready, part(row)) == ()
    assert len(found(unready, part(state("Condition", refs={"node": "wk-7"}, type="Ready", status="False")))) == 1


def test_lines_without_a_pod_belong_to_the_only_pod_that_shows_the_same() -> None:
    lines = part(event("boom", pod="web-0", node="wk-7", at=age(9)), event("boom", line=2, node="wk-7", at=age(5)))
    (match,) = found(mode("boom", "cause", "Pod", "boom"), lines)
    assert match.count == 2
