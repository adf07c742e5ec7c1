"""How a cluster does at a moment, as its operator would see it, with PLEG's age beside it."""

from collections.abc import Collection
from dataclasses import dataclass

from plegma.agent.kubelets import RUNTIME_DOWN, runtime_troubles
from plegma.agent.pleg import last_active
from plegma.lab.nodes import Node
from plegma.lab.worlds import World
from plegma.lab.writing.pod_views import pod_views


@dataclass(frozen=True, slots=True)
class NodeHealth:
    """`ready`: "True", "False" or "Unknown"; `pleg_age`: seconds since the last relist, None before the first.

    `pleg_limit`: seconds beyond which PLEG is unhealthy. `runtime` and `network` are empty when well, else say what is
    wrong; `flaps`: changes to NotReady that events tell of.
    """

    name: str
    ready: str
    message: str
    kubelet_runs: bool
    pleg_age: float | None
    pleg_limit: float
    runtime: str
    network: str
    flaps: int

    @property
    def pleg_well(self) -> bool:
        """Is the last relist within the threshold?"""
        return self.pleg_age is not None and self.pleg_age <= self.pleg_limit


@dataclass(frozen=True, slots=True)
class Health:
    """`unwell`: nodes that are not ready, then pods ("namespace/name") that are not ready or cannot be synced."""

    at: float
    nodes: tuple[NodeHealth, ...]
    pods: int
    unwell: tuple[str, ...]

    @property
    def flaps(self) -> int:
        """Changes to NotReady over all nodes."""
        return sum(node.flaps for node in self.nodes)


def health(world: World) -> Health:
    """The whole cluster now."""
    nodes = tuple(node_health(world, node) for node in world.nodes.values())
    return Health(world.now, nodes, len(world.api.pods), tuple(unwell(world)))


def unwell(world: World, nodes: Collection[str] = ()) -> list[str]:
    """Nodes and pods that are not as they should be, of these nodes or (none named) of the whole cluster.

    Evicted pods are the past, what replaced them counts.
    """
    down = [n for n in nodes or world.nodes if world.api.conditions[n]["Ready"].status != "True"]
    failing = {s.spec.uid for n in world.nodes.values() for s in n.kubelet.pods.values() if s.status_error}
    bad = [v.pod for v in pod_views(world) if v.pod.phase != "Failed" and (not v.ready or v.pod.spec.uid in failing)]
    refused = [] if nodes else _refused(world)
    return [*down, *(f"{p.spec.namespace}/{p.spec.name}" for p in bad if not nodes or p.node in nodes), *refused]


def _refused(world: World) -> list[str]:
    """Workloads that have no pod, because the API refused them."""
    have = {pod.workload.name for pod in world.api.pods.values()}
    return [f"{w.namespace}/{w.name}" for w in world.api.workloads.values() if w.name not in have]


def node_health(world: World, node: Node) -> NodeHealth:
    """One node now."""
    kubelet, condition = node.kubelet, world.api.conditions[node.name]["Ready"]
    active = last_active(kubelet.pleg, world.now, kubelet.list_blocked, kubelet.profile.constants)
    runtime = RUNTIME_DOWN if RUNTIME_DOWN in runtime_troubles(kubelet, world.now) else kubelet.runtime_error
    flaps = sum(
        e.series.count for e in world.api.events.values()
        if e.object == node.name and e.series.happening.kind == "Node" and e.series.happening.reason == "NodeNotReady"
    )  # fmt: skip
    age = None if active is None else world.now - active
    limit = kubelet.profile.seconds("relist_threshold")
    return NodeHealth(node.name, condition.status, condition.message, node.runs, age, limit, runtime, kubelet.network, flaps)
