"""The turns of garbage collection: what is found is collected one by one, and the next turn waits for the end of the last."""

from collections.abc import Mapping

from plegma.agent.changes import changed
from plegma.agent.decisions import Collect, Decision, Log, ReadResources
from plegma.agent.garbage import images_to_remove, records_to_remove
from plegma.agent.inputs import Collected, ImagesListed, RecordsListed
from plegma.agent.kubelets import Kubelet, Step, node_event
from plegma.agent.pods import Image

FOLLOWS = {"StopPodSandbox": "RemovePodSandbox"}
"""A sandbox is stopped once more before it is removed (kuberuntime_gc.go removeSandbox); if that fails it stays."""


def records_listed(kubelet: Kubelet, seen: RecordsListed, _now: float) -> Step:
    """Container GC: containers first, then sandboxes. A turn that comes while the last is at work finds nothing to do."""
    if kubelet.garbage:
        return kubelet, []
    containers: list[Collect] = []
    sandboxes: list[Collect] = []
    for records in seen.records:
        pod = kubelet.pods.get(records.uid)
        lives = pod is not None and not (seen.reclaim and pod.ended)
        dead, old = records_to_remove(records, lives)
        homes = {c.id: c.sandbox for c in records.containers}
        containers += [Collect("RemoveContainer", i, records.uid, homes[i]) for i in dead]
        sandboxes += [Collect("StopPodSandbox", i, records.uid) for i in old]
    queue = (*containers, *sandboxes)
    return changed(kubelet, garbage=queue), list(queue[:1])


def images_listed(kubelet: Kubelet, seen: ImagesListed, now: float) -> Step:
    """Image GC: above the high mark down to the low one; for the eviction manager all that may go."""
    kubelet = changed(kubelet, images=_seen(kubelet.images, seen.images, now))
    if kubelet.old_images:
        return kubelet, []
    to_free, out = (float("inf"), []) if seen.reclaim else _over(kubelet, seen)
    gone = images_to_remove(seen.images, kubelet.images, to_free, now, kubelet.profile.constants)
    queue = tuple(Collect("RemoveImage", i.name) for i in gone)
    out = [*out, *(Log("removing-image", {"image": i.name, "size": str(i.size)}) for i in gone), *queue[:1]]
    kubelet = changed(kubelet, old_images=queue)
    if seen.reclaim:
        return _settled(kubelet, out)
    freed = sum(i.size for i in gone)
    if freed >= to_free:
        return changed(kubelet, image_gc_failed=False), out
    kubelet, told = _too_little(kubelet, to_free, freed, now)
    return kubelet, [*out, *told]


def _seen(known: Mapping[str, tuple[float, float]], images: tuple[Image, ...], now: float) -> Mapping[str, tuple[float, float]]:
    return {i.name: (known.get(i.name, (now, 0.0))[0], now if i.in_use else known.get(i.name, (now, now))[1]) for i in images}


def _over(kubelet: Kubelet, seen: ImagesListed) -> tuple[float, list[Decision]]:
    high, low = kubelet.profile.seconds("image_gc_high_percent"), kubelet.profile.seconds("image_gc_low_percent")
    percent = 100 * seen.used // seen.capacity
    if percent < high:
        return 0, []
    to_free = int(seen.capacity * (100 - low) / 100 - (seen.capacity - seen.used))
    values = {"percent": str(percent), "high": f"{high:.0f}", "low": f"{low:.0f}", "bytes": str(to_free)}
    return to_free, [Log("image-gc", values)]


def _too_little(kubelet: Kubelet, wanted: float, freed: int, now: float) -> Step:
    text = kubelet.profile.events["FreeDiskSpaceFailed"].format(wanted=int(wanted), freed=freed)
    kubelet, out = node_event(kubelet, now, "FreeDiskSpaceFailed", True, wanted=str(int(wanted)), freed=str(freed))
    out = [*out, Log("image-gc-failed", {"error": text})]
    if kubelet.image_gc_failed:  # once may be a start without statistics: only the second failure in a row is an event
        kubelet, more = node_event(kubelet, now, "ImageGCFailed", True, error=text)
        out += more
    return changed(kubelet, image_gc_failed=True), out


def collected(kubelet: Kubelet, done: Collected, _now: float) -> Step:
    """The next one's turn, after a failure too; a sandbox that was stopped is removed."""
    queue, old = kubelet.garbage, kubelet.old_images
    out: list[Decision] = [Log(f"gc-{done.op}-failed", {"error": done.error, "id": done.id})] if done.error else []
    if old and (old[0].op, old[0].id) == (done.op, done.id):
        kubelet = changed(_image_gone(kubelet, done), old_images=old[1:])
        return _settled(kubelet, [*out, *old[1:2]])
    if not queue or (queue[0].op, queue[0].id) != (done.op, done.id):
        return kubelet, out
    follows = FOLLOWS.get(done.op)
    rest = (Collect(follows, done.id, queue[0].uid), *queue[1:]) if follows and not done.error else queue[1:]
    if done.error and queue[0].sandbox:  # a container that stays keeps its sandbox
        rest = tuple(c for c in rest if c.id != queue[0].sandbox)
    return _settled(changed(kubelet, garbage=rest), [*out, *rest[:1]])


def _image_gone(kubelet: Kubelet, done: Collected) -> Kubelet:
    if done.error:
        return kubelet
    pods = {u: changed(p, pulled=False) if p.spec.image == done.id else p for u, p in kubelet.pods.items()}
    return changed(kubelet, pods=pods)


def _settled(kubelet: Kubelet, out: list[Decision]) -> Step:
    busy = kubelet.garbage or kubelet.old_images or not kubelet.reclaiming
    return kubelet, out if busy else [*out, ReadResources()]
