"""The whole state of one kubelet, what is wrong with its runtime, and the recording of events and log lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plegma.agent.decisions import Decision, Log, Post, WakeAfter
from plegma.agent.inputs import SyncPod
from plegma.agent.pleg import Pleg, trouble
from plegma.agent.pods import PodState
from plegma.agent.profiles import Profile
from plegma.agent.recorders import Happening, Recorder, record

RUNTIME_DOWN = "container runtime is down"


@dataclass(frozen=True, slots=True)
class Kubelet:
    """`runtime_seen`: last good runtime status; `network`: what the runtime says of its network, empty when ready."""

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
    short: Mapping[str, str] = field(default_factory=dict)
    recorder: Recorder = field(default_factory=Recorder)


Step = tuple[Kubelet, list[Decision]]


def rebuilt(kubelet: Kubelet, pods: Mapping[str, PodState], pleg: Pleg, recorder: Recorder) -> Kubelet:
    """The kubelet with its three parts that change all the time; `replace` costs several times as much."""
    k = kubelet
    return Kubelet(
        k.node, k.profile, pods, pleg, k.list_blocked, k.runtime_seen, k.runtime_error, k.network, k.ready, k.reason, k.short, recorder
    )  # fmt: skip


def with_pod(kubelet: Kubelet, pod: PodState) -> Kubelet:
    """The kubelet with this pod's state."""
    if kubelet.pods.get(pod.spec.uid) is pod:
        return kubelet
    return rebuilt(kubelet, {**kubelet.pods, pod.spec.uid: pod}, kubelet.pleg, kubelet.recorder)


def runtime_troubles(kubelet: Kubelet, now: float) -> tuple[str, ...]:
    """What stops the sync loop (pkg/kubelet/runtime.go runtimeErrors)."""
    down = bool(kubelet.runtime_error) and now - kubelet.runtime_seen > kubelet.profile.seconds("runtime_down_after")
    unhealthy = trouble(kubelet.pleg, now, kubelet.list_blocked, kubelet.profile.constants)
    return tuple(t for t in (RUNTIME_DOWN if down else "", unhealthy) if t)


def network_trouble(kubelet: Kubelet) -> str:
    """The text of a network that is not ready; empty when it is."""
    return f"NetworkReady=false reason:NetworkPluginNotReady message:{kubelet.network}" if kubelet.network else ""


def event(
    kubelet: Kubelet, pod: PodState, now: float, reason: str, text: str, warning: bool = False, times: int = 1, **values: str
) -> Step:
    """Records an event of a pod, worded as this version words it; the event reaches the API unless it is filtered out."""
    spec = pod.spec
    known = {"name": spec.container, "pod": spec.name, "namespace": spec.namespace, "uid": spec.uid, "image": spec.image}
    message = kubelet.profile.events[text].format(**(known | values))
    return _recorded(kubelet, Happening("Pod", spec.uid, reason, message, warning, times), now)


def node_event(kubelet: Kubelet, now: float, reason: str) -> Step:
    """Records an event of the node."""
    message = kubelet.profile.events[reason].format(node=kubelet.node)
    return _recorded(kubelet, Happening("Node", kubelet.node, reason, message), now)


def _recorded(kubelet: Kubelet, what: Happening, now: float) -> Step:
    recorder, series = record(kubelet.recorder, what, now)
    return rebuilt(kubelet, kubelet.pods, kubelet.pleg, recorder), [Post(series)] if series else []


def retry(kubelet: Kubelet, pod: PodState, repeats: bool = True, until: float | None = None) -> WakeAfter:
    """The pod worker's wait after an error."""
    low, high = kubelet.profile.seconds("retry_low"), kubelet.profile.seconds("retry_high")
    return WakeAfter(low, high, SyncPod(pod.spec.uid), repeats, until)


def said(pod: PodState, what: str, **values: str) -> Log:
    """A line of the kubelet's log about a pod."""
    spec = pod.spec
    known = {"pod": spec.name, "namespace": spec.namespace, "uid": spec.uid, "name": spec.container, "image": spec.image}
    return Log(what, known | values)
