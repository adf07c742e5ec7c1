"""How a CRI call, or the mounting of volumes, ends: from the effects that are on, else well and soon."""

from plegma.agent.decisions import Call
from plegma.lab.api import ApiPod
from plegma.lab.cri.calls import answer
from plegma.lab.cri.records import Outcome
from plegma.lab.cri.runtimes import Health
from plegma.lab.effects import CallFails, worded
from plegma.lab.nodes import Node
from plegma.lab.worlds import World


def outcome(world: World, node: Node, pod: ApiPod, call: Call) -> Outcome:
    """What stands outside the node (registry, image, storage) answers first; then the runtime and the network as they are."""
    serving = node.runtime.health is Health.serving or call.op == "MountVolumes"
    for effect in world.effects_on(node, pod) if serving else ():
        if isinstance(effect, CallFails) and effect.op == call.op and (effect.all_pods or world.is_victim(pod)):
            return _told(world, pod, effect)
    if call.op == "MountVolumes":
        return Outcome(world.rng.uniform(*world.latencies[call.op]))
    return answer(world, node, pod, call)


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
