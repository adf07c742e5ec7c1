"""Containers and pause containers that end, and probes that fail."""

from functools import partial

from plegma.agent.inputs import Probed
from plegma.agent.pods import Exit
from plegma.lab import effects
from plegma.lab.drivers import give
from plegma.lab.nodes import Node
from plegma.lab.processes import end, limit_memory, probe
from plegma.lab.relists import next_relist, seen
from plegma.lab.worlds import World


def processes_fail(world: World, node: Node, effect: effects.ContainerExits | effects.ProbeFails | effects.MemoryGrows) -> None:
    """The victim's containers that run already end, grow, or fail their probe."""
    for uid, rows in list(node.runtime.containers.items()):
        pod = world.api.pods.get(uid)
        if not pod or not world.is_victim(pod) or not rows:
            continue
        if isinstance(effect, effects.MemoryGrows):
            limit_memory(world, node, pod, rows[-1], effect, give)
        elif isinstance(effect, effects.ContainerExits):
            world.at(world.now + effect.after, partial(end, world, node, pod, rows[-1], effect, give))
        else:
            world.at(world.now + 3, partial(probe, world, node, pod, rows[-1], effect, give))


def sandboxes_die(world: World, node: Node, effect: effects.SandboxDies) -> None:
    """The pause container of the victim's pods dies; the next relist finds that."""
    for uid, rows in list(node.runtime.sandboxes.items()):
        pod = world.api.pods.get(uid)
        if pod and world.is_victim(pod) and rows:
            node.runtime.stop(rows[-1], world.now)
            for row in node.runtime.containers.get(uid, [])[-1:] if effect.whole else ():
                row.state, row.exit = "Exited", Exit(137, "Error", row.started, world.now)
            world.log(node, "runtime", "shim-gone", {"id": rows[-1].id})
            world.at(next_relist(world), partial(seen, world, node, uid, give))


def probes_pass(world: World, node: Node, _effect: effects.ProbeFails) -> None:
    """Containers that run are ready again."""
    for uid, rows in node.runtime.containers.items():
        pod = world.api.pods.get(uid)
        if pod and world.is_victim(pod) and rows and rows[-1].state == "Running":
            give(world, node, Probed(uid, "Readiness", True))


def stop_containers(world: World, node: Node) -> None:
    """Everything that ran ends with its runtime (dockerd without live-restore), pause containers too."""
    for rows in node.runtime.sandboxes.values():
        for sandbox in rows:
            sandbox.ended = world.now if sandbox.ready else sandbox.ended
            sandbox.ready = False
    node.kernel.cgroups.clear()
    for containers in node.runtime.containers.values():
        for row in containers:
            if row.state == "Running":
                row.state, row.exit = "Exited", Exit(137, "Error", row.started, world.now)
