"""The node's conditions: computed every 10 s, posted on change (pkg/kubelet/nodestatus/setters.go)."""

from dataclasses import replace

from plegma.agent.decisions import Log, PostNode
from plegma.agent.evictions import SIGNALS
from plegma.agent.inputs import Pressure
from plegma.agent.kubelets import Kubelet, Step, network_trouble, node_event, runtime_troubles


def ready_message(kubelet: Kubelet, now: float) -> str:
    """Why the node is not ready; empty when it is."""
    troubles = list(runtime_troubles(kubelet, now))
    if text := network_trouble(kubelet):
        prefix = "container runtime network not ready" if kubelet.profile.structured else "runtime network not ready"
        troubles.append(f"{prefix}: {text}")
    return troubles[0] if len(troubles) == 1 else f"[{', '.join(troubles)}]" if troubles else ""


def status_tick(kubelet: Kubelet, now: float) -> Step:
    """Computes Ready; a change is recorded as an event and posted, another reason is posted."""
    message = ready_message(kubelet, now)
    ready = not message
    if ready == kubelet.ready and (ready or message == kubelet.reason):
        return kubelet, []
    said = "kubelet is posting ready status" if ready else message
    condition = PostNode("Ready", str(ready), "KubeletReady" if ready else "KubeletNotReady", said)
    changed = ready != kubelet.ready
    kubelet = replace(kubelet, ready=ready, reason=message)
    if not changed:
        return kubelet, [condition]
    kubelet, out = node_event(kubelet, now, "NodeReady" if ready else "NodeNotReady")
    log = [Log("node-event", {"event": "NodeReady" if ready else "NodeNotReady"})]
    return kubelet, [*out, condition, *log, *([] if ready else [Log("node-not-ready", {"error": message})])]


def pressure(kubelet: Kubelet, seen: Pressure, _now: float) -> Step:
    """A pressure condition begins or ends."""
    signal = SIGNALS[seen.resource]
    if (seen.resource in kubelet.short) == seen.short:
        return kubelet, []
    short = {k: v for k, v in kubelet.short.items() if k != seen.resource}
    kubelet = replace(kubelet, short=short | ({seen.resource: seen.message} if seen.short else {}))
    reason, message = signal.short if seen.short else signal.enough
    return kubelet, [PostNode(signal.condition, str(seen.short), reason, message), Log("pressure", {"message": seen.message})]
