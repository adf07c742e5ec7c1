"""`step`: one input in, the new state and the decisions out. Which function answers which input stands in STEPS."""

from collections.abc import Callable, Mapping
from typing import Any

from plegma.agent import inputs, pleg
from plegma.agent.call_results import call_done
from plegma.agent.changes import changed
from plegma.agent.decisions import Log, WakeAfter
from plegma.agent.garbage_turns import collected, images_listed, records_listed
from plegma.agent.kubelets import Kubelet, Step, said, with_pod
from plegma.agent.leases import lease_answered, lease_due
from plegma.agent.node_statuses import status_answered, status_tick
from plegma.agent.pod_workers import sync
from plegma.agent.pods import Phase, PodState
from plegma.agent.pressures import refuse, refused_by, resources_read
from plegma.agent.probing import probed

BUSY = frozenset(Phase) - {Phase.idle}


def step(kubelet: Kubelet, given: inputs.Input, now: float) -> Step:
    """Answers one input at `now` (virtual seconds). Inputs about a pod that is not here change nothing."""
    return STEPS[type(given)](kubelet, given, now)


def _of_pod(act: Callable[[Kubelet, PodState, Any, float], Step]) -> Callable[[Kubelet, Any, float], Step]:
    def answer(kubelet: Kubelet, given: Any, now: float) -> Step:
        pod = kubelet.pods.get(given.uid)
        return act(kubelet, pod, given, now) if pod else (kubelet, [])

    return answer


def _added(kubelet: Kubelet, given: inputs.PodAdded, now: float) -> Step:
    pod = PodState(given.spec)
    kubelet = with_pod(kubelet, pod)
    if conditions := refused_by(kubelet, pod):
        return refuse(kubelet, pod, conditions, now)
    return kubelet, [said(pod, "added"), WakeAfter(0, 0, inputs.SyncPod(given.spec.uid))]


def _deleted(kubelet: Kubelet, pod: PodState, given: inputs.PodDeleted, _now: float) -> Step:
    return with_pod(kubelet, changed(pod, deleted=True)), [said(pod, "deleted"), WakeAfter(0, 0, inputs.SyncPod(given.uid))]


def _synced(kubelet: Kubelet, pod: PodState, given: inputs.SyncPod, now: float) -> Step:
    if pod.phase in BUSY:
        return kubelet, []
    pod = changed(pod, times=given.times) if pod.times != given.times else pod
    return sync(with_pod(kubelet, pod), pod, now)


def _status_read(kubelet: Kubelet, pod: PodState, given: inputs.StatusRead, _now: float) -> Step:
    if given.status is None:
        newly = not pod.status_error
        kubelet = with_pod(kubelet, changed(pod, status_error=given.error))
        return kubelet, [said(pod, "status-failed", error=given.error), *([WakeAfter(0, 1, inputs.SyncPod(given.uid))] if newly else [])]
    found = given.status.container
    ended = found.exit if found and not found.running else None
    waiting = pod.waiting
    if ended and ended is not pod.last_exit:
        waiting = ("", "")
    ready = pod.ready and bool(found and found.running)
    seen = changed(pod, status=given.status, status_error="", last_exit=ended or pod.last_exit, waiting=waiting, ready=ready)
    return with_pod(kubelet, seen), [said(seen, "pleg-event"), WakeAfter(0, 0, inputs.SyncPod(given.uid))]


def _listed(kubelet: Kubelet, _given: inputs.RelistListed, now: float) -> Step:
    return changed(kubelet, pleg=pleg.listed(now)), []


def _relisted(kubelet: Kubelet, _given: inputs.RelistDone, _now: float) -> Step:
    return changed(kubelet, pleg=pleg.finished(kubelet.pleg)), []


def _blocked(kubelet: Kubelet, given: inputs.ListBlocked, now: float) -> Step:
    active = pleg.last_active(kubelet.pleg, now, kubelet.list_blocked, kubelet.profile.constants) if given.blocked else now
    kubelet = changed(kubelet, list_blocked=given.blocked, pleg=pleg.Pleg(active))
    return kubelet, [Log("list-failed", {"error": given.error})] if given.error else []


def _polled(kubelet: Kubelet, given: inputs.RuntimePolled, now: float) -> Step:
    log = [Log("poll-failed", {"error": given.error})] if given.error else []
    if given.network:
        log = [*log, Log("network-state", {"error": given.network})]
    seen = kubelet.runtime_seen if given.error else now
    network = kubelet.network if given.error else given.network
    return changed(kubelet, runtime_error=given.error, runtime_seen=seen, network=network), [*log]


STEPS: Mapping[type, Callable[[Kubelet, Any, float], Step]] = {
    inputs.PodAdded: _added,
    inputs.PodDeleted: _of_pod(_deleted),
    inputs.SyncPod: _of_pod(_synced),
    inputs.CallDone: _of_pod(call_done),
    inputs.StatusRead: _of_pod(_status_read),
    inputs.RelistListed: _listed,
    inputs.RelistDone: _relisted,
    inputs.ListBlocked: _blocked,
    inputs.RuntimePolled: _polled,
    inputs.StatusTick: status_tick,
    inputs.StatusAnswered: status_answered,
    inputs.LeaseDue: lease_due,
    inputs.LeaseAnswered: lease_answered,
    inputs.RecordsListed: records_listed,
    inputs.ImagesListed: images_listed,
    inputs.Collected: collected,
    inputs.ResourcesRead: resources_read,
    inputs.Probed: _of_pod(probed),
}
