"""Plays a script in virtual time: one node, and the faults that the real driver has under the same names."""

from collections.abc import Callable, Mapping
from functools import partial
from random import Random
from typing import Any

from plegma.agent.decisions import Decision
from plegma.agent.inputs import ListBlocked, PodAdded, RuntimePolled, StatusTick
from plegma.agent.kubelets import Kubelet
from plegma.agent.profiles import PROFILES
from plegma.agent.scripts import IMAGE, AddPod, BeginFault, Behaviour, DeletePod, EndFault, Heard, Script
from plegma.lab.api import ApiPod, Condition, Workload
from plegma.lab.cni.addresses import Range
from plegma.lab.cni.networks import Network
from plegma.lab.controllers import delete_pod
from plegma.lab.cri.latencies import IDLE
from plegma.lab.drivers import give
from plegma.lab.effects import (
    AddressesHeld,
    CallFails,
    ContainerExits,
    Effect,
    NetworkMissing,
    PluginHangs,
    RuntimeHangs,
    RuntimeStops,
    SandboxDies,
)  # fmt: skip
from plegma.lab.nodes import Node
from plegma.lab.scenarios import Fault, Scenario
from plegma.lab.simulations import CALM, look
from plegma.lab.strikes import lift, strike
from plegma.lab.worlds import World

NODE = "node-1"
PROFILE = "v1.36"
_TASK = "rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: OCI runtime create failed: "
_LOG = "unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/k8s.io/{sandbox}/log.json: no such file or directory): "
_LOOKUP = 'Head "https://registry.test/v2/pause/manifests/1": dial tcp: lookup registry.test on 10.0.0.53:53: dial udp 10.0.0.53:53: connect: network is unreachable'
_PULL = 'failed to pull image "registry.test/pause:1": failed to pull and unpack image "registry.test/pause:1": failed to resolve reference "registry.test/pause:1": failed to do request: '
EFFECTS: Mapping[str, Effect] = {
    "plugin-hangs": PluginHangs(),
    "ipam-full": AddressesHeld(),
    "config-gone": NetworkMissing("Network plugin returns error: cni plugin not initialized"),
    "pause-killed": SandboxDies(),
    "containerd-hangs": RuntimeHangs(),
    "containerd-stopped": RuntimeStops(),
    "runc-fails": CallFails(
        "RunPodSandbox",
        _TASK + "runc create failed: unable to start container process: unable to apply cgroup configuration: unknown",
        all_pods=True,
    ),
    "runc-missing": CallFails(
        "RunPodSandbox", _TASK + _LOG + "fork/exec /usr/sbin/runc: no such file or directory: unknown", all_pods=True
    ),
    "pause-image": CallFails(
        "RunPodSandbox",
        f'rpc error: code = Unknown desc = failed to get sandbox image "registry.test/pause:1": {_PULL}{_LOOKUP}',
        after=0.05,
        all_pods=True,
    ),
}
BEHAVIOURS: Mapping[Behaviour, Effect] = {
    Behaviour.exits: ContainerExits(3, 0.5),
    Behaviour.outgrows: ContainerExits(137, 0.2, "OOMKilled"),
    Behaviour.command_missing: CallFails(
        "StartContainer",
        _TASK
        + 'runc create failed: unable to start container process: exec: "/bin/absent": stat /bin/absent: no such file or directory: unknown',
        after=0.1,
    ),
}


def play(script: Script, seed: int = 1) -> list[Heard]:
    """Plays a script and returns every decision. KeyError for an unknown fault or constant."""
    scenario = Scenario(script.name, script.title, (), nodes=1, seconds=script.seconds, detail=script.seconds, stops_in=0.05)
    world = World(scenario, PROFILES[PROFILE].timed(script.constants), Random(seed), latencies=IDLE)  # noqa: S311 - a simulation
    heard: list[Heard] = []

    def hear(decision: Decision) -> None:
        heard.append(Heard(world.now, decision))

    world.hear = hear
    world.look = partial(look, world)
    _start(world)
    for step in script.steps:
        world.at(step.at, partial(ACTS[type(step)], world, script, step))
    world.run()
    return heard


def _start(world: World) -> None:
    node = Node(NODE, "10.20.3.11", 1, Kubelet(NODE, world.profile), Network(Range("10.88.0", last=30)))
    node.runtime.images[IMAGE] = 1_000_000
    world.nodes[NODE], world.api.taints[NODE], world.faulty = node, set(), (NODE,)
    world.api.conditions[NODE] = {c[0]: Condition(*c, 0.0) for c in CALM}
    give(world, node, ListBlocked(False))
    give(world, node, RuntimePolled())
    world.at(world.profile.seconds("status_compute"), partial(give, world, node, StatusTick()))


def _add(world: World, script: Script, step: AddPod) -> None:
    spec = script.spec(step.name)
    workload = Workload("Deployment", spec.namespace, spec.name, 1, spec.container, spec.image, "0")
    world.api.pods[spec.uid] = ApiPod(spec, workload, world.now, NODE, world.now)
    if effect := BEHAVIOURS.get(step.behaviour):
        world.victims.add(workload.name)
        strike(world, _fault(step.name, effect), effect)
    give(world, world.nodes[NODE], PodAdded(spec))


def _delete(world: World, _script: Script, step: DeletePod) -> None:
    delete_pod(world, world.api.pods[step.name])


def _begin(world: World, _script: Script, step: BeginFault) -> None:
    effect = EFFECTS[step.fault]
    world.changes.append(world.now)
    if step.name:
        world.victims.add(step.name)
    strike(world, _fault(step.fault, effect), effect)


def _end(world: World, _script: Script, step: EndFault) -> None:
    effect = EFFECTS[step.fault]
    world.changes.append(world.now)
    lift(world, _fault(step.fault, effect), effect)


def _fault(name: str, effect: Effect) -> Fault:
    return Fault(name, "", "", "", (effect,))


ACTS: Mapping[type, Callable[[World, Script, Any], None]] = {
    AddPod: _add, DeletePod: _delete, BeginFault: _begin, EndFault: _end,
}  # fmt: skip
