"""What a probe's result leads to (pkg/kubelet/prober)."""

from plegma.agent.changes import changed
from plegma.agent.decisions import WakeAfter
from plegma.agent.inputs import Probed, SyncPod
from plegma.agent.kubelets import Kubelet, Step, event, said, with_pod
from plegma.agent.pods import PodState, Probe

RESULTS: tuple[tuple[str, str, str], ...] = (
    ("Readiness or Liveness succeeds", "the count of failures is 0; readiness: the container is ready", "prober/worker.go doProbe"),
    ("fails, fewer times in a row than its threshold", "Unhealthy; nothing else", "prober/worker.go doProbe, resultRun"),
    ("Readiness fails at its threshold", "Unhealthy; the container is not ready", "status/status_manager.go SetContainerReadiness"),
    ("Liveness fails at its threshold", "Unhealthy; a sync restarts the container", "kuberuntime_manager.go computePodActions"),
)  # fmt: skip
"""Result, what follows, and where; a probe is asked every `Probe.period` seconds (10), its threshold is 3 by default."""


def probed(kubelet: Kubelet, pod: PodState, seen: Probed, now: float) -> Step:
    """A success makes ready; failures count up to the threshold, then unready or, for liveness, a restart."""
    if seen.ok:
        return with_pod(kubelet, changed(pod, probe_failures=0, ready=True)), []
    kubelet, out = event(kubelet, pod, now, "Unhealthy", "Unhealthy", True, kind=seen.kind, output=seen.output)
    failures = pod.probe_failures + 1
    pod = changed(pod, probe_failures=failures)
    out = [*out, said(pod, "probe-failed", kind=seen.kind, output=seen.output)]
    probe = pod.spec.liveness if seen.kind == "Liveness" else pod.spec.readiness
    if failures < (probe or Probe(seen.kind)).threshold:
        return with_pod(kubelet, pod), out
    if seen.kind != "Liveness":
        return with_pod(kubelet, changed(pod, ready=False)), out
    kubelet = with_pod(kubelet, changed(pod, probe_failures=0, ready=False, unhealthy=True))
    return kubelet, [*out, said(pod, "liveness-kill"), WakeAfter(0, 0, SyncPod(pod.spec.uid))]
