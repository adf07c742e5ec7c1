"""A pod's sync: what to do next, in the kubelet's own order (kubelet.go SyncPod, kuberuntime_manager.go SyncPod)."""

from collections.abc import Callable
from dataclasses import dataclass

from plegma.agent.back_offs import next_back_off
from plegma.agent.changes import changed
from plegma.agent.decisions import Call, WakeAfter
from plegma.agent.inputs import SyncPod
from plegma.agent.kubelets import Kubelet, Step, event, network_trouble, retry, runtime_troubles, said, with_pod, without_pod
from plegma.agent.pods import Phase, PodState
from plegma.agent.sandbox_changes import next_attempt, sandbox_change


def sync(kubelet: Kubelet, pod: PodState, now: float) -> Step:
    """The pod's turn: the first of CHECKS that has something to say decides."""
    for check in CHECKS:
        if (step := check.decide(kubelet, pod, now)) is not None:
            return step
    return kubelet, []


def _skipped(kubelet: Kubelet, pod: PodState, now: float) -> Step | None:
    troubles = runtime_troubles(kubelet, now)
    if not troubles:
        return None
    pause = kubelet.profile.seconds("sync_pause_last")
    return kubelet, [WakeAfter(pause, pause, SyncPod(pod.spec.uid), True, counts=False)]


def _status_unknown(kubelet: Kubelet, pod: PodState, now: float) -> Step | None:
    if not pod.status_error:
        return None
    kubelet, out = event(kubelet, pod, now, "FailedSync", "FailedStatus", True, pod.times, error=pod.status_error)
    return kubelet, [*out, said(pod, "sync-error", error=pod.status_error), retry(kubelet, pod)]


def _killed(kubelet: Kubelet, pod: PodState, now: float) -> Step | None:
    if not pod.deleted and not pod.ended:
        return None
    found = pod.status.container
    running = found is not None and found.running
    if pod.killed or (not running and not pod.status.sandboxes):
        return (without_pod(kubelet, pod.spec.uid), [Call(pod.spec.uid, "Forget")]) if pod.deleted else (kubelet, [])
    kubelet, out = _killing(kubelet, pod, now)
    return with_pod(kubelet, changed(pod, phase=Phase.killing)), [*out, Call(pod.spec.uid, "KillPod", times=pod.times)]


def _killing(kubelet: Kubelet, pod: PodState, now: float) -> Step:
    found = pod.status.container
    if found is None or not found.running:
        return kubelet, []
    why = kubelet.profile.events["KillingPod"].format(name=pod.spec.container)
    kubelet, out = event(kubelet, pod, now, "Killing", "Killing", container=found.id, why=why)
    return kubelet, [*out, said(pod, "killing", container=found.id, grace=f"{pod.spec.grace:g}")]


def _unmounted(kubelet: Kubelet, pod: PodState, _now: float) -> Step | None:
    if pod.mounted:
        return None
    return with_pod(kubelet, changed(pod, phase=Phase.mounting)), [Call(pod.spec.uid, "MountVolumes")]


def _network_missing(kubelet: Kubelet, pod: PodState, now: float) -> Step | None:
    if not kubelet.network or pod.spec.host_network:
        return None
    text = network_trouble(kubelet)
    kubelet, out = event(kubelet, pod, now, "NetworkNotReady", "NetworkNotReady", True, pod.times, error=text)
    low, high = kubelet.profile.seconds("network_retry_low"), kubelet.profile.seconds("network_retry_high")
    return kubelet, [*out, said(pod, "network-not-ready", error=text), WakeAfter(low, high, SyncPod(pod.spec.uid), True)]


def _sandbox_wrong(kubelet: Kubelet, pod: PodState, now: float) -> Step | None:
    change = sandbox_change(pod.spec, pod.status)
    if not change:
        return None
    if change == "none":
        return with_pod(kubelet, changed(pod, phase=Phase.sandbox)), [
            said(pod, "no-sandbox"), Call(pod.spec.uid, "RunPodSandbox", next_attempt(pod.status), pod.times),
        ]  # fmt: skip
    kubelet, out = event(kubelet, pod, now, "SandboxChanged", "SandboxChanged", False, pod.times)
    kubelet, killing = _killing(kubelet, pod, now)  # a container outlives its pause container, and goes with the sandbox
    out = [said(pod, "sandbox-changed"), *out, *killing, Call(pod.spec.uid, "StopPodSandbox", times=pod.times)]
    return with_pod(kubelet, changed(pod, phase=Phase.stopping)), out


def _container_wanted(kubelet: Kubelet, pod: PodState, now: float) -> Step | None:
    found = pod.status.container
    if (found and found.running) or _finished(pod):
        return None
    ended = pod.last_exit
    if ended and now < pod.crash.ends(ended.finished):
        return _backing_off(kubelet, pod, now, pod.crash.ends(ended.finished))
    if not pod.pulled:
        return _pull(kubelet, pod, now)
    return _create(kubelet, pod, now)


def _unhealthy(kubelet: Kubelet, pod: PodState, now: float) -> Step | None:
    if not pod.unhealthy:
        return None
    found = pod.status.container
    if found is None or not found.running:
        return sync(with_pod(kubelet, changed(pod, unhealthy=False)), changed(pod, unhealthy=False), now)
    why = kubelet.profile.events["KillingUnhealthy"].format(name=pod.spec.container)
    kubelet, out = event(kubelet, pod, now, "Killing", "Killing", container=found.id, why=why)
    kubelet = with_pod(kubelet, changed(pod, phase=Phase.stopping_container))
    return kubelet, [*out, Call(pod.spec.uid, "StopContainer", found.attempt)]


@dataclass(frozen=True, slots=True)
class Check:
    """One question of a pod's turn: `asks`, and what is decided (`does`) when the answer is yes. `decide` gives None for no."""

    asks: str
    does: str
    decide: Callable[[Kubelet, PodState, float], Step | None]
    source: str


_KUBELET, _WORKERS, _RUNTIME = "pkg/kubelet/kubelet.go", "pkg/kubelet/pod_workers.go", "pkg/kubelet/kuberuntime/kuberuntime_manager.go"
CHECKS: tuple[Check, ...] = (
    Check("runtime or PLEG in trouble?", "skip, again in 5 s", _skipped, f"{_KUBELET} syncLoop"),
    Check("status unreadable?", "FailedSync, again in 10 to 15 s", _status_unknown, f"{_WORKERS} podWorkerLoop"),
    Check("deleted or evicted?", "KillPod", _killed, f"{_KUBELET} SyncTerminatingPod"),
    Check("volumes not mounted?", "MountVolumes", _unmounted, f"{_KUBELET} SyncPod, WaitForAttachAndMount"),
    Check("network not ready?", "NetworkNotReady, again in 1 to 1.5 s", _network_missing, f"{_KUBELET} SyncPod, networkErrors"),
    Check("new sandbox needed?", "StopPodSandbox if there was one, RunPodSandbox", _sandbox_wrong, f"{_RUNTIME} computePodActions"),
    Check("container failed its liveness probe?", "StopContainer", _unhealthy, f"{_RUNTIME} computePodActions"),
    Check("container wanted?", "BackOff, or PullImage, CreateContainer, StartContainer", _container_wanted, f"{_RUNTIME} SyncPod"),
)  # fmt: skip
"""In the kubelet's own order: the first that answers yes decides. Diagrams are drawn from it."""


def _finished(pod: PodState) -> bool:
    if not pod.last_exit or pod.spec.restart_policy == "Always":
        return False
    return pod.spec.restart_policy == "Never" or pod.last_exit.code == 0


def _backing_off(kubelet: Kubelet, pod: PodState, now: float, until: float) -> Step:
    wait = f"{int(pod.crash.wait // 60)}m{int(pod.crash.wait % 60)}s" if pod.crash.wait >= 60 else f"{int(pod.crash.wait)}s"
    spec = pod.spec
    text = kubelet.profile.events["CrashLoopBackOff"].format(
        wait=wait, name=spec.container, pod=spec.name, namespace=spec.namespace, uid=spec.uid
    )
    kubelet, out = event(kubelet, pod, now, "BackOff", "BackOff", True, pod.times)
    pod = changed(pod, waiting=("CrashLoopBackOff", text), phase=Phase.idle)
    wake = _back_off_retry(kubelet, pod, now, until) if kubelet.profile.waits_for_back_off else retry(kubelet, pod, True, until)
    return with_pod(kubelet, pod), [*out, said(pod, "crash-back-off", error=text, wait=wait), wake]


def _back_off_retry(kubelet: Kubelet, pod: PodState, now: float, until: float) -> WakeAfter:
    """The worker waits for what is left of the back-off, a resync interval at most (pod_workers.go completeWork since v1.35)."""
    low, high = kubelet.profile.seconds("resync_low"), kubelet.profile.seconds("resync_high")
    wait = min(until - now, low)
    return WakeAfter(wait, wait * high / low, SyncPod(pod.spec.uid), True, until)


def _pull(kubelet: Kubelet, pod: PodState, now: float) -> Step:
    until = pod.pull.ends()
    if pod.pull.wait and now < until:
        text = kubelet.profile.events["PullBackOff"].format(image=pod.spec.image)
        kubelet, out = event(kubelet, pod, now, "BackOff", "PullBackOff", times=pod.times)
        kubelet, more = event(kubelet, pod, now, "Failed", "FailedCreate", True, pod.times, error="ImagePullBackOff")
        text = f"{text}: {pod.pull_error}" if kubelet.profile.structured else text
        kubelet = with_pod(kubelet, changed(pod, waiting=("ImagePullBackOff", text), phase=Phase.idle))
        wake = retry(kubelet, pod, True, until)
        return kubelet, [*out, *more, said(pod, "pull-back-off", error=text), wake]
    kubelet = with_pod(kubelet, changed(pod, phase=Phase.pulling))
    return kubelet, [Call(pod.spec.uid, "PullImage", times=pod.times)]


def _create(kubelet: Kubelet, pod: PodState, now: float) -> Step:
    ended = pod.last_exit
    if ended:
        first, most = kubelet.profile.seconds("crash_back_off"), kubelet.profile.seconds("crash_back_off_max")
        pod = changed(pod, crash=next_back_off(pod.crash, now, first, most, ended.finished))
    kubelet, out = event(kubelet, pod, now, "Pulled", "Pulled") if ended else (kubelet, [])
    kubelet = with_pod(kubelet, changed(pod, phase=Phase.creating))
    return kubelet, [*out, Call(pod.spec.uid, "CreateContainer", pod.attempt, pod.times)]
