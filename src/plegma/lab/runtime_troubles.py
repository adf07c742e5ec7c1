"""A runtime that is stopped, or that answers nothing: which of the kubelet's calls fail, when, and what follows.

Seen on a real v1.36 node whose containerd was stopped by SIGSTOP: each caller waits for its own deadline, so the first
two minutes are silent; the sync loop hangs in its housekeeping and says nothing before that comes back.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from plegma.agent.inputs import ListBlocked, LoopTurn, RuntimePolled, StatusTick
from plegma.agent.kubelets import runtime_troubles
from plegma.lab.controllers import watch_ready
from plegma.lab.cri.wordings import DEADLINE, REFUSED
from plegma.lab.drivers import give
from plegma.lab.effects import Effect, RuntimeHangs, RuntimeStops
from plegma.lab.nodes import Node
from plegma.lab.relists import next_relist, seen
from plegma.lab.shim_troubles import clean_up
from plegma.lab.worlds import World

STARTED = {
    "containerd": (
        'time="{time}" level=info msg="starting containerd" revision=2806fc1057397dbaeefbea0e4e17bddfbd388f38 version=1.6.20',
        'time="{time}" level=info msg="containerd successfully booted in 0.041877s"',
    ),
    "docker": (
        'time="{time}" level=info msg="Daemon has completed initialization"',
        'time="{time}" level=info msg="API listen on /var/run/docker.sock"',
    ),
}


@dataclass(frozen=True, slots=True)
class Caller:
    """A part of the kubelet that calls the runtime: what the log says when the call fails, and every how many seconds it calls."""

    says: str
    period: str


CALLERS = (
    Caller("list-failed", "relist_period"),
    Caller("poll", "runtime_poll"),
    Caller("log-rotation-failed", "log_rotation"),
    Caller("image-fs-failed", "eviction_check"),
    Caller("version-failed", "status_compute"),
)


def runtime_stops(world: World, node: Node, effect: RuntimeStops) -> None:
    """The socket refuses from now on: every call fails at once."""
    for text in effect.log:
        world.log(node, "runtime", "", {"text": text})
    _fail_from_now(world, node, effect, REFUSED[world.profile.runtime], 0.0)


def runtime_hangs(world: World, node: Node, effect: RuntimeHangs) -> None:
    """Every call from now on waits for its deadline."""
    _fail_from_now(world, node, effect, DEADLINE, world.profile.seconds("cri_timeout"))


def _fail_from_now(world: World, node: Node, effect: Effect, error: str, took: float) -> None:
    poll = world.profile.seconds("runtime_poll")
    node.kubelet = replace(node.kubelet, runtime_seen=node.tick(world.now, poll) - poll)  # good polls are not played
    give(world, node, ListBlocked(True))
    for caller in CALLERS:
        _call(world, node, effect, caller, error, took)
    cleaning = node.tick(world.now, world.profile.seconds("housekeeping")) + took
    world.at(cleaning, partial(_clean, world, node, effect, error, took))
    watch_ready(world, node)


def _call(world: World, node: Node, effect: Effect, caller: Caller, error: str, took: float) -> None:
    begins = node.tick(world.now, world.profile.seconds(caller.period))
    world.at(begins + took, partial(_failed, world, node, effect, caller, error, took))


def _failed(world: World, node: Node, effect: Effect, caller: Caller, error: str, took: float) -> None:
    if not world.acts_on(node, effect):
        return
    if caller.says == "poll":
        give(world, node, RuntimePolled(error))
    elif caller.says == "list-failed":
        give(world, node, ListBlocked(True, error))
    else:
        world.log(node, "kubelet", caller.says, {"error": error})
    if caller.period == "status_compute":
        give(world, node, StatusTick())
    _call(world, node, effect, caller, error, took)


def _clean(world: World, node: Node, effect: Effect, error: str, took: float) -> None:
    """Housekeeping fails in the sync loop itself; once the loop skips its turns there is no more of it."""
    if not world.acts_on(node, effect):
        return
    world.log(node, "kubelet", "cleaning-failed", {"error": error})
    if took:
        world.log(node, "kubelet", "cleaning-slow", {"took": f"{int(took) // 60}m{took % 60:.3f}s"})
    if runtime_troubles(node.kubelet, world.now) or took:
        watch_loop(world, node, effect)
    else:
        world.at(node.tick(world.now, world.profile.seconds("housekeeping")), partial(_clean, world, node, effect, error, took))


def watch_loop(world: World, node: Node, effect: Effect) -> None:
    """The sync loop goes round once a second until something is wrong with the runtime, and then at the kubelet's own pauses."""
    if not world.acts_on(node, effect):
        return
    if world.now < world.detail_from:
        world.at(world.detail_from, partial(watch_loop, world, node, effect))
    elif runtime_troubles(node.kubelet, world.now):
        give(world, node, LoopTurn(world.profile.seconds("sync_pause_first")))
        world.at(world.now + 1, partial(_wait_for_health, world, node, effect))
    else:
        world.at(world.now + 1, partial(watch_loop, world, node, effect))


def _wait_for_health(world: World, node: Node, effect: Effect) -> None:
    act: Callable[[World, Node, Effect], None] = _wait_for_health if runtime_troubles(node.kubelet, world.now) else watch_loop
    if world.acts_on(node, effect):
        world.at(world.now + 1, partial(act, world, node, effect))


def runtime_back(world: World, node: Node, _effect: Effect) -> None:
    """Calls are answered again, and PLEG finds what happened meanwhile."""
    _answered_again(world, node, node.tick(world.now, world.profile.seconds("status_compute")))


def _answered_again(world: World, node: Node, status: float) -> None:
    clean_up(world, node)
    give(world, node, ListBlocked(False))
    give(world, node, RuntimePolled())
    world.at(status, partial(give, world, node, StatusTick()))
    for uid in list(node.kubelet.pods):
        world.at(next_relist(world), partial(seen, world, node, uid, give))


def runtime_goes_on(world: World, node: Node, _effect: Effect) -> None:
    """The status that waited for the runtime's version is posted first, as bad as it was; the next one is good."""
    give(world, node, StatusTick())
    _answered_again(world, node, world.now + world.profile.seconds("status_compute") + 0.6)


def runtime_started(world: World, node: Node, effect: Effect) -> None:
    """The runtime's unit was started."""
    for text in STARTED[world.profile.runtime]:
        world.log(node, "runtime", "", {"text": text})
    runtime_back(world, node, effect)
