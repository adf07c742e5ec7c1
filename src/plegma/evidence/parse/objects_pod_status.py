"""The READY, STATUS and RESTARTS columns of `kubectl get pods`, computed from the object.

After printPod in kubernetes/kubernetes pkg/printers/internalversion/printers.go (v1.19 to v1.36 agree but for sidecars,
which older objects do not have).
"""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from plegma.evidence.parse.objects_branches import Branch

_TERMINAL = frozenset({"Failed", "Succeeded"})


class Columns(Struct, frozen=True):
    """The columns, and the field whose value made the status."""

    status: str
    because: Branch
    ready: int = 0
    containers: int = 0
    restarts: int = 0


def columns(pod: Branch) -> Columns:
    """What kubectl would print for this pod."""
    shown = _from_phase(pod)
    sidecars = {c.text("name"): c for c in pod.items("spec", "initContainers") if c.text("restartPolicy") == "Always"}
    main = sum(1 for _ in pod.items("spec", "containers")) or sum(1 for _ in pod.items("status", "containerStatuses"))
    shown = replace(shown, containers=main + len(sidecars))
    shown, initializing = _after_init(pod, shown, sidecars)
    if not initializing or _condition(pod, "Initialized"):
        shown = _after_containers(pod, shown, sidecars)
    return _after_deletion(pod, shown)


def _from_phase(pod: Branch) -> Columns:
    status = pod.at("status")
    because = status.at("reason") if status.text("reason") else status.at("phase")
    for condition in status.items("conditions"):
        if condition.text("type") == "PodScheduled" and condition.text("reason") == "SchedulingGated":
            because = condition.at("reason")
    return Columns(because.text(), because)


def _after_init(pod: Branch, shown: Columns, sidecars: Mapping[str, Branch]) -> tuple[Columns, bool]:
    total = sum(1 for _ in pod.items("spec", "initContainers"))
    for index, container in enumerate(pod.items("status", "initContainerStatuses")):
        shown = replace(shown, restarts=shown.restarts + (container.number("restartCount") or 0))
        terminated = container.at("state", "terminated")
        if terminated and (terminated.number("exitCode") or 0) == 0:
            continue
        if container.text("name") in sidecars and container.flag("started"):
            shown = replace(shown, ready=shown.ready + container.flag("ready"))
            continue
        text, because = _init_reason(container, f"{index}/{total}")
        return replace(shown, status="Init:" + text, because=because), True
    return shown, False


def _init_reason(container: Branch, progress: str) -> tuple[str, Branch]:
    terminated = container.at("state", "terminated")
    if terminated:
        return _exit_reason(terminated)
    waiting = container.at("state", "waiting", "reason")
    if waiting.text() not in {"", "PodInitializing"}:
        return waiting.text(), waiting
    return progress, waiting if waiting else container.at("state")


def _exit_reason(terminated: Branch) -> tuple[str, Branch]:
    if terminated.text("reason"):
        return terminated.text("reason"), terminated.at("reason")
    if terminated.number("signal"):
        return f"Signal:{terminated.text('signal')}", terminated.at("signal")
    return f"ExitCode:{terminated.number('exitCode') or 0}", terminated.at("exitCode")


def _after_containers(pod: Branch, shown: Columns, sidecars: Mapping[str, Branch]) -> Columns:
    restarts = sum(c.number("restartCount") or 0 for c in pod.items("status", "initContainerStatuses") if c.text("name") in sidecars)
    ready, running, status, because = shown.ready, False, shown.status, shown.because
    for container in reversed(list(pod.items("status", "containerStatuses"))):
        restarts += container.number("restartCount") or 0
        state = container.at("state")
        if state.text("waiting", "reason"):
            status, because = state.text("waiting", "reason"), state.at("waiting", "reason")
        elif state.at("terminated"):
            status, because = _exit_reason(state.at("terminated"))
        elif container.flag("ready") and state.at("running"):
            running, ready = True, ready + 1
    if status == "Completed" and running:
        status = "Running" if _condition(pod, "Ready") else "NotReady"
    return replace(shown, status=status, because=because, ready=ready, restarts=restarts)


def _after_deletion(pod: Branch, shown: Columns) -> Columns:
    deletion = pod.at("metadata", "deletionTimestamp")
    if not deletion:
        return shown
    if pod.text("status", "reason") == "NodeLost":
        return replace(shown, status="Unknown", because=pod.at("status", "reason"))
    if pod.text("status", "phase") in _TERMINAL:
        return shown
    return replace(shown, status="Terminating", because=deletion)


def _condition(pod: Branch, kind: str) -> bool:
    return any(c.text("type") == kind and c.text("status") == "True" for c in pod.items("status", "conditions"))
