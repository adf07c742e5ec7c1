"""A pod's status as the API server would have it, worked out from what its kubelet knows."""

from dataclasses import dataclass

from plegma.agent.pods import Exit, PodState
from plegma.lab.api import ApiPod
from plegma.lab.effects import MemoryGrows
from plegma.lab.housekeeping import REQUESTED
from plegma.lab.nodes import Node
from plegma.lab.worlds import World


@dataclass(frozen=True, slots=True)
class PodView:
    """`status` is kubectl's STATUS column; `waiting` and `last` the container's present and last state."""

    pod: ApiPod
    node: Node | None
    phase: str
    status: str
    ready: bool
    restarts: int
    ip: str
    waiting: tuple[str, str]
    running: float | None
    last: Exit | None
    container_id: str


def pod_views(world: World) -> list[PodView]:
    """All pods by namespace and name."""
    pods = sorted(world.api.pods.values(), key=lambda p: (p.spec.namespace, p.spec.name))
    return [_view(world, pod) for pod in pods]


def memory(world: World, pod: ApiPod) -> dict[str, str]:
    """ "limits" and "requests" of a pod's memory as its template writes them; empty where it has none."""
    limit = next((e.limit for _, e in world.active if isinstance(e, MemoryGrows) and world.is_victim(pod)), 0)
    return {"limits": f"{limit >> 20}Mi", "requests": f"{REQUESTED['memory'] >> 20}Mi"} if limit else {}


def _view(world: World, pod: ApiPod) -> PodView:
    node = world.nodes.get(pod.node)
    state = node.kubelet.pods.get(pod.spec.uid) if node else None
    if node is None or state is None:
        return PodView(pod, node, "Pending", "Pending", False, 0, "<none>", ("", ""), None, None, "")
    found = state.status.container
    running = found.started if found and found.running else None
    ip = next((s.ip for s in state.status.sandboxes if s.ready), "<none>")
    ready = running is not None and state.ready and _heard(world, node)
    phase = pod.phase or ("Running" if running is not None or state.last_exit else "Pending")
    waiting = _waiting(state, running)
    return PodView(pod, node, phase, _status(pod, waiting, running, state.last_exit), ready, max(0, state.restarts), ip, waiting, running,
                   state.last_exit, found.id if found else "")  # fmt: skip


def _heard(world: World, node: Node) -> bool:
    return world.api.conditions[node.name]["Ready"].status != "Unknown"


def _waiting(state: PodState, running: float | None) -> tuple[str, str]:
    if running is not None:
        return ("", "")
    return state.waiting


def _status(pod: ApiPod, waiting: tuple[str, str], running: float | None, last: Exit | None) -> str:
    if pod.phase == "Failed":
        return pod.reason
    if pod.deleting is not None:
        return "Terminating"
    if running is not None:
        return "Running"
    return waiting[0] or (last.reason if last else "ContainerCreating")
