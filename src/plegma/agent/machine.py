"""`step`: one input in, the new state and the decisions out. Which function answers which input stands in STEPS."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from plegma.agent import inputs, pleg
from plegma.agent.call_results import call_done
from plegma.agent.changes import changed
from plegma.agent.decisions import Log, WakeAfter
from plegma.agent.garbage_turns import collected, images_listed, records_listed
from plegma.agent.kubelets import Kubelet, Step, runtime_troubles, said, with_pod
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
        return with_pod(kubelet, changed(pod, pending=True)), []
    pod = changed(pod, times=given.times) if pod.times != given.times else pod
    return sync(kubelet, pod, now)


def _called(kubelet: Kubelet, pod: PodState, given: inputs.CallDone, now: float) -> Step:
    """A worker that is done turns to news that came meanwhile, but not before the next relist (podCache.GetNewerThan)."""
    kubelet, out = call_done(kubelet, pod, given, now)
    done = kubelet.pods.get(given.uid)
    ended = bool(given.error) or given.op == "StartContainer"
    if done is None or not done.pending or done.phase in BUSY or not ended:
        return kubelet, out
    wake = WakeAfter(0, kubelet.profile.seconds("relist_period"), inputs.SyncPod(given.uid))
    return with_pod(kubelet, changed(done, pending=False)), [*out, wake] if given.error else out


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
    out = [*_pleg_events(pod, seen)]
    if not out and not _has_news(pod, seen):
        return with_pod(kubelet, seen), []
    return with_pod(kubelet, seen), [*out, WakeAfter(0, 0, inputs.SyncPod(given.uid))]


def _has_news(before: PodState, after: PodState) -> bool:
    """A status as it was, or one in which things are only gone, is not worth a sync (pkg/kubelet/kubelet.go isSyncPodWorthy)."""
    old, new = (set(pod.status.sandboxes) for pod in (before, after))
    return bool(new - old) or before.status.container != after.status.container or bool(before.status_error)


def _pleg_events(before: PodState, after: PodState) -> Iterator[Log]:
    """What a relist makes of two statuses (pleg/generic.go generateEvents): what started, and what died."""
    old = {s.id for s in before.status.sandboxes if s.ready} | _running(before)
    new = {s.id for s in after.status.sandboxes if s.ready} | _running(after)
    for kind, ids in (("ContainerDied", old - new), ("ContainerStarted", new - old)):
        yield from (said(after, "pleg-event", type=kind, data=data) for data in sorted(ids))


def _running(pod: PodState) -> set[str]:
    found = pod.status.container
    return {found.id} if found and found.running else set()


def _listed(kubelet: Kubelet, _given: inputs.RelistListed, now: float) -> Step:
    return changed(kubelet, pleg=pleg.listed(now)), []


def _relisted(kubelet: Kubelet, _given: inputs.RelistDone, _now: float) -> Step:
    return changed(kubelet, pleg=pleg.finished(kubelet.pleg)), []


def _blocked(kubelet: Kubelet, given: inputs.ListBlocked, now: float) -> Step:
    active = pleg.last_active(kubelet.pleg, now, kubelet.list_blocked, kubelet.profile.constants) if given.blocked else now
    kubelet = changed(kubelet, list_blocked=given.blocked, pleg=pleg.Pleg(active))
    return kubelet, [Log("list-failed", {"error": given.error})] if given.error else []


def _looped(kubelet: Kubelet, given: inputs.LoopTurn, now: float) -> Step:
    """Says why no pod is synced, and waits ever longer (kubelet.go syncLoop); quiet when there is nothing to say."""
    if not (troubles := runtime_troubles(kubelet, now)):
        return kubelet, []
    longest = kubelet.profile.seconds("sync_pause_last")
    wake = WakeAfter(given.pause, given.pause, inputs.LoopTurn(min(2 * given.pause, longest)))
    return kubelet, [Log("skipping", {"error": kubelet.profile.skipped(troubles)}), wake]


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
    inputs.CallDone: _of_pod(_called),
    inputs.StatusRead: _of_pod(_status_read),
    inputs.RelistListed: _listed,
    inputs.RelistDone: _relisted,
    inputs.ListBlocked: _blocked,
    inputs.RuntimePolled: _polled,
    inputs.LoopTurn: _looped,
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
