"""A kubelet that ends, or that cannot reach the API server."""

from dataclasses import replace
from functools import partial

from plegma.agent.inputs import LeaseDue, RuntimePolled, StatusTick
from plegma.lab import effects
from plegma.lab.controllers import lose_contact
from plegma.lab.drivers import give
from plegma.lab.housekeeping import catch_up, grid
from plegma.lab.nodes import Node
from plegma.lab.worlds import World


def kubelet_stops(world: World, node: Node, effect: effects.KubeletStops) -> None:
    """The kubelet says its last words and renews no lease any more."""
    catch_up(world, node, give)
    _last_words(world, node, effect)
    node.runs = False
    node.stopped = world.now
    _lose_lease(world, node, effect)


def _last_words(world: World, node: Node, effect: effects.KubeletStops) -> None:
    for text in effect.log:
        world.log(node, "kubelet", "", {"text": text})
    for wording in effect.unit:
        world.log(node, "kubelet", "systemd", {"text": effects.worded(wording, world.profile.runtime)})
    if effect.restarts and (node.runs or world.acts_on(node, effect)):
        world.at(world.now + effect.restarts, partial(_last_words, world, node, effect))


def _lose_lease(world: World, node: Node, effect: effects.Effect) -> None:
    node.lease_lost = world.now - world.now % world.profile.seconds("lease_renew")
    world.at(node.lease_lost + world.profile.node_grace + 3, partial(_contact, world, node, effect))


def _contact(world: World, node: Node, effect: effects.Effect) -> None:
    if world.acts_on(node, effect):
        lose_contact(world, node)


def kubelet_heard(world: World, node: Node, _effect: effects.Effect) -> None:
    """The API server hears the kubelet again."""
    node.runs, node.stopped, node.lease_lost, node.api_error = True, None, None, ""
    world.api.taints[node.name].discard("node.kubernetes.io/unreachable")
    node.kubelet = replace(node.kubelet, ready=None)
    for kind, condition in world.api.conditions[node.name].items():
        if condition.status == "Unknown":
            world.api.conditions[node.name][kind] = replace(condition, status="False", changed=world.now)
    give(world, node, RuntimePolled())
    give(world, node, StatusTick())


def api_lost(world: World, node: Node, effect: effects.ApiLost) -> None:
    """The kubelet runs, but its calls to the API server fail."""
    catch_up(world, node, give)
    node.api_error = effect.error
    _lose_lease(world, node, effect)
    world.at(grid(world.now, world.profile.seconds("lease_renew")), partial(give, world, node, LeaseDue()))
    _complain(world, node, effect)


def _complain(world: World, node: Node, effect: effects.ApiLost) -> None:
    if world.acts_on(node, effect):
        world.log(node, "kubelet", "reflector-failed", {"error": effect.error, "node": node.name})
        give(world, node, StatusTick())
        world.at(grid(world.now, 10), partial(_complain, world, node, effect))
