"""Effects that last and act of themselves: which function lets each begin and end."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from plegma.lab import container_troubles, effects, kernel_troubles, kubelet_troubles, network_troubles, relist_troubles, shim_troubles
from plegma.lab.controllers import say
from plegma.lab.cri.runtimes import Health
from plegma.lab.nodes import Node
from plegma.lab.runtime_troubles import runtime_goes_on, runtime_hangs, runtime_started, runtime_stops
from plegma.lab.worlds import World


def _plugin_hangs(world: World, node: Node, effect: effects.PluginHangs) -> None:
    node.network.hangs = True
    relist_troubles.relists_hang(world, node, effect)


def _says(world: World, node: Node, effect: effects.Says, said: int = 0) -> None:
    if not world.acts_on(node, effect) or (effect.most and said >= effect.most):
        return
    for wording in effect.lines:
        for text in effects.worded(wording, world.profile.runtime).splitlines():
            world.log(node, effect.source, "", {"text": text})
    if effect.every:
        world.at(world.now + effect.every, partial(_says, world, node, effect, said + 1))


def _object_events(world: World, node: Node, effect: effects.ObjectEvents) -> None:
    workload = next((w for w in world.api.workloads.values() if w.name in world.victims), None)
    if not world.acts_on(node, effect):
        return
    if workload:
        names = (workload.namespace, effect.name, f"{effect.kind}/{effect.name}")
        say(world, effect.component, effect.kind, names, effect.reason, effect.message, True)
    world.at(world.now + effect.every, partial(_object_events, world, node, effect))


def _nothing(_world: World, _node: Node, _effect: effects.Effect) -> None:
    """An effect that only answers calls, or that needs nothing to end."""


BEGIN: Mapping[type, Callable[[World, Node, Any], None]] = {
    effects.RuntimeStops: runtime_stops,
    effects.RuntimeHangs: runtime_hangs,
    effects.NetworkMissing: network_troubles.network_missing,
    effects.NetworkFails: network_troubles.plugin_refuses,
    effects.PluginMissing: network_troubles.plugin_missing,
    effects.PluginHangs: _plugin_hangs,
    effects.AddressesHeld: network_troubles.addresses_held,
    effects.AddressesLeak: network_troubles.addresses_leak,
    effects.PodsReplaced: network_troubles.pods_replaced,
    effects.StatusHangs: relist_troubles.relists_hang,
    effects.KubeletStops: kubelet_troubles.kubelet_stops,
    effects.ApiLost: kubelet_troubles.api_lost,
    effects.FillsUp: kernel_troubles.fills_up,
    effects.DiskBreaks: kernel_troubles.disk_breaks,
    effects.TaskHangs: kernel_troubles.tasks_hang,
    effects.Says: _says,
    effects.ObjectEvents: _object_events,
    effects.MemoryGrows: container_troubles.processes_fail,
    effects.ContainerExits: container_troubles.processes_fail,
    effects.ProbeFails: container_troubles.processes_fail,
    effects.SandboxDies: container_troubles.sandboxes_die,
    effects.ShimDies: shim_troubles.shims_die,
}
END: Mapping[type, Callable[[World, Node, Any], None]] = {
    effects.RuntimeStops: runtime_started,
    effects.RuntimeHangs: runtime_goes_on,
    effects.NetworkFails: network_troubles.plugin_accepts,
    effects.PluginMissing: network_troubles.plugin_installed,
    effects.PluginHangs: network_troubles.plugin_returns,
    effects.AddressesHeld: network_troubles.addresses_freed,
    effects.AddressesLeak: network_troubles.addresses_freed,
    effects.ApiLost: kubelet_troubles.kubelet_heard,
    effects.FillsUp: kernel_troubles.emptied,
    effects.DiskBreaks: kernel_troubles.disk_replaced,
    effects.TaskHangs: kernel_troubles.tasks_go_on,
    effects.ProbeFails: container_troubles.probes_pass,
}
HEALTH = {effects.RuntimeStops: Health.refusing, effects.RuntimeHangs: Health.hanging}


def begin(world: World, node: Node, effect: effects.Effect) -> None:
    """Lets an effect begin on a node."""
    if health := HEALTH.get(type(effect)):
        node.runtime.health = health
        if health is Health.refusing and not world.profile.survives_runtime:
            container_troubles.stop_containers(world, node)
    if isinstance(effect, effects.NetworkMissing):
        node.network.configured = False
    BEGIN.get(type(effect), _nothing)(world, node, effect)


def finish(world: World, node: Node, effect: effects.Effect) -> None:
    """Lets an effect end on a node."""
    if type(effect) in HEALTH:
        node.runtime.health = Health.serving
    if isinstance(effect, effects.NetworkMissing):
        node.network.configured = True
    END.get(type(effect), _nothing)(world, node, effect)
