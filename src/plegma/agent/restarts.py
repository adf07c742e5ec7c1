"""A kubelet starts on a node where pods may run already: what it has forgotten, and what it finds again.

Forgotten is what lives in its memory: the counts of its event recorder, back-off, PLEG's cache, which calls it waits for.
Found again are the pods (from the API) with their sandboxes and containers (from the runtime; a container's label has its
restart count). pkg/kubelet/kubelet.go Run, kuberuntime/labels.go.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from plegma.agent.decisions import Decision, Post
from plegma.agent.kubelets import Kubelet, Step, said
from plegma.agent.pods import PodSpec, PodState, RuntimeStatus
from plegma.agent.profiles import Profile
from plegma.agent.recorders import Happening, Recorder, record


@dataclass(frozen=True, slots=True)
class Found:
    """A pod that API and runtime still know; `attempt` is the number that its next container gets."""

    spec: PodSpec
    status: RuntimeStatus
    attempt: int = 0
    deleted: bool = False


def started(node: str, profile: Profile, found: Iterable[Found], now: float) -> Step:
    """The kubelet as it starts: no relist has succeeded yet, and events are counted from 1 again."""
    pods = {pod.spec.uid: _remembered(pod) for pod in found}
    recorder, series = record(Recorder(), Happening("Node", node, "Starting", "Starting kubelet."), now)
    added: list[Decision] = [said(pod, "added") for pod in pods.values()]
    kubelet = Kubelet(node, profile, pods, runtime_seen=now, recorder=recorder)
    return kubelet, [*([Post(series)] if series else []), *added]


def _remembered(found: Found) -> PodState:
    container = found.status.container
    runs = bool(container and container.running)
    return PodState(
        found.spec,
        mounted=bool(found.status.sandboxes),  # the volume manager finds mounts again on disk (reconstructVolume)
        pulled=found.attempt > 0,
        attempt=found.attempt,
        restarts=max(0, found.attempt - 1),
        last_exit=container.exit if container else None,
        ready=runs and found.spec.readiness is None,
        deleted=found.deleted,
    )
