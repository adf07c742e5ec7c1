"""What each of the agent's calls does on a real runtime. They run in threads, and touch nothing but the runtime and a pod's log folder."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cri_api.v1 import api_pb2 as cri

from plegma.agent.pods import PodSpec, RuntimeStatus
from plegma.runtime.clients import Client
from plegma.runtime.requests import POD_UID, Folders, Work, container_config, sandbox_config
from plegma.runtime.rpc_errors import CallError
from plegma.runtime.statuses import container_of, newest_first, sandbox_of, status_of


@dataclass(slots=True)
class Pod:
    """A pod as its calls need it. `created`: the id that CreateContainer gave, for StartContainer."""

    spec: PodSpec
    work: Work
    created: str = ""


@dataclass(frozen=True, slots=True)
class Runtime:
    """A runtime with where its pods' things go; `epoch` is the Unix time of the agent's second 0."""

    client: Client
    folders: Folders
    epoch: float = field(default_factory=time.time)

    def labels(self, pod: Pod) -> dict[str, str]:
        """What selects a pod's sandboxes and containers."""
        return {POD_UID: pod.spec.uid}


def read_status(runtime: Runtime, uid: str) -> RuntimeStatus:
    """A pod's status as a relist inspects it: each sandbox, and the newest container (kuberuntime_manager.go GetPodStatus)."""
    client = runtime.client
    rows = newest_first(client.sandboxes({POD_UID: uid}))
    sandboxes = [sandbox_of(client.sandbox(r.id)) for r in rows]
    containers = sorted(client.containers({POD_UID: uid}), key=lambda c: -c.created_at)
    newest = container_of(client.container(containers[0].id), runtime.epoch, containers[0].pod_sandbox_id) if containers else None
    return status_of(sandboxes, newest)


def _mount(runtime: Runtime, pod: Pod, _attempt: int) -> str:
    (Path(runtime.folders.of(pod.spec)) / pod.spec.container).mkdir(parents=True, exist_ok=True)
    return ""


def _run_sandbox(runtime: Runtime, pod: Pod, attempt: int) -> str:
    runtime.client.run_sandbox(sandbox_config(pod.spec, attempt, runtime.folders))
    return ""


def _pull(runtime: Runtime, pod: Pod, _attempt: int) -> str:
    client, image = runtime.client, pod.spec.image
    if client.image(image) is not None:
        return ""
    began = time.monotonic()
    client.pull(image)
    took = round((time.monotonic() - began) * 1000)
    found = client.image(image)
    return f"{took}ms {found.size if found else 0}"


def _create(runtime: Runtime, pod: Pod, attempt: int) -> str:
    client, spec = runtime.client, pod.spec
    found = newest_first(client.sandboxes(runtime.labels(pod)))
    if not found:
        raise CallError("NotFound", f"no sandbox of pod {spec.namespace}/{spec.name} is left")
    config = sandbox_config(spec, found[0].metadata.attempt, runtime.folders)
    pod.created = client.create_container(found[0].id, container_config(spec, pod.work, attempt), config)
    return ""


def _start(runtime: Runtime, pod: Pod, _attempt: int) -> str:
    runtime.client.start_container(pod.created)
    return ""


def _stop_containers(runtime: Runtime, pod: Pod, _attempt: int) -> str:
    for container in runtime.client.containers(runtime.labels(pod)):
        if container.state == cri.CONTAINER_RUNNING:
            runtime.client.stop_container(container.id, pod.spec.grace)
    return ""


def _kill(runtime: Runtime, pod: Pod, attempt: int) -> str:
    """Containers first, then every sandbox that is there; one that is not found is as good as stopped."""
    _stop_containers(runtime, pod, attempt)
    for sandbox in runtime.client.sandboxes(runtime.labels(pod)):
        try:
            runtime.client.stop_sandbox(sandbox.id)
        except CallError as error:
            if error.code != "NotFound":
                raise
    return ""


CALLS: Mapping[str, Callable[[Runtime, Pod, int], str]] = {
    "MountVolumes": _mount,
    "RunPodSandbox": _run_sandbox,
    "PullImage": _pull,
    "CreateContainer": _create,
    "StartContainer": _start,
    "StopContainer": _stop_containers,
    "StopPodSandbox": _kill,
    "KillPod": _kill,
}
"""By the agent's name of the call: what it returns goes back as CallDone's detail where the agent wants one."""

COLLECT: Mapping[str, Callable[[Client, str], None]] = {
    "RemoveContainer": Client.remove_container,
    "StopPodSandbox": Client.stop_sandbox,
    "RemovePodSandbox": Client.remove_sandbox,
    "RemoveImage": Client.remove_image,
}
"""Garbage, by the agent's name of the call."""
