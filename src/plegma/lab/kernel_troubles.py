"""A node's kernel runs short of something, and says so as long as it is."""

from functools import partial

from plegma.lab import effects
from plegma.lab.disks import Breakage
from plegma.lab.drivers import give
from plegma.lab.housekeeping import grid, plan
from plegma.lab.nodes import Node
from plegma.lab.tasks import TIMEOUT, overdue
from plegma.lab.worlds import World

RATE_LIMIT = 5.0
WRITE_BACK = 40.0
"""Seconds from one write-back that finds bad blocks to the next."""


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


def disk_breaks(world: World, node: Node, effect: effects.DiskBreaks) -> None:
    """Writing to a disk fails from now on."""
    node.kernel.disks[effect.holds].broken = effect.broken
    _write_back(world, node, effect)


def _write_back(world: World, node: Node, effect: effects.DiskBreaks) -> None:
    disk = node.kernel.disks[effect.holds]
    lost = disk.write_back()
    if lost is None or not world.acts_on(node, effect):
        return
    world.log(node, "kernel", "write-lost", lost)
    if disk.read_only:
        world.log(node, "kernel", "journal-aborted", lost | {"writer": world.profile.runtime.replace("docker", "dockerd")})
    world.at(world.now + WRITE_BACK, partial(_write_back, world, node, effect))


def disk_replaced(_world: World, node: Node, effect: effects.DiskBreaks) -> None:
    """Another disk with what was on it, mounted to be written."""
    disk = node.kernel.disks[effect.holds]
    disk.broken, disk.read_only = Breakage.none, False


def tasks_hang(world: World, node: Node, effect: effects.TaskHangs) -> None:
    """Tasks wait for a server that does not answer; khungtaskd finds them."""
    world.log(node, "kernel", "server-gone", {"server": effect.server})
    if effect.command:
        node.kernel.hang(effect.command, "statfs", world.now)
    for uid in () if effect.command else list(node.runtime.containers):
        pod = world.api.pods.get(uid)
        if pod and world.is_victim(pod):
            node.kernel.hang(pod.spec.container[:15], "flush", world.now, uid)
    world.at(grid(world.now, TIMEOUT), partial(_report_tasks, world, node))


def _report_tasks(world: World, node: Node) -> None:
    for task in overdue(node.kernel.tasks, world.now, node.kernel.warnings):
        node.kernel.warnings -= 1
        world.log(node, "kernel", f"hung-{task.waits}", {"command": task.command, "padded": f"{task.command:<15}", "pid": str(task.pid)})
    if node.kernel.tasks and node.kernel.warnings:
        world.at(grid(world.now, TIMEOUT), partial(_report_tasks, world, node))


def tasks_go_on(world: World, node: Node, effect: effects.TaskHangs) -> None:
    """The server answers again, and whatever waited for it goes on."""
    world.log(node, "kernel", "server-back", {"server": effect.server})
    node.kernel.tasks = ()
