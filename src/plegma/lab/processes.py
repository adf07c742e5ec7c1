"""A container's process: how it ends, outgrows its memory, and answers its probes."""

from functools import partial

from plegma.agent.inputs import Probed
from plegma.agent.pods import Exit
from plegma.lab.api import ApiPod
from plegma.lab.cri.records import ContainerRow
from plegma.lab.effects import ContainerExits, MemoryGrows, ProbeFails
from plegma.lab.housekeeping import REQUESTED, Give, usage
from plegma.lab.nodes import Node
from plegma.lab.relists import next_relist, seen
from plegma.lab.worlds import World

GROWTH = 5.0
"""Seconds between two looks at a working set that grows."""


def end(world: World, node: Node, pod: ApiPod, row: ContainerRow, how: ContainerExits, give: Give) -> None:
    """The container's process ends, unless it has ended already, or waits in the kernel where no signal reaches it."""
    if row.state != "Running" or node.kernel.holds(pod.spec.uid):
        return
    row.state = "Exited"
    row.exit = Exit(how.code, how.reason, row.started, world.now)
    node.kernel.cgroups.pop(pod.spec.uid, None)
    for text in how.kernel:
        world.log(node, "kernel", "", {"text": text.replace("{uid}", pod.spec.uid).replace("{id}", row.id)})
    world.log(node, "runtime", "shim-gone", {"id": row.id})
    world.at(next_relist(world), partial(seen, world, node, pod.spec.uid, give))


def probe(world: World, node: Node, pod: ApiPod, row: ContainerRow, how: ProbeFails, give: Give) -> None:
    """A probe fails while its effect is on, every 10 s as long as the container runs."""
    if row.state != "Running" or how not in world.effects_on(node, pod):
        return
    host = node.runtime.sandboxes[pod.spec.uid][-1].ip
    give(world, node, Probed(pod.spec.uid, how.kind, False, how.output.replace("{ip}", host)))
    world.at(world.now + 10, partial(probe, world, node, pod, row, how, give))


def limit_memory(world: World, node: Node, pod: ApiPod, row: ContainerRow, how: MemoryGrows, give: Give) -> None:
    """The container's memory is limited, and its working set grows from what a pod like this uses anyhow."""
    uid = pod.spec.uid
    node.kernel.limit(uid, pod.spec.container[:15], how.limit, usage(uid, "memory"), REQUESTED["memory"])
    world.at(world.now + GROWTH, partial(_grow, world, node, pod, row, how, give))


def _grow(world: World, node: Node, pod: ApiPod, row: ContainerRow, how: MemoryGrows, give: Give) -> None:
    if row.state != "Running" or how not in world.effects_on(node, pod):
        return
    if killed := node.kernel.charge(pod.spec.uid, int(how.rate * GROWTH)):
        world.log(node, "kernel", "oom-kill", killed.facts() | {"uid": pod.spec.uid, "id": row.id})
        world.log(node, "runtime", "oom", {"id": row.id})
        end(world, node, pod, row, ContainerExits(137, reason="OOMKilled"), give)
    else:
        world.at(world.now + GROWTH, partial(_grow, world, node, pod, row, how, give))
