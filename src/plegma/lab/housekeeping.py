"""A kubelet's periodic turns in virtual time: lease, status, garbage, images, eviction.

A turn that can find nothing is not played: leases and reports are counted when someone looks (`catch_up`), and the other
turns are planned when something happens that they would find.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from plegma.agent import decisions
from plegma.agent.evictions import Reading, Usage
from plegma.agent.inputs import (
    Collected,
    ImagesListed,
    LeaseAnswered,
    LeaseDue,
    RecordsListed,
    ResourcesRead,
    StatusAnswered,
    StatusTick,
)
from plegma.agent.pods import Image
from plegma.lab.cri.calls import stop_sandbox
from plegma.lab.cri.records import Outcome
from plegma.lab.cri.runtimes import Health
from plegma.lab.cri.wordings import DEADLINE, REFUSED, REMOVING
from plegma.lab.nodes import Node
from plegma.lab.worlds import World

Give = Callable[[World, Node, Any], None]
SIGNALS = (
    ("memory.available", "memory"), ("nodefs.available", "disk"), ("imagefs.available", "disk"), ("nodefs.inodesFree", "inodes"),
    ("pid.available", "pid"),
)  # fmt: skip
USES = {"memory": (48 << 20, 1 << 20), "disk": (6 << 20, 1 << 18), "pid": (4, 1)}
REQUESTED = {"memory": 64 << 20, "disk": 0, "pid": 0}
LEAST = {"memory": 0.02, "disk": 0.20, "inodes": 0.08, "pid": 0.12}
"""Below this fraction a store is watched turn by turn."""


def grid(now: float, period: float, offset: float = 0.0) -> float:
    """The next moment of a tick."""
    return ((now - offset) // period + 1) * period + offset


def catch_up(world: World, node: Node, give: Give) -> None:
    """Lease renewals and reports that went well since they were last counted."""
    period = world.profile.seconds("lease_renew")
    times = int((world.now - node.renewed) // period)
    if node.runs and not node.api_error and times:
        give(world, node, LeaseDue(times))
        if node.kubelet.ready and node.runtime.health is Health.serving:  # else each status is played
            give(world, node, StatusTick(times))


def renew(world: World, node: Node, renewed: decisions.RenewLease, give: Give) -> None:
    """A renewal reaches the API, or does not."""
    if node.api_error:
        give(world, node, LeaseAnswered(node.api_error))
        return
    period = world.profile.seconds("lease_renew")
    node.renewed = world.now - world.now % period
    node.renewals += renewed.times
    give(world, node, LeaseAnswered())


def report(world: World, node: Node, reported: decisions.ReportNode, give: Give) -> None:
    """The node's status reaches the API, or does not."""
    if node.api_error:
        give(world, node, StatusAnswered(node.api_error))
        return
    period = world.profile.seconds("status_post") if world.profile.leases else world.profile.seconds("status_compute")
    node.reported = world.now - (world.now - node.reported) % period if reported.times > 1 else world.now


def renewed(world: World, node: Node) -> float:
    """When the node's lease was last renewed, by what is counted and what is not yet."""
    if node.lease_lost is not None:
        return node.lease_lost
    return world.now - world.now % world.profile.seconds("lease_renew")


def reported(world: World, node: Node) -> float:
    """When the node's status was last written: the heartbeat of its conditions."""
    if node.lease_lost is not None:
        return min(node.lease_lost, node.reported) if world.profile.leases else node.lease_lost
    if not world.profile.leases:
        return world.now - world.now % world.profile.seconds("status_compute")
    return world.now - (world.now - node.reported) % world.profile.seconds("status_post")


def plan(world: World, node: Node, name: str, give: Give, earliest: float = 0.0) -> None:
    """Plans the next of a periodic turn ("container_gc", "image_gc" or "eviction_check") unless it is planned.

    `earliest`: turns before that would only fail as the last one did.
    """
    if name not in node.due:
        node.due.add(name)
        world.at(grid(max(world.now, earliest), world.profile.seconds(name)), partial(_turn, world, node, name, give, node.process))


def _turn(world: World, node: Node, name: str, give: Give, process: int) -> None:
    node.due.discard(name)
    if process != node.process:
        return
    if name == "container_gc":
        give(world, node, RecordsListed(node.runtime.records()))
    elif name == "image_gc":
        give(world, node, images_listed(node))
    else:
        give(world, node, resources(node))
        give(world, node, StatusTick())
        if watched(node):
            plan(world, node, name, give)


def watched(node: Node) -> bool:
    """Is a store nearly used up, or does a pressure condition still stand?"""
    if node.kubelet.short or node.kubelet.pressures:
        return True
    return any(node.kernel.stores[name].used > (1 - least) * node.kernel.stores[name].total for name, least in LEAST.items())


def images_listed(node: Node, reclaim: bool = False) -> ImagesListed:
    """What image GC looks at."""
    used = {node.kubelet.pods[uid].spec.image for uid, rows in node.runtime.containers.items() if rows and uid in node.kubelet.pods}
    disk = node.kernel.stores["disk"]
    images = tuple(Image(name, size, name in used) for name, size in sorted(node.runtime.images.items()))
    return ImagesListed(images, used_of(node, "disk"), disk.total, reclaim)


def resources(node: Node, after_reclaim: bool = False) -> ResourcesRead:
    """What the eviction manager looks at."""
    stores = node.kernel.stores
    readings = tuple(Reading(signal, max(0, stores[s].total - used_of(node, s)) >> 12 << 12, stores[s].total) for signal, s in SIGNALS)
    pods = [u for u, p in node.kubelet.pods.items() if u in node.runtime.containers and not p.ended]
    usages = tuple(Usage(uid, r, held_by(node, uid, r), REQUESTED[r]) for uid in pods for r in USES)
    return ResourcesRead(readings, usages, after_reclaim)


def usage(uid: str, resource: str) -> int:
    """What a pod uses: something between an idle and a busy service, always the same for a pod."""
    base, step = USES[resource]
    return base + step * int(uid[:2], 16)


def held_by(node: Node, uid: str, resource: str) -> int:
    """What a pod uses on its node: where its memory is limited, the kernel has counted it."""
    cgroup = node.kernel.cgroups.get(uid) if resource == "memory" else None
    return cgroup.used if cgroup else usage(uid, resource)


def used_of(node: Node, store: str) -> int:
    """All that is used of a store of the kernel, by pods and images too; never more than there is."""
    used = node.kernel.stores[store].used
    if store in USES:
        used += sum(held_by(node, u, store) for u, p in node.kubelet.pods.items() if u in node.runtime.containers and not p.ended)
    return min(node.kernel.stores[store].total, used + sum(node.runtime.images.values()) if store == "disk" else used)


def list_for_reclaim(world: World, node: Node, _asked: decisions.ListForReclaim, give: Give) -> None:
    """The eviction manager has garbage listed."""
    give(world, node, RecordsListed(node.runtime.records(), reclaim=True))
    give(world, node, images_listed(node, reclaim=True))


def read_resources(world: World, node: Node, _asked: decisions.ReadResources, give: Give) -> None:
    """The eviction manager looks again."""
    give(world, node, resources(node, after_reclaim=True))


def collect(world: World, node: Node, what: decisions.Collect, give: Give) -> None:
    """The runtime removes one piece of garbage, if it can."""
    result = _removal(world, node, what)
    world.at(world.now + result.took, partial(_collected, world, node, what, result, give, node.process))


def _removal(world: World, node: Node, what: decisions.Collect) -> Outcome:
    if node.runtime.health is Health.refusing:
        return Outcome(0.01, REFUSED[world.profile.runtime])
    if node.runtime.health is Health.hanging:
        return Outcome(world.profile.seconds("cri_timeout"), DEADLINE)
    held = what.uid in node.network.locks
    if held and any(c.id == what.id and c.removing for c in node.runtime.containers.get(what.uid, ())):
        return Outcome(0.05, REMOVING.format(id=what.id))
    row = next((r for r in node.runtime.sandboxes.get(what.uid, ()) if r.id == what.id), None)
    return stop_sandbox(world, node, row) if row and what.op == "StopPodSandbox" else Outcome(0.05)


def _collected(world: World, node: Node, what: decisions.Collect, result: Outcome, give: Give, process: int) -> None:
    if not result.error:
        node.runtime.remove(what.op, what.uid, what.id)
    else:
        plan(world, node, "container_gc", give, world.detail_from)
    if process == node.process:
        give(world, node, Collected(what.op, what.id, result.error))
        world.look(node, what.uid)
