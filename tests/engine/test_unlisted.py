"""A list of pods is never so complete that a fresh event of another pod means nothing."""

from made import causes, diagnosed, event, mode, part, state, wall

from plegma.knowledge.failure_mode import StateTest
from plegma.model.parts import Parsed

BOOM = mode("boom", "cause", "Pod", "went boom")
CRASHING = mode("crashing", "symptom", "Pod", states=(StateTest("Pod", {"status": "CrashLoop"}),))


def pods() -> Parsed:
    rows = [state("Pod", n, refs={"pod": f"web-{n}", "namespace": f"ns-{n}"}, status="Running", ready=1, containers=1) for n in (1, 2)]
    return part(*rows, artifact="pods.txt", kind="kubectl-get-pods", evidence=("pod-list",))


def boom(component: str) -> Parsed:
    of_another = event("it went boom", component, at=wall("2025-03-02 08:00:00"), pod="train", namespace="ns-3", reason="Failed")
    return part(of_another, event("the last word", line=2, at=wall("2025-03-02 08:00:05"), node="wk-7"))


def test_a_fresh_kubernetes_event_of_a_pod_that_the_list_does_not_hold_is_told() -> None:
    assert causes(diagnosed([BOOM, CRASHING], boom("k8s-event"), pods())) == ["boom"]


def test_a_log_line_of_such_a_pod_is_history() -> None:
    assert causes(diagnosed([BOOM, CRASHING], boom("kubelet"), pods())) == []
