"""DaemonSet, Deployment, scheduler, and the node lifecycle controller with its evictions: as much as the scenarios need."""

from functools import partial

from plegma.agent.inputs import PodAdded, PodDeleted
from plegma.agent.pods import PodSpec, Probe
from plegma.agent.recorders import Happening, Series
from plegma.lab.api import ApiEvent, ApiPod, Condition, Workload
from plegma.lab.drivers import give
from plegma.lab.effects import NotCreated, ProbeFails, Unschedulable
from plegma.lab.nodes import Node
from plegma.lab.worlds import World

TOLERATION = 300.0
RETRY = 300.0
UNKNOWN = ("NodeStatusUnknown", "Kubelet stopped posting node status.")


def say(world: World, component: str, kind: str, names: tuple[str, str, str], reason: str, message: str, warning: bool = False) -> None:
    """Posts an event of a control-plane component about (namespace, name, uid), or counts it up."""
    namespace, name, uid = names
    old = world.api.events.get(("", component, uid, reason, message))
    first = old.series.first if old else world.now
    what = Happening(kind, uid, reason, message, warning)
    world.api.post(ApiEvent(Series(what, (old.series.count if old else 0) + 1, first, world.now), component, "", namespace, name, uid))


def owner(workload: Workload) -> tuple[str, str]:
    """Kind and name of what owns the pods: a Deployment's ReplicaSet, or the DaemonSet."""
    return ("DaemonSet", workload.name) if workload.kind == "DaemonSet" else ("ReplicaSet", f"{workload.name}-{workload.hash}")


def roll_out(world: World, workload: Workload) -> None:
    """Makes a workload's pods: one on each node, or as many replicas."""
    world.api.workloads[workload.name] = workload
    if workload.kind == "Deployment":
        text = f"Scaled up replica set {owner(workload)[1]} from 0 to {workload.replicas}"
        names = (workload.namespace, workload.name, f"d-{workload.name}")
        say(world, "deployment-controller", "Deployment", names, "ScalingReplicaSet", text)
    places = list(world.nodes) if workload.kind == "DaemonSet" else [""] * workload.replicas
    for number, place in enumerate(places):
        create_pod(world, workload, place, number)


def create_pod(world: World, workload: Workload, place: str, number: int) -> None:
    """Asks the API for one pod; where it refuses, the controller says so and tries again later."""
    kind, name = owner(workload)
    component = "daemonset-controller" if kind == "DaemonSet" else "replicaset-controller"
    names = (workload.namespace, name, f"o-{name}")
    refusal = next((e for _, e in world.active if isinstance(e, NotCreated) and workload.name in world.victims), None)
    if refusal:
        pod_name = f"{name}-{world.suffix()}"
        text = refusal.message.replace("{pod}", pod_name).replace("{namespace}", workload.namespace)
        say(world, component, kind, names, "FailedCreate", f"Error creating: {text}", True)
        world.at(world.now + RETRY, partial(create_pod, world, workload, place, number))
        return
    pod = ApiPod(_spec(world, workload, name), workload, world.now)
    world.api.pods[pod.spec.uid] = pod
    say(world, component, kind, names, "SuccessfulCreate", f"Created pod: {pod.spec.name}")
    world.at(world.now + 0.02, partial(schedule, world, pod, place, number))


def _spec(world: World, workload: Workload, name: str) -> PodSpec:
    probes = [e for f in world.scenario.faults for e in f.effects if isinstance(e, ProbeFails) and workload.name in world.victims]
    live = next((Probe(p.kind) for p in probes if p.kind == "Liveness"), None)
    ready = next((Probe(p.kind) for p in probes if p.kind == "Readiness"), None)
    return PodSpec(
        world.uid(), workload.namespace, f"{name}-{world.suffix()}", workload.container, workload.image,
        host_network=workload.host_network, grace=world.scenario.grace, critical=workload.namespace == "kube-system",
        liveness=live, readiness=ready,
    )  # fmt: skip


def schedule(world: World, pod: ApiPod, place: str, number: int) -> None:
    """Gives the pod a node: the one asked for, the faulty one for a victim, else in turn; or says why there is none."""
    names = (pod.spec.namespace, pod.spec.name, pod.spec.uid)
    refusal = next((e for _, e in world.active if isinstance(e, Unschedulable) and world.is_victim(pod)), None)
    if refusal:
        say(world, "default-scheduler", "Pod", names, "FailedScheduling", refusal.message, True)
        world.at(world.now + RETRY, partial(schedule, world, pod, place, number))
        return
    pod.node = place or _chosen(world, pod, number)
    pod.scheduled = world.now
    text = f"Successfully assigned {pod.spec.namespace}/{pod.spec.name} to {pod.node}"
    say(world, "default-scheduler", "Pod", names, "Scheduled", text)
    give(world, world.nodes[pod.node], PodAdded(pod.spec))


def _chosen(world: World, pod: ApiPod, number: int) -> str:
    tainted = {n for n, taints in world.api.taints.items() if taints}
    wanted = world.faulty if world.is_victim(pod) else tuple(world.nodes)
    fit = [n for n in wanted if n not in tainted] or [n for n in world.nodes if n not in tainted] or list(world.nodes)
    return fit[number % len(fit)]


def delete_pod(world: World, pod: ApiPod) -> None:
    """Marks a pod for deletion; its kubelet, if it runs, does the rest."""
    if pod.deleting is None:
        pod.deleting = world.now
        give(world, world.nodes[pod.node], PodDeleted(pod.spec.uid))


def lose_contact(world: World, node: Node) -> None:
    """The node controller has heard nothing from a node for its grace period."""
    conditions = world.api.conditions[node.name]
    for kind in ("MemoryPressure", "DiskPressure", "PIDPressure", "Ready"):
        conditions[kind] = Condition(kind, "Unknown", *UNKNOWN, world.now, node.lease_lost)
    names = ("default", node.name, node.name)
    text = f"Node {node.name} status is now: NodeNotReady"
    say(world, "node-controller", "Node", names, "NodeNotReady", text)
    for pod in list(world.api.pods.values()):
        if pod.node == node.name:
            pod_names = (pod.spec.namespace, pod.spec.name, pod.spec.uid)
            say(world, "node-controller", "Pod", pod_names, "NodeNotReady", "Node is not ready", True)
    taint(world, node, "node.kubernetes.io/unreachable")


def taint(world: World, node: Node, key: str) -> None:
    """Taints a node, and evicts its Deployments' pods when the taint outlasts their toleration."""
    world.api.taints[node.name].add(key)
    world.at(world.now + TOLERATION, partial(_evict, world, node, key))


def _evict(world: World, node: Node, key: str) -> None:
    if key not in world.api.taints[node.name]:
        return
    for pod in [p for p in world.api.pods.values() if p.node == node.name and p.workload.kind == "Deployment"]:
        if pod.deleting is None:
            names = (pod.spec.namespace, pod.spec.name, pod.spec.uid)
            text = f"Marking for deletion Pod {pod.spec.namespace}/{pod.spec.name}"
            say(world, "taint-eviction-controller", "Pod", names, "TaintManagerEviction", text)
            delete_pod(world, pod)
            create_pod(world, pod.workload, "", world.rng.randrange(8))


def watch_ready(world: World, node: Node, period: float = 10) -> None:
    """Taints a node that its own kubelet calls not ready, and lifts the taint when it is ready again."""
    ready = world.api.conditions[node.name]["Ready"].status
    key = "node.kubernetes.io/not-ready"
    if ready == "False" and key not in world.api.taints[node.name]:
        taint(world, node, key)
    if ready == "True":
        world.api.taints[node.name].discard(key)
    if world.active or ready != "True":
        world.at(world.now + period, partial(watch_ready, world, node, period))


def replace_failed(world: World, pod: ApiPod) -> None:
    """A failed pod's owner makes another: a DaemonSet on the same node, and it deletes the failed one."""
    if pod.workload.kind == "DaemonSet":
        world.at(world.now + 1, partial(_again, world, pod))
    else:
        create_pod(world, pod.workload, "", world.rng.randrange(8))


def _again(world: World, pod: ApiPod) -> None:
    world.api.pods.pop(pod.spec.uid, None)
    create_pod(world, pod.workload, pod.node, 0)
