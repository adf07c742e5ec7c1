import pytest

from plegma.agent.decisions import Call, Log, Post, PostNode, WakeAfter
from plegma.agent.inputs import CallDone, ListBlocked, LoopTurn, PodAdded, Probed, RuntimePolled, StatusRead, StatusTick, SyncPod
from plegma.agent.kubelets import Kubelet
from plegma.agent.machine import step
from plegma.agent.pods import Container, Exit, PodSpec, Probe, RuntimeStatus, Sandbox
from plegma.agent.profiles import PROFILES

SPEC = PodSpec("u1", "shop", "web-1", "web", "registry.example/web:1", liveness=Probe("Liveness"))
SANDBOX = Sandbox("a" * 64, True, 0, "10.0.0.2")


def playing(*inputs, profile="v1.36", start=0.0):
    kubelet, out = Kubelet("n1", PROFILES[profile]), []
    for number, given in enumerate((ListBlocked(False), RuntimePolled(), *inputs)):
        kubelet, out = step(kubelet, given, start + number)
    return kubelet, out


def calls(out):
    return [d.op for d in out if isinstance(d, Call)]


def reasons(out):
    return [d.series.happening.reason for d in out if isinstance(d, Post)]


def test_a_pod_starts_with_its_volumes_then_its_sandbox_image_and_container():
    seen = []
    kubelet, out = playing(PodAdded(SPEC), SyncPod("u1"))
    for given in (
        CallDone("u1", "MountVolumes"),
        SyncPod("u1"),
        StatusRead("u1", RuntimeStatus((SANDBOX,))),
        CallDone("u1", "RunPodSandbox"),
        SyncPod("u1"),
        CallDone("u1", "PullImage"),
        CallDone("u1", "CreateContainer"),
        CallDone("u1", "StartContainer"),
    ):
        seen += calls(out)
        kubelet, out = step(kubelet, given, 10)
    assert seen == ["MountVolumes", "RunPodSandbox", "PullImage", "CreateContainer", "StartContainer"]
    assert reasons(out) == ["Started"]


def test_a_failed_sandbox_is_tried_again_after_ten_to_fifteen_seconds():
    _, out = playing(PodAdded(SPEC), CallDone("u1", "RunPodSandbox", "no network"))
    wake = next(d for d in out if isinstance(d, WakeAfter))
    assert (wake.low, wake.high, wake.repeats) == (10, 15, True)
    assert reasons(out) == ["FailedCreatePodSandBox"]


def test_a_status_that_cannot_be_read_fails_the_sync_and_calls_nothing():
    _, out = playing(PodAdded(SPEC), StatusRead("u1", None, "timed out"), SyncPod("u1"), profile="v1.12")
    assert calls(out) == []
    assert [d.series.happening.message for d in out if isinstance(d, Post)] == ["error determining status: timed out"]


def test_a_container_that_ended_waits_for_its_back_off():
    kubelet, _ = playing(PodAdded(SPEC), CallDone("u1", "MountVolumes"), CallDone("u1", "PullImage"), CallDone("u1", "StartContainer"))
    ended = RuntimeStatus((SANDBOX,), Container("c", 0, 5, False, Exit(1, "Error", 5, 8)))
    kubelet, _ = step(kubelet, StatusRead("u1", ended), 9)
    kubelet, out = step(kubelet, CallDone("u1", "StartContainer"), 9)
    kubelet, out = step(kubelet, SyncPod("u1"), 9)
    assert calls(out) == ["CreateContainer"]
    kubelet, _ = step(kubelet, CallDone("u1", "StartContainer"), 9)
    kubelet, out = step(kubelet, SyncPod("u1"), 10)
    assert calls(out) == []
    assert reasons(out) == ["BackOff"]
    assert kubelet.pods["u1"].waiting[0] == "CrashLoopBackOff"


def test_three_failed_liveness_probes_let_the_next_sync_stop_the_container():
    failed = Probed("u1", "Liveness", False, "no answer")
    running = RuntimeStatus((SANDBOX,), Container("c", 0, 5, True))
    kubelet, out = playing(PodAdded(SPEC), CallDone("u1", "MountVolumes"), StatusRead("u1", running), failed, failed, failed)
    assert reasons(out) == ["Unhealthy"]
    assert calls(out) == []
    _, out = step(kubelet, SyncPod("u1"), 20)
    assert calls(out) == ["StopContainer"]
    assert reasons(out) == ["Killing"]


def test_a_runtime_that_was_silent_for_thirty_seconds_makes_the_node_not_ready_and_stops_the_sync():
    kubelet, _ = playing(PodAdded(SPEC), StatusTick())
    kubelet, _ = step(kubelet, RuntimePolled("refused"), 20)
    _, out = step(kubelet, StatusTick(), 25)
    assert [d for d in out if isinstance(d, PostNode)] == []
    kubelet, out = step(kubelet, StatusTick(), 35)
    assert [d.message for d in out if isinstance(d, PostNode)] == ["container runtime is down"]
    _, out = step(kubelet, SyncPod("u1"), 36)
    assert calls(out) == []
    _, out = step(kubelet, LoopTurn(3.2), 36)
    assert [(d.what, d.values["error"]) for d in out if isinstance(d, Log)] == [("skipping", "container runtime is down")]
    assert [(d.low, d.input) for d in out if isinstance(d, WakeAfter)] == [(3.2, LoopTurn(5))]


def test_a_sync_loop_with_nothing_wrong_says_nothing():
    _, out = playing(LoopTurn(0.1))
    assert out == []


@pytest.mark.parametrize(
    ("profile", "skipped", "message"),
    [
        ("v1.12", "[container runtime is down PLEG is not healthy: ", "container runtime is down,PLEG is not healthy: "),
        ("v1.36", "[container runtime is down, PLEG is not healthy: ", "[container runtime is down, PLEG is not healthy: "),
    ],
)
def test_two_troubles_are_put_together_as_the_version_does(profile, skipped, message):
    kubelet, _ = playing(ListBlocked(True), RuntimePolled("timed out"), profile=profile)
    _, out = step(kubelet, LoopTurn(0.1), 300)
    assert next(d for d in out if isinstance(d, Log)).values["error"].startswith(skipped)
    _, out = step(kubelet, StatusTick(), 300)
    assert next(d for d in out if isinstance(d, PostNode)).message.startswith(message)


def test_news_that_come_while_a_pull_runs_are_looked_at_when_it_has_failed():
    kubelet, _ = playing(PodAdded(SPEC), CallDone("u1", "MountVolumes"), StatusRead("u1", RuntimeStatus((SANDBOX,))), SyncPod("u1"))
    kubelet, out = step(kubelet, SyncPod("u1"), 20)
    assert calls(out) == []
    _, out = step(kubelet, CallDone("u1", "PullImage", "not found"), 21)
    assert [(d.low, d.high) for d in out if isinstance(d, WakeAfter)] == [(10, 15), (0, 1)]


def test_a_pod_whose_sandbox_died_under_a_running_container_is_killed_before_it_is_made_anew():
    dead = RuntimeStatus((Sandbox("a" * 64, False, 0, "10.0.0.2"),), Container("c", 0, 5, True))
    _, out = playing(PodAdded(SPEC), CallDone("u1", "MountVolumes"), StatusRead("u1", dead), SyncPod("u1"))
    assert reasons(out) == ["SandboxChanged", "Killing"]
    assert calls(out) == ["StopPodSandbox"]


@pytest.mark.parametrize(("profile", "wait"), [("v1.12", (10, 15)), ("v1.36", (8, 12))])
def test_a_pod_in_back_off_is_looked_at_again_when_the_version_does(profile, wait):
    kubelet, _ = playing(PodAdded(SPEC), CallDone("u1", "MountVolumes"), CallDone("u1", "PullImage"), profile=profile)
    kubelet, _ = step(kubelet, CallDone("u1", "StartContainer"), 5)
    for at in (8, 10):
        ended = RuntimeStatus((SANDBOX,), Container(f"c{at}", 0, at, False, Exit(1, "Error", at, at)))
        kubelet, _ = step(kubelet, StatusRead("u1", ended), at)
        kubelet, out = step(kubelet, SyncPod("u1"), at)
        if calls(out):
            kubelet, _ = step(kubelet, CallDone("u1", "StartContainer"), at)
    _, out = step(kubelet, SyncPod("u1"), 12)
    assert [(d.low, d.high) for d in out if isinstance(d, WakeAfter)] == [wait]


def test_the_state_that_went_in_is_not_changed():
    kubelet, _ = playing(PodAdded(SPEC))
    before = dict(kubelet.pods)
    step(kubelet, CallDone("u1", "MountVolumes"), 50)
    assert kubelet.pods == before


def test_a_profile_with_other_constants_waits_otherwise():
    hurried = PROFILES["v1.36"].timed({"retry_low": 1, "retry_high": 2, "relist_threshold": 6})
    kubelet, _ = step(Kubelet("n1", hurried), ListBlocked(False), 0)
    kubelet, _ = step(kubelet, PodAdded(SPEC), 0)
    kubelet, out = step(kubelet, CallDone("u1", "RunPodSandbox", "no network"), 1)
    assert [(d.low, d.high) for d in out if isinstance(d, WakeAfter)] == [(1, 2)]
    kubelet, _ = step(kubelet, ListBlocked(True), 1)
    _, out = step(kubelet, StatusTick(), 9)
    assert [d.message for d in out if isinstance(d, PostNode)] == ["PLEG is not healthy: pleg was last seen active 8s ago; threshold is 6s"]


def test_a_constant_that_nobody_reads_is_refused():
    with pytest.raises(KeyError):
        PROFILES["v1.36"].timed({"relist_treshold": 6})


def test_a_container_that_outlived_its_sandbox_is_killed_with_an_event_before_the_sandbox_is_made_anew():
    dead = RuntimeStatus((Sandbox("a" * 64, False, 0, "10.0.0.2"),), Container("c", 0, 5, True))
    _, out = playing(PodAdded(SPEC), CallDone("u1", "MountVolumes"), StatusRead("u1", dead), SyncPod("u1"))
    assert reasons(out) == ["SandboxChanged", "Killing"]
    assert calls(out) == ["StopPodSandbox"]
