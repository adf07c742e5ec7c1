"""How a pod's worker goes on when a call has ended: one table for success, one for failure."""

from collections.abc import Callable
from dataclasses import dataclass

from plegma.agent.back_offs import next_back_off
from plegma.agent.changes import changed
from plegma.agent.decisions import Call, WakeAfter
from plegma.agent.inputs import CallDone, SyncPod
from plegma.agent.kubelets import Kubelet, Step, event, retry, said, with_pod
from plegma.agent.pods import Exit, Phase, PodState
from plegma.agent.sandbox_changes import next_attempt

Handler = Callable[[Kubelet, PodState, CallDone, float], Step]


def call_done(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    """TRANSITIONS says where the worker goes on; KeyError for an operation that the table lacks."""
    transition = TRANSITIONS[done.op]
    pod = changed(pod, phase=Phase.idle)
    return (transition.failed if done.error else transition.succeeded)(with_pod(kubelet, pod), pod, done, now)


def _sync_on(kubelet: Kubelet, pod: PodState) -> Step:
    return with_pod(kubelet, pod), [WakeAfter(0, 0, SyncPod(pod.spec.uid))]


def _mounted(kubelet: Kubelet, pod: PodState, _done: CallDone, _now: float) -> Step:
    return _sync_on(kubelet, changed(pod, mounted=True))


def _mount_failed(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    reason = done.reason or "FailedMount"
    kubelet, out = event(kubelet, pod, now, reason, "FailedMount", True, pod.times, error=done.error)
    back = next_back_off(pod.mount, now, kubelet.profile.seconds("mount_back_off"), kubelet.profile.seconds("mount_back_off_max"))
    steady = back.wait == pod.mount.wait
    wake = WakeAfter(back.wait, back.wait, SyncPod(pod.spec.uid), steady)
    return with_pod(kubelet, changed(pod, mount=back)), [*out, said(pod, "mount-failed", error=done.error, delay=f"{back.wait:g}"), wake]


def _sandbox_stopped(kubelet: Kubelet, pod: PodState, _done: CallDone, _now: float) -> Step:
    call = Call(pod.spec.uid, "RunPodSandbox", next_attempt(pod.status), pod.times)
    return with_pod(kubelet, changed(pod, phase=Phase.sandbox)), [call]


def _kill_failed(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "FailedKillPod", "FailedKillPod", True, pod.times, error=done.error)
    sandbox = pod.status.sandboxes[0].id if pod.status.sandboxes else ""
    values = {"error": done.error, "sandbox": sandbox, "during": "error killing terminating pod: " if pod.deleted else ""}
    lines = [said(pod, what, **values) for what in ("stop-sandbox-failed", "kill-failed")]
    return kubelet, [*out, *lines, retry(kubelet, pod)]


def _killed(kubelet: Kubelet, pod: PodState, _done: CallDone, _now: float) -> Step:
    return _sync_on(kubelet, changed(pod, killed=True))


def _container_stopped(kubelet: Kubelet, pod: PodState, _done: CallDone, _now: float) -> Step:
    return with_pod(kubelet, changed(pod, unhealthy=False)), []


def _sandbox_made(kubelet: Kubelet, pod: PodState, _done: CallDone, _now: float) -> Step:
    """The sync goes on with it at once; the relist that finds it is news that wait until the worker is done."""
    return with_pod(kubelet, changed(pod, pending=True)), []


def _sandbox_failed(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "FailedCreatePodSandBox", "FailedSandbox", True, pod.times, error=done.error)
    return kubelet, [*out, said(pod, "sandbox-failed", error=done.error), retry(kubelet, pod)]


def _pulled(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    took, _, size = done.detail.partition(" ")
    if took:
        kubelet, first = event(kubelet, pod, now, "Pulling", "Pulling")
        kubelet, out = event(kubelet, pod, now, "Pulled", "PulledNow", took=took, size=size)
        out = [*first, *out]
    else:
        kubelet, out = event(kubelet, pod, now, "Pulled", "Pulled")
    pod = changed(pod, pulled=True, phase=Phase.creating)
    return with_pod(kubelet, pod), [*out, Call(pod.spec.uid, "CreateContainer", pod.attempt, pod.times)]


def _pull_failed(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    kubelet, tried = event(kubelet, pod, now, "Pulling", "Pulling", times=pod.times)
    kubelet, out = event(kubelet, pod, now, "Failed", "FailedPull", True, pod.times, error=done.error)
    reason = done.reason or "ErrImagePull"
    kubelet, more = event(kubelet, pod, now, "Failed", "FailedCreate", True, pod.times, error=reason)
    back = next_back_off(pod.pull, now, kubelet.profile.seconds("pull_back_off"), kubelet.profile.seconds("pull_back_off_max"))
    pod = changed(pod, pull=back, waiting=(reason, done.error), pull_error=f"{reason}: {done.error}")
    return with_pod(kubelet, pod), [*tried, *out, *more, said(pod, "pull-failed", error=done.error), retry(kubelet, pod, False)]


def _created(kubelet: Kubelet, pod: PodState, _done: CallDone, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "Created", "Created", times=pod.times)
    pod = changed(pod, phase=Phase.starting)
    return with_pod(kubelet, pod), [*out, Call(pod.spec.uid, "StartContainer", pod.attempt, pod.times)]


def _create_failed(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "Failed", "FailedCreate", True, pod.times, error=done.error)
    reason = done.reason or "CreateContainerError"
    pod = changed(pod, waiting=(reason, done.error))
    return with_pod(kubelet, pod), [*out, said(pod, "create-failed", error=done.error, reason=reason), retry(kubelet, pod)]


def _started(kubelet: Kubelet, pod: PodState, _done: CallDone, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "Started", "Started")
    pod = changed(pod, waiting=("", ""), attempt=pod.attempt + 1, restarts=pod.attempt, probe_failures=0, ready=pod.spec.readiness is None)
    return with_pod(kubelet, pod), out


def _start_failed(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "Failed", "FailedStart", True, pod.times, error=done.error)
    ended = Exit(128, kubelet.profile.start_error, now, now, done.detail or done.error)
    waiting = ("RunContainerError", done.error)
    pod = changed(pod, last_exit=ended, attempt=pod.attempt + 1, restarts=pod.attempt, waiting=waiting, ready=False)
    return with_pod(kubelet, pod), [*out, said(pod, "start-failed", error=done.error), retry(kubelet, pod, False)]


@dataclass(frozen=True, slots=True)
class Transition:
    """Where a call leads: during it the worker stands in `phase`; `then` and `after_failure` say in words what the functions do."""

    phase: Phase
    succeeded: Handler
    then: str
    failed: Handler
    after_failure: str
    source: str


_RETRY = "again after 10 to 15 s"
TRANSITIONS: dict[str, Transition] = {
    "MountVolumes": Transition(
        Phase.mounting, _mounted, "SyncPod", _mount_failed, "FailedMount, again after a back-off from 500 ms to 2 m 2 s",
        "pkg/kubelet/volumemanager, util/goroutinemap/exponentialbackoff",
    ),
    "StopPodSandbox": Transition(
        Phase.stopping, _sandbox_stopped, "RunPodSandbox", _kill_failed, f"FailedKillPod, {_RETRY}",
        "pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod step 2",
    ),
    "RunPodSandbox": Transition(
        Phase.sandbox, _sandbox_made, "a relist shows it", _sandbox_failed, f"FailedCreatePodSandBox, {_RETRY}",
        "pkg/kubelet/kuberuntime/kuberuntime_sandbox.go createPodSandbox",
    ),
    "PullImage": Transition(
        Phase.pulling, _pulled, "CreateContainer", _pull_failed, "ErrImagePull, again after a back-off from 10 s to 5 m",
        "pkg/kubelet/images/image_manager.go EnsureImageExists",
    ),
    "CreateContainer": Transition(
        Phase.creating, _created, "StartContainer", _create_failed, f"Failed, {_RETRY}",
        "pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer",
    ),
    "StartContainer": Transition(
        Phase.starting, _started, "a relist shows it", _start_failed, "Failed, the container counts as ended: back-off",
        "pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer",
    ),
    "StopContainer": Transition(
        Phase.stopping_container, _container_stopped, "a relist shows its end", _kill_failed, f"FailedKillPod, {_RETRY}",
        "pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer",
    ),
    "KillPod": Transition(
        Phase.killing, _killed, "SyncPod", _kill_failed, f"FailedKillPod, {_RETRY}",
        "pkg/kubelet/kuberuntime/kuberuntime_manager.go killPodWithSyncResult",
    ),
}  # fmt: skip
"""One row for each call; diagrams are drawn from it."""
