"""The node's lease (client-go component-helpers apimachinery/lease/controller.go)."""

from plegma.agent.changes import changed
from plegma.agent.decisions import Log, RenewLease, WakeAfter
from plegma.agent.inputs import LeaseAnswered, LeaseDue
from plegma.agent.kubelets import Kubelet, Step


def lease_due(kubelet: Kubelet, due: LeaseDue, _now: float) -> Step:
    """Renews, in versions that have leases."""
    return kubelet, [RenewLease(due.times)] if kubelet.profile.leases else []


def lease_answered(kubelet: Kubelet, answer: LeaseAnswered, _now: float) -> Step:
    """After a failure again in 200 ms, doubling to 7 s (backoffEnsureLease), until it goes well."""
    if not answer.error:
        return changed(kubelet, lease_wait=0.0) if kubelet.lease_wait else kubelet, []
    first, most = kubelet.profile.seconds("lease_back_off"), kubelet.profile.seconds("lease_back_off_max")
    wait = min(kubelet.lease_wait * 2, most) if kubelet.lease_wait else first
    log = Log("lease-failed", {"error": answer.error, "interval": f"{wait * 1000:.0f}ms" if wait < 1 else f"{wait:g}s"})
    return changed(kubelet, lease_wait=wait), [log, WakeAfter(wait, wait, LeaseDue())]
