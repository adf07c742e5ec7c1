"""What a call changes in the runtime: one that went well, and one that failed."""

from functools import partial

from plegma.agent.decisions import Call
from plegma.agent.inputs import Probed
from plegma.agent.pods import Exit
from plegma.lab.api import ApiPod
from plegma.lab.cri.records import ContainerRow, Outcome, SandboxRow
from plegma.lab.cri.runtimes import Health
from plegma.lab.cri.shims import Shim
from plegma.lab.effects import ContainerExits, MemoryGrows, ProbeFails
from plegma.lab.housekeeping import Give, plan
from plegma.lab.nodes import Node
from plegma.lab.processes import end, limit_memory, probe
from plegma.lab.relists import next_relist, seen
from plegma.lab.worlds import World


def made(world: World, node: Node, pod: ApiPod, call: Call, give: Give, result: Outcome | None = None) -> None:
    """The runtime after a call that succeeded; `result` brings the sandbox that RunPodSandbox made."""
    if result and result.sandbox:
        _sandbox(world, node, pod, result.sandbox, give)
    elif act := _MADE.get(call.op):
        act(world, node, pod, call, give)


def failed(world: World, node: Node, pod: ApiPod, call: Call, result: Outcome, give: Give) -> None:
    """What a call that failed has changed all the same: containers stop before the network goes, a dead sandbox may stay."""
    rows = node.runtime.sandboxes.get(call.uid, [])
    if call.op in {"StopPodSandbox", "KillPod"} and node.runtime.health is Health.serving and not node.kernel.holds(call.uid):
        _stop(world, node, pod, call, give)
        for row in rows if world.profile.runtime == "containerd" else ():  # its pause container stops before the network goes
            node.runtime.stop(row, world.now)
        world.at(next_relist(world), partial(seen, world, node, call.uid, give))
    if call.op == "StartContainer":
        _not_started(world, node, call, result, give)
    if result.sandbox:
        node.runtime.sandboxes.setdefault(call.uid, []).append(result.sandbox)
        plan(world, node, "container_gc", give)
        seen(world, node, call.uid, give)


def _not_started(world: World, node: Node, call: Call, result: Outcome, give: Give) -> None:
    """A container that could not be started has ended, and the next relist finds that (containerd container_start.go, dockershim too)."""
    for row in node.runtime.containers.get(call.uid, ())[-1:]:
        row.state = "Exited"
        row.exit = Exit(128, world.profile.start_error, world.now, world.now, result.detail or result.error)
        world.at(next_relist(world), partial(seen, world, node, call.uid, give))


def _sandbox(world: World, node: Node, pod: ApiPod, row: SandboxRow, give: Give) -> None:
    row.created = world.now
    node.runtime.sandboxes.setdefault(row.uid, []).append(row)
    if world.profile.survives_runtime:
        node.runtime.shims[row.id] = Shim(node.kernel.fork(), row.id, row.uid)
    pod.started = world.now if pod.started is None else pod.started
    who = {"pod": pod.spec.name, "uid": row.uid, "namespace": pod.spec.namespace, "attempt": str(row.attempt)}
    world.log(node, "runtime", "run-sandbox", {**who, "id": row.id})
    seen(world, node, row.uid, give)


def _container(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    rows = node.runtime.containers.setdefault(call.uid, [])
    sandbox = node.runtime.sandboxes[call.uid][-1].id
    rows.append(ContainerRow(world.hex(64), call.uid, sandbox, call.attempt, world.now, spec=pod.spec))
    if len(rows) > 1:
        plan(world, node, "container_gc", give)
    values = {"sandbox": sandbox, "name": pod.spec.container, "attempt": str(call.attempt), "id": rows[-1].id}
    world.log(node, "runtime", "create-container", values)


def _start(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    row = node.runtime.containers[call.uid][-1]
    row.state, row.started = "Running", world.now
    world.log(node, "runtime", "start-container", {"id": row.id})
    world.at(next_relist(world), partial(seen, world, node, call.uid, give))
    for effect in world.effects_on(node, pod):
        if isinstance(effect, ContainerExits):
            world.at(world.now + effect.after, partial(end, world, node, pod, row, effect, give))
        if isinstance(effect, MemoryGrows):
            limit_memory(world, node, pod, row, effect, give)
        if isinstance(effect, ProbeFails):
            world.at(world.now + 10, partial(probe, world, node, pod, row, effect, give))
    if pod.spec.readiness and not any(isinstance(e, ProbeFails) for e in world.effects_on(node, pod)):
        world.at(world.now + 10, partial(give, world, node, Probed(call.uid, "Readiness", True)))


def _pull(world: World, node: Node, pod: ApiPod, _call: Call, give: Give) -> None:
    if pod.spec.image not in node.runtime.images:
        node.runtime.images[pod.spec.image] = 60_000_000 + 1_000_000 * (len(pod.spec.image) * 7 % 90)
        plan(world, node, "image_gc", give)


def _stop(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    for row in node.runtime.containers.get(call.uid, ())[-1:]:
        end(world, node, pod, row, ContainerExits(137), give)


def _stop_sandbox(world: World, node: Node, pod: ApiPod, call: Call, give: Give) -> None:
    _stop(world, node, pod, call, give)
    for row in node.runtime.sandboxes.get(call.uid, ()):
        if row.ready:
            node.runtime.stop(row, world.now)
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
    "PullImage": _pull, "CreateContainer": _container, "StartContainer": _start, "StopContainer": _stop,
    "StopPodSandbox": _stop_sandbox, "KillPod": _kill, "Forget": _forget,
}  # fmt: skip
