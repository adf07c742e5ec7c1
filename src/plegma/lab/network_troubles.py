"""Effects on a node's network: what the plugins answer, and which addresses are left."""

from functools import partial

from plegma.agent.inputs import RuntimePolled, StatusTick, SyncPod
from plegma.lab import effects
from plegma.lab.controllers import create_pod, delete_pod, watch_ready
from plegma.lab.cri.calls import give_up
from plegma.lab.drivers import give
from plegma.lab.nodes import Node
from plegma.lab.worlds import World

LOST = "0" * 8
"""Ids of sandboxes that nobody remembers begin so."""


def plugin_returns(world: World, node: Node, _effect: effects.PluginHangs) -> None:
    """The plugin returns again; calls that waited for it have ended."""
    node.network.hangs = False
    node.network.locks.clear()
    give_up(world, node)


def plugin_refuses(world: World, node: Node, effect: effects.NetworkFails) -> None:
    """A plugin answers every ADD with an error."""
    node.network.refusals.append((effect.plugin, effects.worded(effect.text, world.profile.runtime)))


def plugin_accepts(world: World, node: Node, effect: effects.NetworkFails) -> None:
    """It does so no more."""
    refusal = (effect.plugin, effects.worded(effect.text, world.profile.runtime))
    node.network.refusals = [r for r in node.network.refusals if r != refusal]


def plugin_missing(_world: World, node: Node, effect: effects.PluginMissing) -> None:
    """The configuration names a plugin that is not there."""
    node.network.chain = (*node.network.chain, effect.plugin)


def plugin_installed(_world: World, node: Node, effect: effects.PluginMissing) -> None:
    """It is there now."""
    node.network.installed.add(effect.plugin)


def addresses_held(world: World, node: Node, effect: effects.AddressesHeld) -> None:
    """Addresses are held that nobody uses."""
    known = node.network.addresses
    free = [h for h in range(known.first, known.last + 1) if h not in known.held]
    for host in free[effect.left :]:
        known.held[host] = f"{LOST}{world.hex(56)}"


def addresses_freed(_world: World, node: Node, _effect: effects.AddressesHeld | effects.AddressesLeak) -> None:
    """Reservations of sandboxes that are gone are removed, and DEL works."""
    here = {row.id for rows in node.runtime.sandboxes.values() for row in rows}
    node.network.addresses.held = {h: s for h, s in node.network.addresses.held.items() if s in here}
    node.network.addresses.last = 254
    node.network.releases = True


def addresses_leak(_world: World, node: Node, effect: effects.AddressesLeak) -> None:
    """DEL gives no address back from now on."""
    node.network.releases = False
    node.network.addresses.last = node.network.addresses.first + effect.hosts - 1


def pods_replaced(world: World, node: Node, effect: effects.PodsReplaced) -> None:
    """One of the victim's pods is replaced by another, again and again."""
    if not world.acts_on(node, effect):
        return
    pods = [p for p in world.api.pods.values() if p.node == node.name and world.is_victim(p) and p.deleting is None and not p.phase]
    if pods:
        delete_pod(world, pods[0])
        create_pod(world, pods[0].workload, node.name, 0)
    world.at(world.now + effect.every, partial(pods_replaced, world, node, effect))


def network_missing(world: World, node: Node, effect: effects.NetworkMissing) -> None:
    """The next status poll finds it; pods that run come to it at their own next sync."""
    world.at(node.tick(world.now, world.profile.seconds("runtime_poll")), partial(_network_polled, world, node, effect))
    for uid in node.kubelet.pods:
        world.at(world.now + world.rng.uniform(5, world.profile.seconds("resync_high")), partial(give, world, node, SyncPod(uid)))
    watch_ready(world, node)


def _network_polled(world: World, node: Node, effect: effects.NetworkMissing) -> None:
    if not world.acts_on(node, effect):
        give(world, node, RuntimePolled())
    else:
        give(world, node, RuntimePolled("", effects.worded(effect.text, world.profile.runtime)))
        world.at(node.tick(world.now, world.profile.seconds("runtime_poll")), partial(_network_polled, world, node, effect))
    world.at(node.tick(world.now, world.profile.seconds("status_compute")), partial(give, world, node, StatusTick()))
