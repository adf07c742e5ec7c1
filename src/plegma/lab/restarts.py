"""The kubelet or the runtime of a node is restarted: what the model loses by it and what stays."""

from dataclasses import replace
from functools import partial

from plegma.agent.evictions import CONDITIONS
from plegma.agent.inputs import ListBlocked, RuntimePolled, StatusTick
from plegma.agent.restarts import Found, started
from plegma.lab.api import ApiPod, Condition
from plegma.lab.cri.wordings import REFUSED
from plegma.lab.drivers import carry_out, give
from plegma.lab.effects import KubeletStops, NetworkMissing, RuntimeHangs, RuntimeStops, worded
from plegma.lab.housekeeping import plan
from plegma.lab.nodes import Node
from plegma.lab.relists import next_relist, seen
from plegma.lab.troubles import begin, finish
from plegma.lab.worlds import World

UNIT = {
    "docker": ("Stopping kubelet: The Kubernetes Node Agent...", "Stopped kubelet: The Kubernetes Node Agent.",
               "Started kubelet: The Kubernetes Node Agent."),
    "containerd": ("Stopping kubelet.service - kubelet: The Kubernetes Node Agent...",
                   "Stopped kubelet.service - kubelet: The Kubernetes Node Agent.",
                   "Started kubelet.service - kubelet: The Kubernetes Node Agent."),
}  # fmt: skip
RUNTIME_AWAY = 3.0


def restart_kubelet(world: World, node: Node) -> bool:
    """`systemctl restart kubelet`. False where something makes it end at once again; then it stays as it was.

    Containers run on. Event counts, back-off and PLEG's cache are gone, calls under way are given up, and with dockershim
    the plugin that a call waited for ends with the kubelet. Checkpoints stay on disk; the collection of garbage, a minute
    later, removes those that are not a pod's newest sandbox.
    """
    if any(isinstance(effect, KubeletStops) for effect in world.effects_on(node)):
        return False
    for text in UNIT[world.profile.runtime][:-1]:
        world.log(node, "kubelet", "systemd", {"text": text})
    return start_kubelet(world, node)


def start_kubelet(world: World, node: Node) -> bool:
    """`systemctl start kubelet`: a new process, to which no call of an earlier one answers. False as for a restart."""
    if any(isinstance(effect, KubeletStops) for effect in world.effects_on(node)):
        return False
    world.log(node, "kubelet", "systemd", {"text": UNIT[world.profile.runtime][-1]})
    _heard_again(world, node)
    _forget(world, node)
    pods = [p for p in world.api.pods.values() if p.node == node.name and p.phase != "Failed"]
    node.kubelet, decided = started(node.name, world.profile, [_found(node, pod) for pod in pods], world.now)
    carry_out(world, node, decided)
    if not world.profile.structured:  # later versions post their first status only when the runtime has answered
        give(world, node, StatusTick())
    world.at(next_relist(world), partial(_first_relist, world, node, node.process))
    return True


def _heard_again(world: World, node: Node) -> None:
    node.renewed = world.now
    world.api.taints[node.name].discard("node.kubernetes.io/unreachable")
    conditions = world.api.conditions[node.name]
    for signal in CONDITIONS.values():
        if conditions[signal.type].status == "Unknown":
            conditions[signal.type] = Condition(signal.type, "False", *signal.enough, world.now)


def _forget(world: World, node: Node) -> None:
    node.process += 1
    node.runs, node.stopped, node.lease_lost = True, None, None
    node.hung.clear()
    node.network.locks.clear()
    node.due.clear()
    node.horizon = float("inf")
    node.turns = {uid: turn + 1 for uid, turn in node.turns.items()}
    for key in [k for k in world.api.events if k[0] == node.name and k[1] == "kubelet"]:
        world.api.events[(*key, f"by process {node.process - 1}")] = world.api.events.pop(key)  # events of the new one are new objects


def _found(node: Node, pod: ApiPod) -> Found:
    uid = pod.spec.uid
    rows = node.runtime.containers.get(uid) or ()
    return Found(pod.spec, node.runtime.status(uid), rows[-1].attempt + 1 if rows else 0, pod.deleting is not None)


def _first_relist(world: World, node: Node, process: int) -> None:
    if process != node.process:
        return
    acting = world.effects_on(node)
    down = next((e for e in acting if isinstance(e, RuntimeStops | RuntimeHangs)), None)
    missing = next((e for e in acting if isinstance(e, NetworkMissing)), None)
    if down:
        refused = REFUSED[world.profile.runtime] if isinstance(down, RuntimeStops) else ""
        give(world, node, ListBlocked(True, refused))
        return
    give(world, node, ListBlocked(False))
    give(world, node, RuntimePolled("", worded(missing.text, world.profile.runtime) if missing else ""))
    for uid in list(node.kubelet.pods):
        seen(world, node, uid, give)
    world.at(world.now // 10 * 10 + 10, partial(give, world, node, StatusTick()))
    plan(world, node, "container_gc", give)


def restart_runtime(world: World, node: Node) -> bool:
    """`systemctl restart docker` or `containerd`. False where something makes it stop at once again.

    Without live-restore dockerd stops its containers; containerd's shims keep theirs. Names that were reserved are free
    again, and calls that the runtime had not answered end.
    """
    acting = world.effects_on(node)
    if any(isinstance(effect, RuntimeStops) for effect in acting):
        return False
    node.runtime.reserved.clear()
    away = RuntimeStops()
    begin(world, node, away)
    if not any(isinstance(effect, RuntimeHangs) for effect in acting):
        world.at(world.now + RUNTIME_AWAY, partial(finish, world, node, away))
    return True


def remove_by_force(world: World, node: Node, pod: ApiPod) -> None:
    """`kubectl delete pod --force --grace-period=0`: the API forgets the pod at once, and its kubelet what it knew of it."""
    uid = pod.spec.uid
    world.api.pods.pop(uid, None)
    node.hung.discard(uid)
    node.network.locks.discard(uid)
    for row in node.runtime.sandboxes.get(uid, ()):
        node.network.delete(row.id)
    node.runtime.forget(uid)
    node.turns[uid] = node.turns.get(uid, 0) + 1
    node.kubelet = replace(node.kubelet, pods={k: v for k, v in node.kubelet.pods.items() if k != uid})
