"""What a probe's result leads to (pkg/kubelet/prober)."""

from dataclasses import replace

from plegma.agent.decisions import Call
from plegma.agent.inputs import Probed
from plegma.agent.kubelets import Kubelet, Step, event, said, with_pod
from plegma.agent.pods import PodState, Probe


def probed(kubelet: Kubelet, pod: PodState, seen: Probed, now: float) -> Step:
    """A success makes ready; failures count up to the threshold, then unready or, for liveness, a restart."""
    if seen.ok:
        return with_pod(kubelet, replace(pod, probe_failures=0, ready=True)), []
    kubelet, out = event(kubelet, pod, now, "Unhealthy", "Unhealthy", True, kind=seen.kind, output=seen.output)
    failures = pod.probe_failures + 1
    pod = replace(pod, probe_failures=failures)
    out = [*out, said(pod, "probe-failed", kind=seen.kind, output=seen.output)]
    probe = pod.spec.liveness if seen.kind == "Liveness" else pod.spec.readiness
    if failures < (probe or Probe(seen.kind)).threshold:
        return with_pod(kubelet, pod), out
    if seen.kind != "Liveness":
        return with_pod(kubelet, replace(pod, ready=False)), out
    why = f"Container {pod.spec.container} failed liveness probe, will be restarted"
    old = "Container failed liveness probe.. Container will be killed and recreated."
    why = why if kubelet.profile.structured else old
    kubelet, more = event(kubelet, replace(pod, probe_failures=0), now, "Killing", "Killing", container=pod.spec.container, why=why)
    kubelet = with_pod(kubelet, replace(pod, probe_failures=0, ready=False))
    return kubelet, [*out, *more, said(pod, "liveness-kill"), Call(pod.spec.uid, "StopContainer")]
