"""Shims that die, and what is left of their pods: containerd ends it, when it is there to do so."""

from functools import partial

from plegma.agent.pods import Exit
from plegma.lab import effects
from plegma.lab.cri.records import SandboxRow
from plegma.lab.cri.runtimes import Health
from plegma.lab.drivers import give
from plegma.lab.nodes import Node
from plegma.lab.relists import next_relist, seen
from plegma.lab.worlds import World


def shims_die(world: World, node: Node, _effect: effects.ShimDies) -> None:
    """The shims of the victim's pods are killed; their processes run on as init's children."""
    victims = {uid for uid, pod in world.api.pods.items() if world.is_victim(pod)}
    for shim in [s for s in node.runtime.shims.values() if s.uid in victims]:
        del node.runtime.shims[shim.sandbox]
        node.runtime.orphans.add(shim.sandbox)
    clean_up(world, node)


def clean_up(world: World, node: Node) -> None:
    """containerd ends what a dead shim left (runtime/v2 cleanupAfterDeadShim), also of shims that died while it was away.

    What waits in the kernel cannot be ended and stays.
    """
    if node.runtime.health is not Health.serving:
        return
    left = [row for rows in node.runtime.sandboxes.values() for row in rows if row.id in node.runtime.orphans]
    for row in left:
        if not node.kernel.holds(row.uid):
            _end_pod(world, node, row)


def _end_pod(world: World, node: Node, sandbox: SandboxRow) -> None:
    node.runtime.stop(sandbox, world.now)
    node.kernel.cgroups.pop(sandbox.uid, None)
    for row in node.runtime.containers.get(sandbox.uid, ()):
        if row.sandbox == sandbox.id and row.state == "Running":
            row.state, row.exit = "Exited", Exit(137, "Error", row.started, world.now)
    world.log(node, "runtime", "shim-gone", {"id": sandbox.id})
    world.at(next_relist(world), partial(seen, world, node, sandbox.uid, give))
