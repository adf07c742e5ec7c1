"""What a call that went well changes in the runtime, and how containers end."""

from functools import partial

from plegma.agent.decisions import Call
from plegma.agent.inputs import Probed, StatusRead
from plegma.agent.pods import Exit
from plegma.lab.api import ApiPod
from plegma.lab.effects import ContainerExits, ProbeFails
from plegma.lab.housekeeping import Give, plan
from plegma.lab.nodes import ContainerRow, Node, SandboxRow
from plegma.lab.worlds import World

NO_SUCH = "rpc error: code = Unknown desc = Error: No such container: {id}"


def next_relist(now: float) -> float:
    """When the coming relist has found what changes now; it runs every second."""
    return now // 1 + 1.05


def seen(world: World, node: Node, uid: str, give: Give) -> None:
    """A relist reads the pod's status; a sandbox of which only dockershim's checkpoint is left fails the whole of it."""
    if uid in node.hung:
        return
    lost = next((row for row in node.sandboxes.get(uid, ()) if row.checkpoint_only), None)
    gone = NO_SUCH.format(id=lost.id) if lost else ""
    give(world, node, StatusRead(uid, None, gone) if lost else StatusRead(uid, node.status(uid)))


def made(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    """The runtime after a call that succeeded."""
    act = _MADE.get(call.op)
    if act:
        act(world, node, pod, call, give)


def _sandbox(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    node.addresses += 1
    ip = node.ip if pod.workload.host_network else f"10.{40 + node.index // 200}.{node.index % 200}.{2 + node.addresses % 240}"
    rows = node.sandboxes.setdefault(call.uid, [])
    mode = "NODE" if pod.workload.host_network else "POD"
    rows.append(SandboxRow(world.hex(64), call.uid, world.now, call.attempt, ip, network_mode=mode))
    node.reserved.pop(call.uid, None)
    pod.started = world.now if pod.started is None else pod.started
    world.log(node, "runtime", "run-sandbox", {"pod": pod.spec.name, "uid": call.uid, "namespace": pod.spec.namespace, "id": rows[-1].id})
    seen(world, node, call.uid, give)


def _container(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    rows = node.containers.setdefault(call.uid, [])
    sandbox = node.sandboxes[call.uid][-1].id
    rows.append(ContainerRow(world.hex(64), call.uid, sandbox, call.attempt, world.now))
    if len(rows) > 1:
        plan(world, node, "container_gc", give)
    values = {"sandbox": sandbox, "name": pod.spec.container, "attempt": str(call.attempt), "id": rows[-1].id}
    world.log(node, "runtime", "create-container", values)


def _start(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    row = node.containers[call.uid][-1]
    row.state, row.started = "Running", world.now
    world.log(node, "runtime", "start-container", {"id": row.id})
    world.at(next_relist(world.now), partial(seen, world, node, call.uid, give))
    for effect in world.effects_on(node, pod):
        if isinstance(effect, ContainerExits):
            world.at(world.now + effect.after, partial(end, world, node, pod, row, effect, give))
        if isinstance(effect, ProbeFails):
            world.at(world.now + 10, partial(probe, world, node, pod, row, effect, give))
    if pod.spec.readiness and not any(isinstance(e, ProbeFails) for e in world.effects_on(node, pod)):
        world.at(world.now + 10, partial(give, world, node, Probed(call.uid, "Readiness", True)))


def end(world: World, node: Node, pod: ApiPod, row: ContainerRow, how: ContainerExits, give: Give) -> None:
    """The container's process ends, unless it has ended already."""
    if row.state != "Running":
        return
    row.state = "Exited"
    row.exit = Exit(how.code, how.reason, row.started, world.now)
    for text in how.kernel:
        world.log(node, "kernel", "", {"text": text.replace("{uid}", pod.spec.uid).replace("{id}", row.id)})
    world.log(node, "runtime", "shim-gone", {"id": row.id})
    world.at(next_relist(world.now), partial(seen, world, node, pod.spec.uid, give))


def probe(world: World, node: Node, pod: ApiPod, row: ContainerRow, how: ProbeFails, give: Give) -> None:
    """A probe fails while its effect is on, every 10 s as long as the container runs."""
    if row.state != "Running" or how not in world.effects_on(node, pod):
        return
    host = node.sandboxes[pod.spec.uid][-1].ip
    give(world, node, Probed(pod.spec.uid, how.kind, False, how.output.replace("{ip}", host)))
    world.at(world.now + 10, partial(probe, world, node, pod, row, how, give))


def _pull(world: World, node: Node, pod: ApiPod, _call: Call, give: Give) -> None:
    if pod.spec.image not in node.images:
        node.images[pod.spec.image] = 60_000_000 + 1_000_000 * (len(pod.spec.image) * 7 % 90)
        plan(world, node, "image_gc", give)


def _stop(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    for row in node.containers.get(call.uid, ())[-1:]:
        end(world, node, pod, row, ContainerExits(137), give)


def _stop_sandbox(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    _stop(world, node, pod, call, give)
    for row in node.sandboxes.get(call.uid, ()):
        if row.ready:
            row.ready = False
            world.log(node, "runtime", "stop-sandbox", {"id": row.id})
    plan(world, node, "container_gc", give)


def _kill(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    _stop_sandbox(world, node, pod, call, give)
    seen(world, node, call.uid, give)


def _forget(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    if pod.phase != "Failed":
        world.api.pods.pop(call.uid, None)
    plan(world, node, "container_gc", give)


_MADE = {
    "RunPodSandbox": _sandbox, "PullImage": _pull, "CreateContainer": _container, "StartContainer": _start, "StopContainer": _stop,
    "StopPodSandbox": _stop_sandbox, "KillPod": _kill, "Forget": _forget,
}  # fmt: skip
