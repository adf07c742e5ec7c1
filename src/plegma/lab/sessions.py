"""A world that is played in parts: advanced, broken, mended and watched. Pure: whoever shows it brings the pace."""

from collections.abc import Collection
from dataclasses import dataclass, field
from random import Random

from plegma.lab.api import ApiPod
from plegma.lab.healths import unwell
from plegma.lab.nodes import Node
from plegma.lab.remedies import REMEDIES, Remedy
from plegma.lab.scenarios import Fault, Scenario, scenarios
from plegma.lab.simulations import build
from plegma.lab.strikes import strike
from plegma.lab.treatments import end_everywhere, replace_victims, treat
from plegma.lab.trials import Trial, Verdict
from plegma.lab.worlds import World

LOOK = 20.0
"""Seconds between two looks at the cluster: an outage of a minute is not missed."""
WHOLE = 1200.0
"""Seconds before each stop of which the logs are whole; what lies further back in a long advance is leapt over."""
KEPT = 4000


@dataclass(slots=True)
class Session:
    """`trials`: the remedies so far; each is watched until trouble comes back."""

    world: World
    trials: list[Trial] = field(default_factory=list)

    @property
    def trial(self) -> Trial | None:
        """The last remedy."""
        return self.trials[-1] if self.trials else None


def open_session(scenario: Scenario, profile: str, rng: Random) -> Session:
    """A session at the scenario's start. KeyError for a profile that is not known."""
    session = Session(build(scenario, profile, rng))
    session.world.until = 0.0
    return session


def faults_of(profile: str) -> dict[str, Fault]:
    """Every fault that can happen in a profile, by name."""
    known = {fault.name: fault for scenario in scenarios().values() for fault in scenario.faults}
    return dict(sorted((name, fault) for name, fault in known.items() if profile in fault.profiles))


def advance(session: Session, seconds: float) -> None:
    """Plays `seconds` of virtual time; stretches in which nothing can change are leapt over, but for the last WHOLE."""
    world = session.world
    end = world.now + seconds
    world.until, world.detail_from = end, end - WHOLE
    if seconds > WHOLE:
        _forget_logs(world)
    _play(session, end)


def advance_until_trouble(session: Session, most: float) -> bool:
    """Plays until something is unwell, `most` seconds at most; True if something is."""
    world = session.world
    end = world.now + most
    world.until, world.detail_from = end, end
    _forget_logs(world)
    while world.now < end and not unwell(world):
        _part(session, end)
    world.detail_from = world.now
    return bool(unwell(world))


def step(session: Session) -> None:
    """Plays the next thing that is to happen, whenever that is; where nothing is, a second passes."""
    world = session.world
    world.detail_from = min(world.detail_from, world.now)
    world.until = max(world.now, world.heap[0][0]) if world.heap else world.now + 1
    if world.heap:
        world.play_next()
    else:
        world.now = world.until
    _look(session)


def inject(session: Session, name: str) -> None:
    """A fault strikes now. KeyError for one that this version cannot have, ValueError if it is there already."""
    world = session.world
    fault = faults_of(world.profile.name)[name]
    if name in standing(session):
        raise ValueError(f"{name} is there already")
    world.eased = {key for key in world.eased if key[1] != name}
    for effect in fault.effects:
        strike(world, fault, effect)
    if fault.new_pods:
        replace_victims(world)


def lift_fault(session: Session, name: str) -> None:
    """A fault is over, whatever it takes. KeyError if it is not there."""
    end_everywhere(session.world, {fault.name: fault for fault, _ in session.world.active}[name])


def apply(session: Session, name: str, node: str = "", pod: str = "") -> Trial:
    """Applies a remedy to a node (by name) or a pod (by UID) and puts it on trial.

    KeyError for an unknown remedy, node or pod, ValueError where the remedy needs one and none is given.
    """
    world, remedy = session.world, REMEDIES[name]
    on_node, on_pod = world.nodes[node] if node else None, world.api.pods[pod] if pod else None
    places = tuple(filter(None, {"pod": (on_pod.node if on_pod else "",), "node": (node,), "cluster": ()}[remedy.target]))
    before = tuple(unwell(world, places))
    treat(world, remedy, on_node, on_pod)
    trial = Trial(name, _called(remedy, on_node, on_pod), places, world.now, before, world.now)
    session.trials.append(trial)
    return trial


def apply_everywhere(session: Session, name: str) -> list[Trial]:
    """Applies a remedy to all faulty nodes, or to all pods of the workload that the scenario is about."""
    world, target = session.world, REMEDIES[name].target
    if target == "cluster":
        return [apply(session, name)]
    if target == "node":
        return [apply(session, name, node=node) for node in world.faulty]
    pods = [p for p in world.api.pods.values() if world.is_victim(p) and p.node and p.phase != "Failed" and p.deleting is None]
    return [apply(session, name, pod=pod.spec.uid) for pod in pods]


def _called(remedy: Remedy, node: Node | None, pod: ApiPod | None) -> str:
    if remedy.target == "pod" and pod:
        return f"{pod.spec.namespace}/{pod.spec.name}"
    return node.name if remedy.target == "node" and node else "cluster"


def standing(session: Session) -> tuple[str, ...]:
    """Names of the faults that act somewhere, or will again."""
    world = session.world
    acting = {f.name for f, _ in world.active if any((n, f.name) not in world.eased for n in world.faulty)}
    return tuple(sorted(acting | {name for _, name in world.returning}))


def harmful(session: Session, nodes: Collection[str] = ()) -> bool:
    """Is a fault still there (on these nodes) that can do harm? A plugin that hangs harms no more once libcni ends its calls."""
    world = session.world
    places = set(nodes or world.nodes)
    acting = any((n, f.name) not in world.eased for f, _ in world.active for n in world.faulty if n in places)
    return acting or any(node in places and not world.nodes[node].network.exec_timeout for node, _ in world.returning)


def verdict(session: Session, trial: Trial) -> Verdict:
    """What can be said of a remedy by now."""
    return trial.verdict(session.world.now, harmful(session, trial.nodes))


def _play(session: Session, end: float) -> None:
    while session.world.now < end:
        _part(session, end)


def _part(session: Session, end: float) -> None:
    """Plays up to the next look; a stretch in which nothing happens needs none."""
    world = session.world
    due = world.heap[0][0] if world.heap else end
    stop = min(end, max(world.now + LOOK, due))
    while world.heap and world.heap[0][0] <= stop:
        world.play_next()
    world.now = stop
    _look(session)


def _look(session: Session) -> None:
    world = session.world
    for trial in session.trials:
        if trial.returned is None:
            trial.watch(world.now, bool(unwell(world, trial.nodes)))
    for node in world.nodes.values():
        for lines in node.logs.values():
            if len(lines) > 2 * KEPT:
                del lines[:-KEPT]


def _forget_logs(world: World) -> None:
    """Logs would have a hole where time is leapt over: what is older is as good as rotated away."""
    for node in world.nodes.values():
        for source in ("kubelet", "runtime"):
            node.logs[source].clear()
