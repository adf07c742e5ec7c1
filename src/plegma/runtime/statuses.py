"""What CRI says of sandboxes and containers, as the agent knows them. Times are seconds since `epoch` (Unix seconds)."""

from collections.abc import Iterable

from cri_api.v1 import api_pb2 as cri

from plegma.agent.pods import Container, Exit, PodRecords, RuntimeStatus, Sandbox
from plegma.runtime.requests import CONTAINER_NAME, POD_UID

MODES = {cri.POD: "POD", cri.NODE: "NODE", cri.CONTAINER: "CONTAINER", cri.TARGET: "TARGET"}


def sandbox_of(status: cri.PodSandboxStatus) -> Sandbox:
    """A sandbox with its address."""
    mode = MODES.get(status.linux.namespaces.options.network, "POD")
    return Sandbox(status.id, status.state == cri.SANDBOX_READY, status.metadata.attempt, status.network.ip, mode)


def container_of(status: cri.ContainerStatus, epoch: float, sandbox: str = "") -> Container:
    """A container, and how it ended if it has."""
    started = max(0.0, status.started_at / 1e9 - epoch)
    ended = None
    if status.state == cri.CONTAINER_EXITED:
        ended = Exit(status.exit_code, status.reason, started, max(0.0, status.finished_at / 1e9 - epoch), status.message)
    running = status.state == cri.CONTAINER_RUNNING
    return Container(status.id, status.metadata.attempt, started, running, ended, sandbox, status.metadata.name)


def newest_first(rows: Iterable[cri.PodSandbox]) -> list[cri.PodSandbox]:
    """Sandboxes in the order in which the kubelet looks at them."""
    return sorted(rows, key=lambda r: -r.created_at)


def status_of(sandboxes: Iterable[Sandbox], container: Container | None) -> RuntimeStatus:
    """A pod's status: a container that was made but never ran counts as none."""
    known = container if container and (container.running or container.exit) else None
    return RuntimeStatus(tuple(sandboxes), known)


def records_of(sandboxes: Iterable[cri.PodSandbox], containers: Iterable[cri.Container]) -> tuple[PodRecords, ...]:
    """Everything that the runtime lists, by pod; what no kubelet made is left out."""
    mine: dict[str, tuple[list[Sandbox], list[Container]]] = {}
    for row in newest_first(sandboxes):
        if uid := row.labels.get(POD_UID):
            found = Sandbox(row.id, row.state == cri.SANDBOX_READY, row.metadata.attempt)
            mine.setdefault(uid, ([], []))[0].append(found)
    for item in containers:
        if uid := item.labels.get(POD_UID):
            running = item.state in (cri.CONTAINER_RUNNING, cri.CONTAINER_CREATED)
            name = item.labels.get(CONTAINER_NAME, "")
            kept = Container(item.id, item.metadata.attempt, 0.0, running, None, item.pod_sandbox_id, name)
            mine.setdefault(uid, ([], []))[1].append(kept)
    return tuple(PodRecords(uid, tuple(s), tuple(c)) for uid, (s, c) in mine.items())
