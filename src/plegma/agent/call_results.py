"""How a pod's worker goes on when a call has ended: one table for success, one for failure."""

from collections.abc import Callable
from dataclasses import replace

from plegma.agent.back_offs import next_back_off
from plegma.agent.decisions import Call, WakeAfter
from plegma.agent.inputs import CallDone, SyncPod
from plegma.agent.kubelets import Kubelet, Step, event, retry, said, with_pod
from plegma.agent.pods import Exit, Phase, PodState
from plegma.agent.sandbox_changes import next_attempt

Handler = Callable[[Kubelet, PodState, CallDone, float], Step]


def call_done(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    """TRANSITIONS says where the worker goes on; KeyError for an operation that the table lacks."""
    succeeded, failed = TRANSITIONS[done.op]
    pod = replace(pod, phase=Phase.idle)
    return (failed if done.error else succeeded)(with_pod(kubelet, pod), pod, done, now)


def _sync_on(kubelet: Kubelet, pod: PodState) -> Step:
    return with_pod(kubelet, pod), [WakeAfter(0, 0, SyncPod(pod.spec.uid))]


def _mounted(kubelet: Kubelet, pod: PodState, _done: CallDone, _now: float) -> Step:
    return _sync_on(kubelet, replace(pod, mounted=True))


def _mount_failed(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    reason = done.reason or "FailedMount"
    kubelet, out = event(kubelet, pod, now, reason, "FailedMount", True, pod.times, error=done.error)
    back = next_back_off(pod.mount, now, kubelet.profile.seconds("mount_back_off"), kubelet.profile.seconds("mount_back_off_max"))
    steady = back.wait == pod.mount.wait
    wake = WakeAfter(back.wait, back.wait, SyncPod(pod.spec.uid), steady)
    return with_pod(kubelet, replace(pod, mount=back)), [*out, said(pod, "mount-failed", error=done.error), wake]


def _sandbox_stopped(kubelet: Kubelet, pod: PodState, _done: CallDone, _now: float) -> Step:
    call = Call(pod.spec.uid, "RunPodSandbox", next_attempt(pod.status), pod.times)
    return with_pod(kubelet, replace(pod, phase=Phase.sandbox)), [call]


def _kill_failed(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "FailedKillPod", "FailedKillPod", True, pod.times, error=done.error)
    lines = [said(pod, what, error=done.error) for what in ("stop-sandbox-failed", "kill-failed")]
    return kubelet, [*out, *lines, retry(kubelet, pod)]


def _killed(kubelet: Kubelet, pod: PodState, _done: CallDone, _now: float) -> Step:
    return _sync_on(kubelet, pod) if pod.deleted else (kubelet, [])


def _sandbox_made(kubelet: Kubelet, _pod: PodState, _done: CallDone, _now: float) -> Step:
    return kubelet, []


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
    pod = replace(pod, pulled=True, phase=Phase.creating)
    return with_pod(kubelet, pod), [*out, Call(pod.spec.uid, "CreateContainer", pod.attempt, pod.times)]


def _pull_failed(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    kubelet, tried = event(kubelet, pod, now, "Pulling", "Pulling", times=pod.times)
    kubelet, out = event(kubelet, pod, now, "Failed", "FailedPull", True, pod.times, error=done.error)
    reason = done.reason or "ErrImagePull"
    kubelet, more = event(kubelet, pod, now, "Failed", "FailedCreate", True, pod.times, error=reason)
    back = next_back_off(pod.pull, now, kubelet.profile.seconds("pull_back_off"), kubelet.profile.seconds("pull_back_off_max"))
    pod = replace(pod, pull=back, waiting=(reason, done.error))
    return with_pod(kubelet, pod), [*tried, *out, *more, said(pod, "pull-failed", error=done.error), retry(kubelet, pod, False)]


def _created(kubelet: Kubelet, pod: PodState, _done: CallDone, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "Created", "Created", times=pod.times)
    pod = replace(pod, phase=Phase.starting)
    return with_pod(kubelet, pod), [*out, Call(pod.spec.uid, "StartContainer", pod.attempt, pod.times)]


def _create_failed(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "Failed", "FailedCreate", True, pod.times, error=done.error)
    reason = done.reason or "CreateContainerError"
    pod = replace(pod, waiting=(reason, done.error))
    return with_pod(kubelet, pod), [*out, said(pod, "create-failed", error=done.error, reason=reason), retry(kubelet, pod)]


def _started(kubelet: Kubelet, pod: PodState, _done: CallDone, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "Started", "Started")
    pod = replace(pod, waiting=("", ""), attempt=pod.attempt + 1, restarts=pod.attempt, probe_failures=0, ready=pod.spec.readiness is None)
    return with_pod(kubelet, pod), out


def _start_failed(kubelet: Kubelet, pod: PodState, done: CallDone, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "Failed", "FailedStart", True, pod.times, error=done.error)
    reason = "StartError" if kubelet.profile.structured else "ContainerCannotRun"
    ended = Exit(128, reason, now, now, done.detail or done.error)
    waiting = ("RunContainerError", done.error)
    pod = replace(pod, last_exit=ended, attempt=pod.attempt + 1, restarts=pod.attempt, waiting=waiting, ready=False)
    return with_pod(kubelet, pod), [*out, said(pod, "start-failed", error=done.error), retry(kubelet, pod, False)]


TRANSITIONS: dict[str, tuple[Handler, Handler]] = {
    "MountVolumes": (_mounted, _mount_failed),
    "StopPodSandbox": (_sandbox_stopped, _kill_failed),
    "RunPodSandbox": (_sandbox_made, _sandbox_failed),
    "PullImage": (_pulled, _pull_failed),
    "CreateContainer": (_created, _create_failed),
    "StartContainer": (_started, _start_failed),
    "KillPod": (_killed, _kill_failed),
}
