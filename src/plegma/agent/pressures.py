"""The eviction manager's turn (eviction_manager.go synchronize): condition, garbage, and at most one pod."""

from collections.abc import Mapping

from plegma.agent.changes import changed
from plegma.agent.decisions import Decision, FailPod, ListForReclaim, Log, PostNode, WakeAfter
from plegma.agent.evictions import CONDITIONS, Reading, Threshold, Usage, met, quantity, ranked
from plegma.agent.inputs import ResourcesRead, SyncPod
from plegma.agent.kubelets import Kubelet, Step, event, node_event, said, with_pod
from plegma.agent.pods import Phase, PodState


def resources_read(kubelet: Kubelet, seen: ResourcesRead, now: float) -> Step:
    """What is short is marked; the most urgent of it is dealt with: by garbage first where that helps, else by a pod."""
    if kubelet.reclaiming and not seen.after_reclaim:
        return kubelet, []
    found = met(seen.readings)
    kubelet = changed(kubelet, short=_short(kubelet, [t for t, _ in found], now), reclaiming=False)
    if not found:
        return kubelet, []
    threshold, reading = found[0]
    if seen.after_reclaim:
        return _evict(kubelet, threshold, reading, seen.usages, now)
    kubelet, out = node_event(kubelet, now, "EvictionThresholdMet", True, resource=threshold.named)
    out = [*out, Log("pressure", {"message": threshold.named})]
    if threshold.reclaim:
        return changed(kubelet, reclaiming=True), [*out, ListForReclaim()]
    kubelet, more = _evict(kubelet, threshold, reading, seen.usages, now)
    return kubelet, [*out, *more]


def _short(kubelet: Kubelet, thresholds: list[Threshold], now: float) -> Mapping[str, float]:
    transition = kubelet.profile.seconds("eviction_transition")
    kept = {resource: at for resource, at in kubelet.short.items() if now - at < transition}
    return kept | {t.resource: now for t in thresholds}


def _evict(kubelet: Kubelet, threshold: Threshold, reading: Reading, usages: tuple[Usage, ...], now: float) -> Step:
    log = Log("must-evict", {"message": threshold.named})
    if any(p.ended and p.phase is Phase.killing for p in kubelet.pods.values()):
        return kubelet, []  # waitForPodsCleanup: the last one is not gone yet
    for usage in ranked(u for u in usages if u.resource == threshold.resource):
        pod = kubelet.pods.get(usage.uid)
        if pod and not pod.ended and not pod.deleted and not pod.spec.critical:
            kubelet, out = _fail(kubelet, pod, _why(kubelet, pod, threshold, reading, usage), now)
            return kubelet, [log, *out]
    return kubelet, [log, Log("nothing-to-evict", {})]


def _why(kubelet: Kubelet, pod: PodState, threshold: Threshold, reading: Reading, usage: Usage) -> str:
    text = kubelet.profile.events["Evicted"].format(
        resource=threshold.named, threshold=quantity(threshold.quantity(reading.capacity)), available=quantity(reading.available)
    )
    if usage.used <= usage.requested:
        return text
    used, requested = quantity(usage.used), quantity(usage.requested)
    return text + kubelet.profile.events["EvictedOver"].format(
        name=pod.spec.container, used=used, requested=requested, resource=threshold.named
    )


def _fail(kubelet: Kubelet, pod: PodState, message: str, now: float) -> Step:
    kubelet, out = event(kubelet, pod, now, "Evicted", "Message", True, message=message)
    kubelet = with_pod(kubelet, changed(pod, ended="Evicted", ready=False))
    failed: list[Decision] = [FailPod(pod.spec.uid, "Evicted", message), said(pod, "evicting", message=message)]
    return kubelet, [*out, *failed, WakeAfter(0, 0, SyncPod(pod.spec.uid))]


def refused_by(kubelet: Kubelet, pod: PodState) -> list[str]:
    """Conditions under which this pod is not let in (eviction_manager.go Admit): memory alone keeps out BestEffort pods only."""
    if pod.spec.critical:
        return []
    return [CONDITIONS[r].type for r in sorted(kubelet.short) if r != "memory"]


def refuse(kubelet: Kubelet, pod: PodState, conditions: list[str], now: float) -> Step:
    """A pod that comes while the node is short of something fails at once."""
    text = kubelet.profile.events["Refused"].format(conditions=" ".join(conditions))
    kubelet, out = event(kubelet, pod, now, "Evicted", "Message", True, message=text)
    kubelet = with_pod(kubelet, changed(pod, ended="Evicted"))
    return kubelet, [*out, FailPod(pod.spec.uid, "Evicted", kubelet.profile.events["RefusedStatus"].format(text=text))]


def pressure_changes(kubelet: Kubelet, now: float) -> Step:
    """Conditions of resources as the status turn finds them: each change is an event and a condition to post."""
    out: list[Decision] = []
    wanted = frozenset(kubelet.short)
    for resource in sorted(wanted ^ kubelet.pressures):
        condition, begins = CONDITIONS[resource], resource in wanted
        kubelet, more = node_event(kubelet, now, condition.begins if begins else condition.ends)
        reason, message = condition.short if begins else condition.enough
        out += [*more, PostNode(condition.type, str(begins), reason, message)]
    return changed(kubelet, pressures=wanted), out
