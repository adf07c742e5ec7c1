"""Builds a world for a scenario and plays it."""

from functools import partial
from random import Random

from plegma.agent.inputs import ListBlocked, RuntimePolled, StatusTick
from plegma.agent.kubelets import Kubelet
from plegma.agent.profiles import PROFILES
from plegma.lab.api import Condition, Workload
from plegma.lab.cni.addresses import Range
from plegma.lab.cni.networks import Network
from plegma.lab.controllers import replace_failed, roll_out
from plegma.lab.drivers import give
from plegma.lab.housekeeping import catch_up, images_listed
from plegma.lab.nodes import Node
from plegma.lab.relists import seen
from plegma.lab.scenarios import Fault, Scenario
from plegma.lab.strikes import lift, strike
from plegma.lab.worlds import World

NODE_NAMES = ("worker-{:02d}", "node-{:d}", "ip-10-20-3-{:d}", "kube-w{:d}", "edge{:03d}")
TEAMS = ("billing", "orders", "search", "media", "ledger", "mail", "stock")
APPS = ("api", "worker", "gateway", "indexer", "sync", "notify", "cart")
CALM = (
    ("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
    ("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
    ("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    ("Ready", "False", "KubeletNotReady", "container runtime status check may not have completed yet"),
)


IMAGES = {"registry.example.com/kube-proxy:v1": 91_300_000, "registry.example.com/base/java:11": 412_700_000}
"""What every node has from the start: one image in use, one that nobody uses any more."""


def simulate(scenario: Scenario, profile: str, rng: Random) -> World:
    """Plays a scenario from its start to its end. KeyError for a profile that is not known."""
    world = build(scenario, profile, rng)
    world.run()
    settle(world)
    return world


def look(world: World, node: Node, uid: str) -> None:
    """A relist reads a pod's status now."""
    seen(world, node, uid, give)


def settle(world: World) -> None:
    """Counts what was leapt over up to now: leases and reports of nodes that have nothing to tell."""
    for node in world.nodes.values():
        catch_up(world, node, give)


def build(scenario: Scenario, profile: str, rng: Random) -> World:
    """A scenario's world at its start, with all that is planned in it. KeyError for a profile that is not known."""
    world = World(scenario, PROFILES[profile], rng)
    world.replace_pod = partial(replace_failed, world)
    world.look = partial(look, world)
    pattern, first = rng.choice(NODE_NAMES), rng.randrange(1, 40)
    for index in range(scenario.nodes):
        _join(world, pattern.format(first + index), index)
    _choose_faulty(world)
    _deploy(world)
    for fault in scenario.faults:
        _plan(world, fault)
    return world


def _join(world: World, name: str, index: int) -> None:
    network = Network(Range(f"10.{40 + index // 200}.{index % 200}"))
    node = Node(name, f"10.20.{3 + index // 200}.{10 + index % 200}", index, Kubelet(name, world.profile), network)
    node.phase = world.rng.uniform(0, 10)
    world.nodes[name] = node
    world.api.taints[name] = set()
    world.api.conditions[name] = {c[0]: Condition(*c, 0.0) for c in CALM}
    give(world, node, ListBlocked(False))
    give(world, node, RuntimePolled())
    node.runtime.images = dict(IMAGES)
    give(world, node, images_listed(node))
    world.at(world.profile.seconds("status_compute"), partial(give, world, node, StatusTick()))


def _choose_faulty(world: World) -> None:
    names = tuple(world.nodes)
    world.faulty = names if world.scenario.all_nodes else (world.rng.choice(names),)


def _workload(world: World, kind: str, namespace: str, name: str, replicas: int) -> Workload:
    image = f"registry.example.com/{namespace}/{name}:{world.rng.randrange(1, 5)}.{world.rng.randrange(20)}.{world.rng.randrange(10)}"
    return Workload(kind, namespace, name, replicas, name, image, world.suffix(10), False)


def _deploy(world: World) -> None:
    rng, scenario = world.rng, world.scenario
    teams = rng.sample(TEAMS, 2)
    apps = rng.sample(APPS, 3)
    victim = _workload(world, scenario.victim, teams[0], apps[0], 2)
    world.victims = {victim.name}
    others = (
        Workload("DaemonSet", "kube-system", "kube-proxy", 1, "kube-proxy", "registry.example.com/kube-proxy:v1", "7c9d8f6b5d", True),
        _workload(world, "Deployment", teams[1], apps[1], scenario.nodes + 1),
        _workload(world, "Deployment", teams[1], apps[2], 2),
    )
    for node in world.nodes.values() if scenario.images_present else ():
        node.runtime.images |= {w.image: 60_000_000 for w in (victim, *others)}
    for number, workload in enumerate(others):
        world.at(20 + number * 3, partial(roll_out, world, workload))
    late = [f.begins + 15 for f in scenario.faults if f.new_pods]
    since = min(late) if late else scenario.victim_since
    world.at(since, partial(roll_out, world, victim))


def _plan(world: World, fault: Fault) -> None:
    ends = fault.begins + fault.lasts if fault.lasts else None
    world.changes.extend([fault.begins] if ends is None else [fault.begins, ends])
    for effect in fault.effects:
        world.at(fault.begins, partial(strike, world, fault, effect))
        if ends is not None:
            world.at(ends, partial(lift, world, fault, effect))
