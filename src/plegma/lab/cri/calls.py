"""How a CRI call goes, from the state of the runtime and the network: CALLS says which function answers which call."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from plegma.agent.decisions import Call
from plegma.lab.api import ApiPod
from plegma.lab.cni.networks import KILLED, Added, Done, NeverReturns, Refused, Unconfigured
from plegma.lab.cri import wordings
from plegma.lab.cri.records import Outcome, SandboxRow
from plegma.lab.cri.runtimes import Health
from plegma.lab.effects import worded
from plegma.lab.nodes import Node
from plegma.lab.worlds import World

Answer = Callable[[World, Node, ApiPod, Call], Outcome]
STOPS = frozenset({"StopContainer", "StopPodSandbox", "KillPod"})
WRITES = frozenset({"RunPodSandbox", "PullImage", "CreateContainer"})
"""Calls that make files below the runtime's root."""
CLEAN_UP = 60.0
"""containerd pkg/cri/util DeferContext: what a failed RunPodSandbox may take to clean up after its own deadline."""


def answer(world: World, node: Node, pod: ApiPod, call: Call) -> Outcome:
    """A call as the runtime takes it; one that it cannot even hear ends by itself or at the kubelet's deadline."""
    if node.runtime.health is Health.refusing:
        return Outcome(0.01, wordings.REFUSED[world.profile.runtime])
    if node.runtime.health is Health.hanging:
        return Outcome(_deadline(world, call.op), wordings.DEADLINE)
    if call.op in STOPS and node.kernel.holds(call.uid):
        return Outcome(_ending(world, node, call) + _deadline(world, call.op), wordings.DEADLINE)
    if node.kernel.disks["runtime"].read_only and _writes(node, pod, call):
        return _cannot_write(world, pod, call)
    return CALLS.get(call.op, _goes_well)(world, node, pod, call)


def _writes(node: Node, pod: ApiPod, call: Call) -> bool:
    return call.op in WRITES and not (call.op == "PullImage" and pod.spec.image in node.runtime.images)


def _cannot_write(world: World, pod: ApiPod, call: Call) -> Outcome:
    values = {"pod": pod.spec.name, "image": pod.spec.image, "layer": world.hex(64), "number": str(world.rng.randrange(10**8, 10**9))}
    return Outcome(0.05, worded(wordings.READ_ONLY[world.profile.runtime][call.op], "", **values))


def _deadline(world: World, op: str) -> float:
    return world.profile.seconds("run_sandbox_timeout" if op == "RunPodSandbox" else "cri_timeout")


def _took(world: World, op: str) -> float:
    return world.rng.uniform(*world.latencies[op])


def _goes_well(world: World, _node: Node, _pod: ApiPod, call: Call) -> Outcome:
    return Outcome(_took(world, call.op))


def _pull(world: World, node: Node, pod: ApiPod, call: Call) -> Outcome:
    if pod.spec.image in node.runtime.images:
        return Outcome(0.01)
    took = _took(world, call.op)
    return Outcome(took, detail=f"{round(took * 1000)}ms {world.rng.randrange(2_000_000, 90_000_000)}")


def _run_sandbox(world: World, node: Node, pod: ApiPod, call: Call) -> Outcome:
    host = pod.workload.host_network
    row = SandboxRow(world.hex(64), call.uid, world.now, call.attempt, node.ip if host else "", network_mode="NODE" if host else "POD")
    row.spec = pod.spec
    name = f"{pod.spec.name}_{pod.spec.namespace}_{call.uid}_{call.attempt}"
    if held := node.runtime.reserved.get(name):
        return Outcome(0.02, wordings.RESERVED.format(name=name, sandbox=held.id))
    took = _took(world, call.op)
    if host:
        return Outcome(took, sandbox=row)
    added = node.network.add(row.id)
    if isinstance(added, Added):
        row.ip = added.ip
        return Outcome(took, sandbox=row)
    if isinstance(added, NeverReturns):
        return _add_never_returns(world, node, row, name, added.ends_after)
    return _not_added(world, pod, call, row, added)


def _not_added(world: World, pod: ApiPod, call: Call, row: SandboxRow, why: Refused | Unconfigured) -> Outcome:
    runtime = world.profile.runtime
    if isinstance(why, Refused):
        error = _filled(wordings.ADD[runtime], row, plugin=why.plugin, text=why.text)
    else:
        error = _filled(wordings.UNCONFIGURED_ADD[runtime], row, text=wordings.UNCONFIGURED[runtime])
    who = f"Name:{pod.spec.name},Uid:{pod.spec.uid},Namespace:{pod.spec.namespace},Attempt:{call.attempt},"
    log = f"RunPodSandbox for &PodSandboxMetadata{{{who}}} failed, error|{error.partition(' desc = ')[2]}"
    return Outcome(0.6, error, runtime_log=log, sandbox=_left(world, row))


def _left(world: World, row: SandboxRow) -> SandboxRow | None:
    if not world.profile.failed_sandbox_stays:
        return None
    row.ready, row.ended = False, world.now + 0.6
    return row


def _filled(template: str, row: SandboxRow, /, **values: str) -> str:
    spec = row.spec
    known = {"sandbox": row.id, "pod": spec.name if spec else "", "namespace": spec.namespace if spec else ""}
    for name, value in (values | known).items():  # a plugin's text may name the pod too
        template = template.replace("{" + name + "}", value)
    return template


def _add_never_returns(world: World, node: Node, row: SandboxRow, name: str, ends_after: float) -> Outcome:
    """dockershim waits for the plugin, with the pod's lock; containerd ends it at the call's deadline and then cleans up."""
    deadline = _deadline(world, "RunPodSandbox")
    if ends_after and ends_after < deadline:
        text = _filled(wordings.ADD[world.profile.runtime], row, plugin=node.network.chain[0], text=KILLED)
        return Outcome(ends_after, text, sandbox=_left(world, row))
    if world.profile.runtime == "docker":
        node.network.locks.add(row.uid)
        node.runtime.sandboxes.setdefault(row.uid, []).append(row)
        return Outcome(deadline, wordings.DEADLINE)
    node.runtime.reserved[name] = row
    world.at(world.now + deadline + CLEAN_UP, partial(_given_up, world, node, row, name))
    return Outcome(deadline, wordings.DEADLINE)


def _given_up(world: World, node: Node, row: SandboxRow, name: str) -> None:
    """The clean-up's DEL has ended: containerd keeps the sandbox as one that is not ready, for the kubelet to stop."""
    if node.runtime.reserved.get(name) is row and row.uid in world.api.pods:
        row.ready, row.ended = False, world.now
        node.runtime.sandboxes.setdefault(row.uid, []).append(row)
        world.look(node, row.uid)
    node.runtime.reserved.pop(name, None)


def give_up(world: World, node: Node) -> None:
    """Plugins that clean-ups wait for are ended by somebody: what happens otherwise at the clean-ups' own deadline."""
    for name, row in list(node.runtime.reserved.items()):
        _given_up(world, node, row, name)


def stop_sandbox(world: World, node: Node, row: SandboxRow) -> Outcome:
    """StopPodSandbox of one sandbox: its network goes, then (docker) or before (containerd) its pause container."""
    took, runtime = _took(world, "StopPodSandbox"), world.profile.runtime
    if row.network_mode == "NODE":
        return Outcome(took)
    if row.uid in node.network.locks:
        return Outcome(world.profile.seconds("cri_timeout"), wordings.DEADLINE)
    deleted = node.network.delete(row.id)
    if isinstance(deleted, Done):
        return Outcome(took)
    if isinstance(deleted, NeverReturns):
        return _del_never_returns(world, node, row, deleted.ends_after)
    if isinstance(deleted, Unconfigured):
        return Outcome(0.05, _filled(wordings.UNCONFIGURED_DEL[runtime], row, text=wordings.UNCONFIGURED[runtime]))
    return Outcome(took, _filled(wordings.DEL[runtime], row, plugin=deleted.plugin, text=deleted.text))


def _del_never_returns(world: World, node: Node, row: SandboxRow, ends_after: float) -> Outcome:
    deadline, runtime = world.profile.seconds("cri_timeout"), world.profile.runtime
    if ends_after and ends_after < deadline:
        return Outcome(ends_after, _filled(wordings.DEL[runtime], row, plugin=node.network.chain[0], text=KILLED))
    if runtime == "docker" and not ends_after:
        node.network.locks.add(row.uid)
    return Outcome(deadline, wordings.DEADLINE)


def _stop_pod(world: World, node: Node, _pod: ApiPod, call: Call) -> Outcome:
    """killPodWithSyncResult: all containers, then all sandboxes; the first sandbox that cannot be stopped ends it."""
    ending = _ending(world, node, call)
    for row in node.runtime.sandboxes.get(call.uid, ()):
        stopped = stop_sandbox(world, node, row)
        if stopped.error:
            return replace(stopped, took=stopped.took + ending)
    return Outcome(_took(world, call.op) + ending)


def _ending(world: World, node: Node, call: Call) -> float:
    """Seconds until the pod's container has ended: when its application does, or when its grace is over."""
    rows = node.runtime.containers.get(call.uid)
    if not rows or rows[-1].state != "Running":
        return 0.0
    return min(world.scenario.grace, world.scenario.stops_in * world.rng.uniform(0.7, 1.3))


CALLS: Mapping[str, Answer] = {
    "RunPodSandbox": _run_sandbox,
    "StopPodSandbox": _stop_pod,
    "KillPod": _stop_pod,
    "PullImage": _pull,
}
"""Calls that may go otherwise than well for reasons of runtime and network; the others take their time and end well."""
