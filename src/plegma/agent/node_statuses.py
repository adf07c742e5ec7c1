"""The node's conditions: computed every 10 s, posted on change and now and then (kubelet_node_status.go, nodestatus/setters.go)."""

from plegma.agent.changes import changed
from plegma.agent.decisions import Decision, Log, PostNode, ReportNode
from plegma.agent.inputs import StatusAnswered, StatusTick
from plegma.agent.kubelets import Kubelet, Step, network_trouble, node_event, runtime_troubles
from plegma.agent.pressures import pressure_changes

TRIES = 5
"""nodeStatusUpdateRetry"""


def ready_message(kubelet: Kubelet, now: float) -> str:
    """Why the node is not ready; empty when it is."""
    troubles = list(runtime_troubles(kubelet, now))
    if text := network_trouble(kubelet):
        troubles.append(kubelet.profile.events["NetworkCondition"].format(error=text))
    return kubelet.profile.joined(troubles)


def status_tick(kubelet: Kubelet, tick: StatusTick, now: float) -> Step:
    """Conditions that changed are posted at once. Else the status is written every 5 minutes, and without leases every time."""
    kubelet, pressures = pressure_changes(kubelet, now) if kubelet.short or kubelet.pressures else (kubelet, [])
    kubelet, out = _ready(kubelet, now)
    changes = [*pressures, *out]
    every = kubelet.profile.seconds("status_post") if kubelet.profile.leases else 0.0
    if not changes and now - kubelet.reported < every:
        return kubelet, changes
    times = max(1, int(tick.times * kubelet.profile.seconds("status_compute") / every)) if every else tick.times
    return changed(kubelet, reported=now), [*changes, ReportNode(times)]


def _ready(kubelet: Kubelet, now: float) -> Step:
    message = ready_message(kubelet, now)
    ready = not message
    if ready == kubelet.ready and (ready or message == kubelet.reason):
        return kubelet, []
    said = "kubelet is posting ready status" if ready else message
    condition = PostNode("Ready", str(ready), "KubeletReady" if ready else "KubeletNotReady", said)
    turned = ready != kubelet.ready
    kubelet = changed(kubelet, ready=ready, reason=message)
    if not turned:
        return kubelet, [condition]
    kubelet, out = node_event(kubelet, now, "NodeReady" if ready else "NodeNotReady")
    log: list[Decision] = [Log("node-event", {"event": "NodeReady" if ready else "NodeNotReady"})]
    return kubelet, [*out, condition, *log, *([] if ready else [Log("node-not-ready", {"error": message})])]


def status_answered(kubelet: Kubelet, answer: StatusAnswered, _now: float) -> Step:
    """A status that could not be written is tried five times at once, then at the next turn."""
    if not answer.error:
        return kubelet, []
    log: list[Decision] = [Log("node-update-failed", {"error": answer.error})] * TRIES
    return changed(kubelet, reported=float("-inf")), [*log, Log("node-update-given-up", {})]
