"""A node's kernel runs short of something, and says so as long as it is."""

from functools import partial

from plegma.lab import effects
from plegma.lab.drivers import give
from plegma.lab.housekeeping import plan
from plegma.lab.nodes import Node
from plegma.lab.worlds import World

RATE_LIMIT = 5.0


def fills_up(world: World, node: Node, effect: effects.FillsUp) -> None:
    """Something uses nearly all of a store of the kernel."""
    node.kernel.fill(effect.store, effect.left)
    if effect.store == "conntrack":
        _drop_packets(world, node)
    else:
        plan(world, node, "eviction_check", give)


def _drop_packets(world: World, node: Node) -> None:
    """The kernel says so as long as its table is full, as often as its rate limit lets it."""
    table = node.kernel.stores["conntrack"]
    if table.used >= table.total:
        world.log(node, "kernel", "table-full", {})
        world.at(world.now + RATE_LIMIT, partial(_drop_packets, world, node))


def emptied(world: World, node: Node, effect: effects.FillsUp) -> None:
    """A quarter of the store is used again, as on a quiet node."""
    node.kernel.fill(effect.store, 0.75)
    plan(world, node, "eviction_check", give)
