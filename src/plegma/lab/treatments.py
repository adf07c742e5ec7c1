"""Applies a remedy to a world: what it does to programs, and which faults it ends, eases or keeps in bounds."""

from collections.abc import Callable, Mapping
from functools import partial

from plegma.lab.api import ApiPod
from plegma.lab.controllers import create_pod, delete_pod
from plegma.lab.nodes import Node
from plegma.lab.remedies import DAY, Remedy
from plegma.lab.restarts import remove_by_force, restart_kubelet, restart_runtime
from plegma.lab.scenarios import Fault
from plegma.lab.strikes import ease, lift, strike_again
from plegma.lab.worlds import World

PLUGIN_TIMEOUT = 220.0
"""Seconds; pkg/kubelet/dockershim/network/plugins.go CNITimeoutSec, from v1.14 on, when libcni took a context."""
STRIKES_WITHIN = (900.0, 5 * DAY)
ENDED = "E cni.go:331] Error adding network: netplugin failed with no error message: signal: killed"


def treat(world: World, remedy: Remedy, node: Node | None, pod: ApiPod | None) -> None:
    """Applies a remedy. A remedy for a pod needs the pod, one for a node the node; ValueError where that is missing."""
    if remedy.target == "pod" and (pod is None or pod.node not in world.nodes):
        raise ValueError(f"{remedy.name} needs a pod that has a node")
    if remedy.target == "node" and node is None:
        raise ValueError(f"{remedy.name} needs a node")
    where = world.nodes[pod.node] if remedy.target == "pod" and pod else node
    for fault in {f.name: f for f, _ in world.active}.values():
        _meet(world, remedy, fault, where if remedy.target != "cluster" else None)
    ACTS[remedy.act](world, where, pod)


def _meet(world: World, remedy: Remedy, fault: Fault, node: Node | None) -> None:
    if fault.name in remedy.ends:
        if node is None:
            end_everywhere(world, fault)
        else:
            ease(world, node, fault)
            world.returning.pop((node.name, fault.name), None)
    elif node and fault.name in remedy.bounds:
        _return_after(world, node, fault, STRIKES_WITHIN)
    elif node and fault.name in remedy.eases:
        _return_after(world, node, fault, remedy.eases[fault.name])


def end_everywhere(world: World, fault: Fault) -> None:
    """A fault is over for good on all nodes."""
    for known, effect in list(world.active):
        if known.name == fault.name:
            lift(world, known, effect)
    for key in [k for k in world.returning if k[1] == fault.name]:
        del world.returning[key]


def _return_after(world: World, node: Node, fault: Fault, within: tuple[float, float]) -> None:
    ease(world, node, fault)
    when = world.now + world.rng.uniform(*within)
    world.returning[node.name, fault.name] = when
    world.at(when, partial(_return, world, node, fault, when))


def _return(world: World, node: Node, fault: Fault, when: float) -> None:
    if world.returning.get((node.name, fault.name)) != when:  # ended for good, or put off, since
        return
    if node.network.exec_timeout:  # the plugin hangs again, and this time the call ends
        node.plugins_ended += 1
        world.log(node, "kubelet", "", {"text": ENDED})
        _return_after(world, node, fault, STRIKES_WITHIN)
        return
    del world.returning[node.name, fault.name]
    strike_again(world, node, fault)


def replace_pod(world: World, pod: ApiPod) -> None:
    """Deletes a pod, and its controller makes another: a Deployment's at once, a DaemonSet's when the old one is gone."""
    node = world.nodes.get(pod.node)
    if node is None or (pod.spec.uid in node.hung or (state := node.kubelet.pods.get(pod.spec.uid)) is None or state.status_error):
        _remove(world, node, pod)
    else:
        delete_pod(world, pod)
    if pod.workload.kind == "DaemonSet":
        _make_when_gone(world, pod)
    else:
        create_pod(world, pod.workload, "", world.rng.randrange(8))


def _remove(world: World, node: Node | None, pod: ApiPod) -> None:
    if node is None:
        world.api.pods.pop(pod.spec.uid, None)
    else:
        remove_by_force(world, node, pod)


def _make_when_gone(world: World, pod: ApiPod) -> None:
    if pod.spec.uid in world.api.pods:
        world.at(world.now + 5, partial(_make_when_gone, world, pod))
    else:
        create_pod(world, pod.workload, pod.node, 0)


def replace_victims(world: World) -> None:
    """All pods of the workload that the scenario is about are made anew."""
    for pod in [p for p in world.api.pods.values() if world.is_victim(p) and p.phase != "Failed" and p.deleting is None]:
        replace_pod(world, pod)


def _delete_pod(world: World, _node: Node | None, pod: ApiPod | None) -> None:
    if pod is not None:
        replace_pod(world, pod)


def _restart_kubelet(world: World, node: Node | None, _pod: ApiPod | None) -> None:
    if node is not None:
        restart_kubelet(world, node)


def _restart_runtime(world: World, node: Node | None, _pod: ApiPod | None) -> None:
    if node is not None:
        restart_runtime(world, node)


def _new_binaries(world: World, node: Node | None, _pod: ApiPod | None) -> None:
    if node is not None:  # dockershim runs the plugins from within the kubelet, containerd itself
        (restart_kubelet if world.profile.runtime == "docker" else restart_runtime)(world, node)


def _upgrade_libcni(world: World, node: Node | None, pod: ApiPod | None) -> None:
    if node is not None:
        node.network.exec_timeout = PLUGIN_TIMEOUT
        _new_binaries(world, node, pod)


def _roll_out(world: World, _node: Node | None, _pod: ApiPod | None) -> None:
    replace_victims(world)


def _nothing(_world: World, _node: Node | None, _pod: ApiPod | None) -> None:
    """What a remedy changes outside the programs shows in that its faults are over."""


ACTS: Mapping[str, Callable[[World, Node | None, ApiPod | None], None]] = {
    "": _nothing, "delete-pod": _delete_pod, "restart-kubelet": _restart_kubelet, "restart-runtime": _restart_runtime,
    "upgrade-libcni": _upgrade_libcni, "replace-plugin": _new_binaries, "roll-out": _roll_out,
}  # fmt: skip
