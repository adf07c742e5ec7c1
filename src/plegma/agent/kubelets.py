"""The whole state of one kubelet, what is wrong with its runtime, and the recording of events and log lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plegma.agent.changes import changed
from plegma.agent.decisions import Collect, Decision, Log, Post, WakeAfter
from plegma.agent.inputs import SyncPod
from plegma.agent.pleg import Pleg, trouble
from plegma.agent.pods import PodState
from plegma.agent.profiles import Profile
from plegma.agent.recorders import Happening, Recorder, record

RUNTIME_DOWN = "container runtime is down"


@dataclass(frozen=True)
class Kubelet:
    """One kubelet. Without slots: see `changes.changed`.

    `runtime_seen`: last good runtime status; `network`: what the runtime says of its network, empty when ready.
    `short`: when each resource was last found short; `pressures`: the conditions as last posted.
    `reported`: when the node's status was last written; `lease_wait`: seconds to the next try after a failed renewal.
    `garbage`, `old_images`: what is being collected, the first one now; `images`: when each was first seen and last used.
    `reclaiming`: the eviction manager waits for what it had collected; `image_gc_failed`: the last image GC freed too little.
    """

    node: str
    profile: Profile
    pods: Mapping[str, PodState] = field(default_factory=dict)
    pleg: Pleg = field(default_factory=Pleg)
    list_blocked: bool = False
    runtime_seen: float = 0.0
    runtime_error: str = ""
    network: str = ""
    ready: bool | None = None
    reason: str = ""
    short: Mapping[str, float] = field(default_factory=dict)
    pressures: frozenset[str] = frozenset()
    reported: float = float("-inf")
    lease_wait: float = 0.0
    garbage: tuple[Collect, ...] = ()
    old_images: tuple[Collect, ...] = ()
    images: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    reclaiming: bool = False
    image_gc_failed: bool = False
    recorder: Recorder = field(default_factory=Recorder)


Step = tuple[Kubelet, list[Decision]]


def with_pod(kubelet: Kubelet, pod: PodState) -> Kubelet:
    """The kubelet with this pod's state."""
    if kubelet.pods.get(pod.spec.uid) is pod:
        return kubelet
    return changed(kubelet, pods={**kubelet.pods, pod.spec.uid: pod})


def without_pod(kubelet: Kubelet, uid: str) -> Kubelet:
    """The kubelet without this pod: what the runtime still holds of it is garbage."""
    return changed(kubelet, pods={k: v for k, v in kubelet.pods.items() if k != uid})


def runtime_troubles(kubelet: Kubelet, now: float) -> tuple[str, ...]:
    """What stops the sync loop (pkg/kubelet/runtime.go runtimeErrors)."""
    silent = bool(kubelet.runtime_error or kubelet.list_blocked)
    down = silent and now - kubelet.runtime_seen > kubelet.profile.seconds("runtime_down_after")
    unhealthy = trouble(kubelet.pleg, now, kubelet.list_blocked, kubelet.profile.constants)
    if not down:
        return (unhealthy,) if unhealthy else ()
    return (RUNTIME_DOWN, unhealthy) if unhealthy else (RUNTIME_DOWN,)


def network_trouble(kubelet: Kubelet) -> str:
    """The text of a network that is not ready; empty when it is."""
    return f"NetworkReady=false reason:NetworkPluginNotReady message:{kubelet.network}" if kubelet.network else ""


def event(
    kubelet: Kubelet, pod: PodState, now: float, reason: str, text: str, warning: bool = False, times: int = 1, **values: str
) -> Step:
    """Records an event of a pod, worded as this version words it; the event reaches the API unless it is filtered out."""
    message = kubelet.profile.events[text].format(**pod.spec.names, **values)
    return _recorded(kubelet, Happening("Pod", pod.spec.uid, reason, message, warning, times), now)


def node_event(kubelet: Kubelet, now: float, reason: str, warning: bool = False, **values: str) -> Step:
    """Records an event of the node."""
    message = kubelet.profile.events[reason].format(node=kubelet.node, **values)
    return _recorded(kubelet, Happening("Node", kubelet.node, reason, message, warning), now)


def _recorded(kubelet: Kubelet, what: Happening, now: float) -> Step:
    recorder, series = record(kubelet.recorder, what, now)
    return changed(kubelet, recorder=recorder), [Post(series)] if series else []


def retry(kubelet: Kubelet, pod: PodState, repeats: bool = True, until: float | None = None) -> WakeAfter:
    """The pod worker's wait after an error."""
    low, high = kubelet.profile.seconds("retry_low"), kubelet.profile.seconds("retry_high")
    return WakeAfter(low, high, SyncPod(pod.spec.uid), repeats, until)


def said(pod: PodState, what: str, **values: str) -> Log:
    """A line of the kubelet's log about a pod."""
    return Log(what, {**pod.spec.names, **values})
