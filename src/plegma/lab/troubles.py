"""Effects that last and act of themselves: network missing, hung status, dead sandboxes, kubelet or API gone."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from plegma.agent.inputs import LeaseDue, Probed, RelistDone, RelistListed, RuntimePolled, StatusRead, StatusTick, SyncPod
from plegma.agent.pleg import inspections
from plegma.agent.pods import Exit
from plegma.lab import effects, network_troubles
from plegma.lab.controllers import lose_contact, say, watch_ready
from plegma.lab.cri.records import ContainerRow
from plegma.lab.cri.runtimes import Health
from plegma.lab.cri.wordings import DEADLINE
from plegma.lab.drivers import give
from plegma.lab.housekeeping import catch_up, grid, plan
from plegma.lab.nodes import Line, Node
from plegma.lab.runtime_troubles import runtime_back, runtime_goes_on, runtime_hangs, runtime_started, runtime_stops, watch_loop
from plegma.lab.runtimes import NO_SUCH, end, next_relist, probe, seen
from plegma.lab.worlds import World

OWN_TIMEOUT = "rpc error: code = Unknown desc = operation timeout: context deadline exceeded"
HOLD = 10.0
RATE_LIMIT = 5.0
TABLE_FULL = ("nf_conntrack: nf_conntrack: table full, dropping packet", "net_ratelimit: 218 callbacks suppressed")


def _tick(world: World, node: Node) -> None:
    give(world, node, StatusTick())


def _network_missing(world: World, node: Node, effect: effects.NetworkMissing) -> None:
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
    world.at(node.tick(world.now, world.profile.seconds("status_compute")), partial(_tick, world, node))


def _hang_starts(world: World, node: Node, effect: effects.Effect) -> None:
    if node.network.exec_timeout:  # the lock is held for so long at most, which is no trouble for a relist
        return
    if world.profile.status_takes_network_lock or isinstance(effect, effects.StatusHangs):
        later = world.rng.uniform(0, 5 * 86400) if isinstance(effect, effects.StatusHangs) else 0.0
        world.at(grid(world.now + later, 10), partial(_relist, world, node, effect, False))
        watch_loop(world, node, effect)


def _relist(world: World, node: Node, effect: effects.Effect, failed_before: bool) -> None:
    if not world.acts_on(node, effect):
        node.hung.clear()
        node.network.locks.clear()
        node.horizon = float("inf")
        runtime_back(world, node, effect)
        return
    _find_hung(world, node, effect)
    give(world, node, RelistListed())
    world.at(grid(world.now, 10), partial(_tick, world, node))
    if not node.hung:
        give(world, node, RelistDone())
        world.at(world.now + HOLD, partial(_relist, world, node, effect, False))
        return
    error = OWN_TIMEOUT if world.rng.random() < 0.003 else DEADLINE
    call = world.profile.seconds("cri_timeout")
    took = inspections(failed_before) * call * len(node.hung) + 1
    _read_hung(world, node, call, error)
    node.horizon = world.now + min(took, world.profile.seconds("relist_threshold"))
    if took > world.profile.seconds("relist_threshold"):
        world.at(grid(world.now + world.profile.seconds("relist_threshold"), 10), partial(_unhealthy, world, node, world.now + took))
    world.at(world.now + took, partial(_relisted, world, node, effect))


def _find_hung(world: World, node: Node, effect: effects.Effect) -> None:
    for uid, rows in node.runtime.sandboxes.items():
        pod = world.api.pods.get(uid)
        held = isinstance(effect, effects.StatusHangs) and pod is not None and world.is_victim(pod)
        if pod and rows and uid not in node.hung and (held or uid in node.network.locks):
            node.hung.add(uid)
            node.network.locks.add(uid)
            if held:
                _lose_sandbox(world, node, uid)
                plan(world, node, "container_gc", give, world.detail_from)


def _lose_sandbox(world: World, node: Node, uid: str) -> None:
    old = node.runtime.sandboxes[uid][0]
    old.checkpoint_only, old.ready = True, False
    node.runtime.sandboxes[uid].append(
        replace(old, id=world.hex(64), attempt=1, checkpoint_only=False, ready=True, created=old.created + 40)
    )
    gone = NO_SUCH.format(id=old.id)
    node.early.append(Line(world.now, "status-failed", {"error": gone, "sandbox": old.id, **_names(world, uid)}))
    rows = node.runtime.containers.setdefault(uid, [])
    if rows:
        rows[-1].removing = True
        if rows[-1].state == "Running":  # no container outlives its sandbox
            rows[-1].state, rows[-1].exit = "Exited", Exit(137, "Error", rows[-1].started, world.now)
        rows.append(ContainerRow(world.hex(64), uid, node.runtime.sandboxes[uid][-1].id, rows[-1].attempt + 1, world.now))


def _names(world: World, uid: str) -> dict[str, str]:
    spec = world.api.pods[uid].spec
    return {"pod": spec.name, "namespace": spec.namespace, "uid": uid, "name": spec.container}


def _read_hung(world: World, node: Node, after: float, error: str) -> None:
    for uid in node.hung:
        pod = node.kubelet.pods.get(uid)
        if pod and (world.now >= world.detail_from or pod.status_error != error):
            world.at(world.now + after, partial(_fail_read, world, node, uid, error))


def _fail_read(world: World, node: Node, uid: str, error: str) -> None:
    if uid in node.hung:
        give(world, node, StatusRead(uid, None, error))


def _unhealthy(world: World, node: Node, until: float) -> None:
    node.horizon = until
    _tick(world, node)


def _relisted(world: World, node: Node, effect: effects.Effect) -> None:
    if not world.acts_on(node, effect):  # else the next relist begins at this moment, and its list is what counts
        give(world, node, RelistDone())
    _relist(world, node, effect, True)


def _kubelet_stops(world: World, node: Node, effect: effects.KubeletStops) -> None:
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


def _kubelet_back(world: World, node: Node, _effect: effects.Effect) -> None:
    node.runs, node.stopped, node.lease_lost, node.api_error = True, None, None, ""
    world.api.taints[node.name].discard("node.kubernetes.io/unreachable")
    node.kubelet = replace(node.kubelet, ready=None)
    for kind, condition in world.api.conditions[node.name].items():
        if condition.status == "Unknown":
            world.api.conditions[node.name][kind] = replace(condition, status="False", changed=world.now)
    give(world, node, RuntimePolled())
    _tick(world, node)


def _api_lost(world: World, node: Node, effect: effects.ApiLost) -> None:
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


def _fills_up(world: World, node: Node, effect: effects.FillsUp) -> None:
    node.kernel.fill(effect.store, effect.left)
    if effect.store == "conntrack":
        _drop_packets(world, node)
    else:
        plan(world, node, "eviction_check", give)


def _drop_packets(world: World, node: Node) -> None:
    """The kernel says so as long as its table is full, as often as its rate limit lets it."""
    table = node.kernel.stores["conntrack"]
    if table.used >= table.total:
        for text in TABLE_FULL:
            world.log(node, "kernel", "", {"text": text})
        world.at(world.now + RATE_LIMIT, partial(_drop_packets, world, node))


def _emptied(world: World, node: Node, effect: effects.FillsUp) -> None:
    node.kernel.fill(effect.store, 0.75)
    plan(world, node, "eviction_check", give)


def _plugin_hangs(world: World, node: Node, effect: effects.PluginHangs) -> None:
    node.network.hangs = True
    _hang_starts(world, node, effect)


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


def _exits(world: World, node: Node, effect: effects.ContainerExits | effects.ProbeFails) -> None:
    for uid, rows in list(node.runtime.containers.items()):
        pod = world.api.pods.get(uid)
        if pod and world.is_victim(pod) and rows and isinstance(effect, effects.ContainerExits):
            world.at(world.now + effect.after, partial(end, world, node, pod, rows[-1], effect, give))
        elif pod and world.is_victim(pod) and rows and isinstance(effect, effects.ProbeFails):
            world.at(world.now + 3, partial(probe, world, node, pod, rows[-1], effect, give))


def _sandbox_dies(world: World, node: Node, effect: effects.SandboxDies) -> None:
    for uid, rows in list(node.runtime.sandboxes.items()):
        pod = world.api.pods.get(uid)
        if pod and world.is_victim(pod) and rows:
            rows[-1].ready = False
            for row in node.runtime.containers.get(uid, [])[-1:] if effect.whole else ():
                row.state, row.exit = "Exited", Exit(137, "Error", row.started, world.now)
            world.log(node, "runtime", "shim-gone", {"id": rows[-1].id})
            world.at(next_relist(world), partial(seen, world, node, uid, give))


def _probes_pass(world: World, node: Node, _effect: effects.ProbeFails) -> None:
    for uid, rows in node.runtime.containers.items():
        pod = world.api.pods.get(uid)
        if pod and world.is_victim(pod) and rows and rows[-1].state == "Running":
            give(world, node, Probed(uid, "Readiness", True))


def _nothing(_world: World, _node: Node, _effect: effects.Effect) -> None:
    """An effect that only answers calls, or that needs nothing to end."""


BEGIN: Mapping[type, Callable[[World, Node, Any], None]] = {
    effects.RuntimeStops: runtime_stops,
    effects.RuntimeHangs: runtime_hangs,
    effects.NetworkMissing: _network_missing,
    effects.NetworkFails: network_troubles.plugin_refuses,
    effects.PluginMissing: network_troubles.plugin_missing,
    effects.PluginHangs: _plugin_hangs,
    effects.AddressesHeld: network_troubles.addresses_held,
    effects.AddressesLeak: network_troubles.addresses_leak,
    effects.PodsReplaced: network_troubles.pods_replaced,
    effects.StatusHangs: _hang_starts,
    effects.KubeletStops: _kubelet_stops,
    effects.ApiLost: _api_lost,
    effects.FillsUp: _fills_up,
    effects.Says: _says,
    effects.ObjectEvents: _object_events,
    effects.ContainerExits: _exits,
    effects.ProbeFails: _exits,
    effects.SandboxDies: _sandbox_dies,
}
END: Mapping[type, Callable[[World, Node, Any], None]] = {
    effects.RuntimeStops: runtime_started,
    effects.RuntimeHangs: runtime_goes_on,
    effects.NetworkFails: network_troubles.plugin_accepts,
    effects.PluginMissing: network_troubles.plugin_installed,
    effects.PluginHangs: network_troubles.plugin_returns,
    effects.AddressesHeld: network_troubles.addresses_freed,
    effects.AddressesLeak: network_troubles.addresses_freed,
    effects.ApiLost: _kubelet_back,
    effects.FillsUp: _emptied,
    effects.ProbeFails: _probes_pass,
}
HEALTH = {effects.RuntimeStops: Health.refusing, effects.RuntimeHangs: Health.hanging}


def begin(world: World, node: Node, effect: effects.Effect) -> None:
    """Lets an effect begin on a node."""
    if health := HEALTH.get(type(effect)):
        node.runtime.health = health
        if health is Health.refusing and not world.profile.survives_runtime:
            stop_containers(world, node)
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


def stop_containers(world: World, node: Node) -> None:
    """Everything that ran ends with its runtime (dockerd without live-restore), pause containers too."""
    for rows in node.runtime.sandboxes.values():
        for sandbox in rows:
            sandbox.ended = world.now if sandbox.ready else sandbox.ended
            sandbox.ready = False
    for containers in node.runtime.containers.values():
        for row in containers:
            if row.state == "Running":
                row.state, row.exit = "Exited", Exit(137, "Error", row.started, world.now)
