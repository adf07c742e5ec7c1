"""How a CRI call, or the mounting of volumes, ends: from the effects that are on, else well and soon."""

from dataclasses import dataclass

from plegma.agent.decisions import Call
from plegma.lab.api import ApiPod
from plegma.lab.effects import CallFails, Effect, NetworkFails, NetworkMissing, PluginHangs, RuntimeHangs, RuntimeStops, worded
from plegma.lab.nodes import Node
from plegma.lab.worlds import World

DEADLINE = "rpc error: code = DeadlineExceeded desc = context deadline exceeded"
REFUSED = {
    "docker": "rpc error: code = Unknown desc = Cannot connect to the Docker daemon at unix:///var/run/docker.sock. "
    "Is the docker daemon running?",
    "containerd": 'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix '
    '/run/containerd/containerd.sock: connect: connection refused"',
}
LATENCY = {
    "RunPodSandbox": (0.15, 0.6), "PullImage": (0.9, 4.0), "StopPodSandbox": (0.1, 0.4), "KillPod": (1.0, 2.0),
    "MountVolumes": (0.2, 0.9),
}  # fmt: skip
ADD = {
    "docker": 'rpc error: code = Unknown desc = failed to set up sandbox container "{sandbox}" network for pod "{pod}": '
    'NetworkPlugin cni failed to set up pod "{pod}_{namespace}" network: {text}',
    "containerd": 'rpc error: code = Unknown desc = failed to setup network for sandbox "{sandbox}": '
    'plugin type="{plugin}" failed (add): {text}',
}
KILLED = "netplugin failed with no error message: signal: killed"  # libcni pkg/invoke exec.go, once its context is done
RESERVED = 'rpc error: code = Unknown desc = failed to reserve sandbox name "{name}": name "{name}" is reserved for "{sandbox}"'


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds taken, and an error or what a success tells; `runtime_log` goes into the runtime's log."""

    took: float
    error: str = ""
    reason: str = ""
    detail: str = ""
    runtime_log: str = ""


def outcome(world: World, node: Node, pod: ApiPod, call: Call) -> Outcome:
    """The first effect that has something to say about a call decides how it ends."""
    for effect in world.effects_on(node, pod):
        found = _under(world, node, pod, call, effect)
        if found is not None:
            return found
    low, high = LATENCY.get(call.op, (0.05, 0.3))
    took = world.rng.uniform(low, high)
    pulled = call.op == "PullImage" and node.index % 2 == 0
    return Outcome(took, detail=f"{round(took * 1000)}ms {world.rng.randrange(2_000_000, 90_000_000)}" if pulled else "")


def _under(world: World, node: Node, pod: ApiPod, call: Call, effect: Effect) -> Outcome | None:
    cri = call.op != "MountVolumes"
    network = call.op in {"RunPodSandbox", "StopPodSandbox", "KillPod"} and not pod.workload.host_network
    runtime = world.profile.runtime
    if isinstance(effect, CallFails) and effect.op == call.op and (effect.all_pods or world.is_victim(pod)):
        return _told(world, pod, effect)
    if isinstance(effect, RuntimeStops) and cri:
        return Outcome(0.01, REFUSED[runtime])
    if isinstance(effect, RuntimeHangs) and cri:
        return Outcome(world.profile.seconds("run_sandbox_timeout" if call.op == "RunPodSandbox" else "cri_timeout"), DEADLINE)
    if isinstance(effect, PluginHangs) and network:
        return _hanging(world, node, pod, call)
    if isinstance(effect, NetworkFails) and call.op == "RunPodSandbox" and network:
        return _refused_by_plugin(world, pod, call, effect)
    if isinstance(effect, NetworkMissing) and network and call.op != "RunPodSandbox" and runtime == "containerd":
        rows = node.sandboxes.get(call.uid) or ()
        sandbox = rows[0].id if rows else ""
        text = f'failed to destroy network for sandbox "{sandbox}": cni plugin not initialized'
        return Outcome(0.05, f"rpc error: code = Unknown desc = {text}")
    return None


def fields(world: World, pod: ApiPod) -> dict[str, str]:
    """The values that a text may name."""
    spec = pod.spec
    registry, _, rest = spec.image.partition("/")
    name, _, tag = rest.rpartition(":")
    return {
        "pod": spec.name, "namespace": spec.namespace, "uid": spec.uid, "image": spec.image, "name": spec.container,
        "node": pod.node, "sandbox": world.hex(64), "container": world.hex(64), "registry": registry, "repository": name, "tag": tag,
        "pid": str(world.rng.randrange(2000, 30000)), "volume": f"pvc-{spec.uid[:8]}-71c4-4c2a-9b7e-{spec.uid[-12:]}",
    }  # fmt: skip


def _told(world: World, pod: ApiPod, effect: CallFails) -> Outcome:
    values = fields(world, pod)
    runtime = world.profile.runtime
    error, detail = worded(effect.error, runtime, **values), worded(effect.detail, runtime, **values)
    return Outcome(effect.after, error, effect.reason, detail, worded(effect.runtime_log, runtime, **values))


def _hanging(world: World, node: Node, pod: ApiPod, call: Call) -> Outcome:
    if node.plugin_timeout and call.op == "RunPodSandbox":
        return Outcome(node.plugin_timeout, _added_not(world, pod, KILLED, "bridge"))
    if node.plugin_timeout:
        return Outcome(min(node.plugin_timeout, world.profile.seconds("cri_timeout")), f"rpc error: code = Unknown desc = {KILLED}")
    if call.op != "RunPodSandbox":
        return Outcome(world.profile.seconds("cri_timeout"), DEADLINE)
    spec = pod.spec
    name = f"{spec.name}_{spec.namespace}_{spec.uid}_0"
    if held := node.reserved.get(spec.uid):
        return Outcome(0.02, RESERVED.format(name=name, sandbox=held))
    if world.profile.runtime == "containerd":
        node.reserved[spec.uid] = world.hex(64)
    return Outcome(world.profile.seconds("run_sandbox_timeout"), DEADLINE)


def _added_not(world: World, pod: ApiPod, text: str, plugin: str) -> str:
    values = fields(world, pod)
    text = worded(text, world.profile.runtime, **values)
    return worded(ADD, world.profile.runtime, **values, text=text, plugin=plugin)


def _refused_by_plugin(world: World, pod: ApiPod, call: Call, effect: NetworkFails) -> Outcome:
    error = _added_not(world, pod, effect.text, effect.plugin)
    told = error.partition(" desc = ")[2]
    who = f"Name:{pod.spec.name},Uid:{pod.spec.uid},Namespace:{pod.spec.namespace},Attempt:{call.attempt},"
    metadata = f"RunPodSandbox for &PodSandboxMetadata{{{who}}}"
    return Outcome(0.6, error, runtime_log=f"{metadata} failed, error|{told}")
