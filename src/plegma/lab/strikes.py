"""Faults strike and are lifted: everywhere in the faulty part of a cluster, or node by node, for now or for good."""

from collections.abc import Callable
from functools import partial

from plegma.lab.drivers import give
from plegma.lab.effects import CallFails, ContainerExits, Effect, KubeletStops
from plegma.lab.nodes import Node
from plegma.lab.processes import end
from plegma.lab.restarts import start_kubelet
from plegma.lab.scenarios import Fault
from plegma.lab.troubles import begin, finish
from plegma.lab.worlds import World


def strike(world: World, fault: Fault, effect: Effect) -> None:
    """An effect of a fault begins on all faulty nodes."""
    world.active.append((fault, effect))
    _everywhere(world, partial(begin, world), effect)


def lift(world: World, fault: Fault, effect: Effect) -> None:
    """An effect of a fault ends everywhere; one that was lifted before its time stays so."""
    if (fault, effect) in world.active:
        world.active.remove((fault, effect))
        _everywhere(world, partial(_end, world), effect)


def ease(world: World, node: Node, fault: Fault) -> None:
    """A fault does not act on a node any more, though it may still be there."""
    if (node.name, fault.name) not in world.eased:
        world.eased.add((node.name, fault.name))
        for effect in _effects(world, fault):
            _end(world, node, effect)


def strike_again(world: World, node: Node, fault: Fault) -> None:
    """A fault that was eased acts on a node again, unless it was lifted meanwhile.

    One that lets no container start shows in those that run only when they end, so they do.
    """
    world.eased.discard((node.name, fault.name))
    node.early.clear()  # the first lines of the new incident are those that its reader needs
    for effect in _effects(world, fault):
        begin(world, node, effect)
        if isinstance(effect, CallFails) and effect.op == "StartContainer":
            _end_containers(world, node)


def _end_containers(world: World, node: Node) -> None:
    for uid, rows in list(node.runtime.containers.items()):
        pod = world.api.pods.get(uid)
        if pod and world.is_victim(pod) and rows:
            end(world, node, pod, rows[-1], ContainerExits(137), give)


def _end(world: World, node: Node, effect: Effect) -> None:
    if isinstance(effect, KubeletStops):
        start_kubelet(world, node)
    else:
        finish(world, node, effect)


def _effects(world: World, fault: Fault) -> list[Effect]:
    return [effect for known, effect in world.active if known.name == fault.name]


def _everywhere(world: World, act: Callable[[Node, Effect], None], effect: Effect) -> None:
    for name in world.faulty:
        act(world.nodes[name], effect)
