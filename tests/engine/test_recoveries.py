"""Logs remember yesterday's faults; a diagnosis is about now, unless nothing is wrong now."""

import pytest
from made import HOUR, MINUTE, NOW, age, causes, diagnosed, event, link, mode, part, state, wall

from plegma.knowledge.failure_mode import StateTest
from plegma.model.observations import Event, State
from plegma.model.parts import Parsed

BOOM = mode("boom", "cause", "Pod", "went boom", leads_to=(link("crashing", "pod"),))
CRASHING = mode("crashing", "symptom", "Pod", states=(StateTest("Pod", {"status": "CrashLoop"}),))
PLEG = mode("pleg-late", "cause", "Node", "PLEG is not healthy", leads_to=(link("node-not-ready", strength=0.9),))
NOT_READY = mode("node-not-ready", "symptom", "Node", "status is now: NodeNotReady")
EARLIER, JUST_NOW = "2025-03-02 07:00:00", "2025-03-02 07:59:50"


def pod_list(**status: str) -> Parsed:
    """A list over two namespaces: complete."""
    rows = [state("Pod", n, refs={"pod": pod.replace("_", "-"), "namespace": f"ns-{n}"}, status=s, ready=int(s == "Running"), containers=1)
            for n, (pod, s) in enumerate(status.items(), 1)]  # fmt: skip
    return part(*rows, artifact="pods.txt", kind="kubectl-get-pods", evidence=("pod-list",))


def boom(at: str, pod: str = "web", namespace: str = "ns-1") -> Event:
    return event("it went boom", at=wall(at), pod=pod, namespace=namespace, node="wk-7")


NOW_LINE = event("all is well", line=9, at=wall(NOW), node="wk-7")
STILL_BAD = event("went boom too", line=8, at=wall(NOW), pod="db", namespace="ns-2", node="wk-7")


def seen(*parts: Parsed) -> list[str]:
    found = diagnosed([BOOM, CRASHING, PLEG, NOT_READY], *parts)
    return sorted(e.name for h in found.hypotheses for e in h.affected)


def test_a_pod_that_runs_and_was_silent_longer_than_any_back_off_is_well_again() -> None:
    assert seen(part(boom(EARLIER), STILL_BAD), pod_list(web="Running", db="CrashLoopBackOff")) == ["db"]


def test_a_pod_that_runs_but_spoke_just_now_is_not_over() -> None:
    assert seen(part(boom(JUST_NOW), STILL_BAD), pod_list(web="Running", db="CrashLoopBackOff")) == ["db", "web"]


def test_a_pod_that_still_crashes_is_not_over_however_long_it_was_silent() -> None:
    assert seen(part(boom(EARLIER), NOW_LINE), pod_list(web="CrashLoopBackOff", db="Running")) == ["web"]


def test_a_pod_that_a_complete_list_no_longer_holds_is_history() -> None:
    assert seen(part(boom(JUST_NOW, "gone", "ns-3"), STILL_BAD), pod_list(web="Running", db="CrashLoopBackOff")) == ["db"]


def test_a_list_of_one_namespace_says_nothing_of_other_pods() -> None:
    rows = part(
        state("Pod", refs={"pod": "web", "namespace": "ns-1"}, status="Running", ready=1, containers=1),
        kind="kubectl-get-pods",
        evidence=("pod-list",),
    )
    assert seen(part(boom(JUST_NOW, "gone", "ns-3"), STILL_BAD), rows) == ["db", "gone"]


def test_when_everything_is_over_nothing_is_left() -> None:
    assert seen(part(boom(EARLIER), NOW_LINE), pod_list(web="Running", db="Running")) == []


def test_a_container_that_started_after_the_line_has_got_over_it() -> None:
    started = part(
        state("Container", refs={"pod": "web", "namespace": "ns-1"}, state="Running", started="2025-03-02T07:58:00+00:00"), artifact="c.txt"
    )
    assert seen(part(boom("2025-03-02 07:57:00"), STILL_BAD), started, pod_list(web="Running", db="CrashLoopBackOff")) == ["db"]


def condition(status: str) -> State:
    return state("Condition", 1, refs={"node": "wk-7"}, type="Ready", status=status)


def ready_since(at: str) -> Parsed:
    return part(
        condition("True"),
        event("kubelet is posting ready status", "status", line=2, reason="KubeletReady", at=wall(at), node="wk-7"),
        artifact="node.txt",
    )


def late(at: str) -> Event:
    return event("PLEG is not healthy", at=wall(at), node="wk-7")


def node_causes(*parts: Parsed) -> list[str]:
    return causes(diagnosed([BOOM, CRASHING, PLEG, NOT_READY], *parts))


def test_a_nodes_trouble_from_before_it_became_ready_is_over() -> None:
    assert node_causes(part(late(EARLIER), STILL_BAD), ready_since("2025-03-02 07:30:00")) == ["boom"]


def test_a_nodes_trouble_since_then_is_not_over() -> None:
    assert sorted(node_causes(part(late(JUST_NOW), STILL_BAD), ready_since("2025-03-02 07:30:00"))) == ["boom", "pleg-late"]


def test_a_node_that_is_not_ready_is_not_over_it() -> None:
    unready = part(condition("False"), artifact="node.txt")
    assert "pleg-late" in node_causes(part(late(EARLIER), STILL_BAD), unready)


def test_a_row_is_how_things_stand_and_never_over() -> None:
    found = diagnosed([BOOM, CRASHING], pod_list(web="CrashLoopBackOff", db="Running"), part(NOW_LINE))
    assert [s.mode for s in found.symptoms] == ["crashing"]


def test_what_is_over_speaks_against_nothing() -> None:
    """Nothing that a list shows as well again may lower a cause that goes on."""
    found = diagnosed([BOOM, CRASHING], part(boom(EARLIER), STILL_BAD), pod_list(web="Running", db="CrashLoopBackOff"))
    assert found.hypotheses[0].against == ()


def log_of_a_node_that_came_back(*more: Event) -> Parsed:
    return part(
        event("PLEG is not healthy: pleg was last seen active 4m", line=1, at=wall("2025-03-02 06:59:10"), node="wk-7"),
        event("Recording event message for node NodeNotReady", line=2, at=wall("2025-03-02 06:59:20"), reason="NodeNotReady", node="wk-7"),
        event("Recording event message for node NodeReady", line=3, at=wall("2025-03-02 06:59:40"), reason="NodeReady", node="wk-7"),
        NOW_LINE,
        *more,
    )


@pytest.mark.parametrize("text", ['"Recording event message for node" node="wk-7" event="{}"', "Recording {} event message for node wk-7"])
def test_the_kubelets_own_record_of_an_event_tells_that_its_node_came_back(text: str) -> None:
    lost = event(text.format("NodeNotReady"), line=2, at=wall("2025-03-02 06:59:20"), node="wk-7")
    back = event(text.format("NodeReady"), line=3, at=wall("2025-03-02 06:59:40"), node="wk-7")
    assert seen(part(late("2025-03-02 06:59:10"), back, NOW_LINE)) == []
    assert (
        seen(part(late("2025-03-02 06:59:10"), back, NOW_LINE), part(event(text.format("NodeNotReady"), at=wall(NOW), node="wk-7"))) != []
    )
    assert seen(part(late("2025-03-02 06:59:10"), lost, NOW_LINE)) != []


def events_of_one_minute() -> Parsed:
    return part(
        event(
            "Node wk-7 status is now: NodeNotReady", "k8s-event", 1, at=age(HOUR, MINUTE), reason="NodeNotReady", artifact="d", node="wk-7"
        ),
        event("Node wk-7 status is now: NodeReady", "k8s-event", 2, at=age(HOUR, MINUTE), reason="NodeReady", artifact="d", node="wk-7"),
        artifact="d",
    )


def ready_row(status: str) -> Parsed:
    return part(state("Condition", type="Ready", status=status, refs={"node": "wk-7"}), artifact="c")


def test_a_log_orders_what_ages_cut_to_minutes_leave_open():
    assert seen(log_of_a_node_that_came_back(), events_of_one_minute()) == []


def test_the_present_condition_decides_where_all_ages_are_cut_to_the_same_minute():
    pleg = part(event("PLEG is not healthy: pleg was last seen active 4m", line=1, at=wall("2025-03-02 06:58:00"), node="wk-7"), NOW_LINE)
    assert seen(pleg, events_of_one_minute(), ready_row("True")) == []
    assert seen(pleg, events_of_one_minute(), ready_row("False")) == ["wk-7"]


NO_ROOM = mode("no-room", "cause", "Pod", "no room", leads_to=(link("crashing", "pod"),))
REPLACED = mode("replaced", "cause", "Pod", "sandbox changed", leads_to=(link("crashing", "pod"),))


def told_of(reason: str, text: str, minutes: float) -> Event:
    return event(text, "k8s-event", reason=reason, at=age(minutes * MINUTE, MINUTE), pod="web", namespace="ns-1", node="wk-7")


def test_a_pod_that_found_its_node_is_past_all_looking_for_one() -> None:
    looked, found = told_of("FailedScheduling", "no room", 54), told_of("Scheduled", "assigned ns-1/web to wk-7", 54)
    assert causes(diagnosed([NO_ROOM, BOOM, CRASHING], part(looked, found, boom(JUST_NOW)))) == ["boom"]


def test_a_pod_of_the_same_name_that_looks_for_a_node_again_is_not() -> None:
    again, found = told_of("FailedScheduling", "no room", 2), told_of("Scheduled", "assigned ns-1/web to wk-7", 54)
    assert causes(diagnosed([NO_ROOM, BOOM, CRASHING], part(again, found))) == ["no-room"]


def web_row(status: str) -> Parsed:
    row = state("Pod", refs={"pod": "web", "namespace": "ns-1"}, status=status, ready=int(status == "Running"), containers=1)
    return part(row, artifact="row.txt")


def test_a_well_pod_is_past_the_sandbox_that_was_replaced_before_its_containers_started() -> None:
    lines = part(told_of("SandboxChanged", "sandbox changed", 9), told_of("Started", "Started container web", 7), NOW_LINE)
    assert causes(diagnosed([REPLACED, CRASHING], lines, web_row("Running"))) == []
    assert causes(diagnosed([REPLACED, CRASHING], lines, web_row("CrashLoopBackOff"))) == ["replaced"]


UNPULLED = mode("image-pull-back-off", "cause", "Pod", "Failed to pull image", leads_to=(link("crashing", "pod"),))


def listed_container(status: str, minutes: float) -> Parsed:
    row = state("RuntimeContainer", refs={"pod": "web", "namespace": "ns-1"}, state=status, at=age(minutes * MINUTE, 6 * MINUTE))
    return part(row, artifact="docker-ps.txt")


def test_a_pod_whose_container_the_runtime_lists_as_up_is_past_its_pulls() -> None:
    failed = told_of("Failed", "Failed to pull image: connection refused", 28)
    assert causes(diagnosed([UNPULLED, CRASHING], part(failed), listed_container("Up", 26))) == []


def test_a_container_that_has_exited_or_started_before_is_past_nothing() -> None:
    failed = told_of("Failed", "Failed to pull image: connection refused", 28)
    assert causes(diagnosed([UNPULLED, CRASHING], part(failed), listed_container("Exited", 26))) == ["image-pull-back-off"]
    assert causes(diagnosed([UNPULLED, CRASHING], part(failed), listed_container("Up", 40))) == ["image-pull-back-off"]
