"""Relists that wait: the status of a pod whose lock is held does not return (dockershim), and PLEG becomes unhealthy by it."""

from dataclasses import replace
from functools import partial

from plegma.agent.inputs import RelistDone, RelistListed, StatusRead, StatusTick
from plegma.agent.pleg import inspections
from plegma.agent.pods import Exit
from plegma.lab import effects
from plegma.lab.cri.records import ContainerRow
from plegma.lab.cri.wordings import DEADLINE
from plegma.lab.drivers import give
from plegma.lab.housekeeping import grid, plan
from plegma.lab.nodes import Line, Node
from plegma.lab.relists import NO_SUCH
from plegma.lab.runtime_troubles import runtime_back, watch_loop
from plegma.lab.worlds import World

OWN_TIMEOUT = "rpc error: code = Unknown desc = operation timeout: context deadline exceeded"
HOLD = 10.0


def relists_hang(world: World, node: Node, effect: effects.Effect) -> None:
    """From some relist on, reading the status of a pod whose lock is held waits for its deadline."""
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
    world.at(grid(world.now, 10), partial(give, world, node, StatusTick()))
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
    give(world, node, StatusTick())


def _relisted(world: World, node: Node, effect: effects.Effect) -> None:
    if not world.acts_on(node, effect):  # else the next relist begins at this moment, and its list is what counts
        give(world, node, RelistDone())
    _relist(world, node, effect, True)
