"""A relist in the lab: when the coming one has found what changes now, and what it reads of a pod."""

from plegma.agent.inputs import StatusRead
from plegma.lab.cri.runtimes import Health
from plegma.lab.housekeeping import Give, grid
from plegma.lab.nodes import Node
from plegma.lab.worlds import World

NO_SUCH = "rpc error: code = Unknown desc = Error: No such container: {id}"
INSPECTION = 0.05
"""Seconds from a relist's start until it has read a pod's status."""


def next_relist(world: World) -> float:
    """When the coming relist has found what changes now."""
    return grid(world.now, world.profile.seconds("relist_period")) + INSPECTION


def seen(world: World, node: Node, uid: str, give: Give) -> None:
    """A relist reads the pod's status; a sandbox of which only dockershim's checkpoint is left fails the whole of it."""
    if uid in node.hung or node.runtime.health is not Health.serving:
        return
    lost = next((row for row in node.runtime.sandboxes.get(uid, ()) if row.checkpoint_only), None)
    gone = NO_SUCH.format(id=lost.id) if lost else ""
    give(world, node, StatusRead(uid, None, gone) if lost else StatusRead(uid, node.runtime.status(uid)))
