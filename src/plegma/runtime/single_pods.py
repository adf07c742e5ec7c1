"""A pod made by hand, without the agent: for tests and tools that need one on a real runtime."""

from pathlib import Path

from plegma.agent.pods import PodSpec
from plegma.runtime.clients import Client
from plegma.runtime.containerds import Containerd
from plegma.runtime.images import BUSYBOX_IMAGE
from plegma.runtime.requests import Folders, Work, container_config, sandbox_config


def folders_of(own: Containerd) -> Folders:
    """Where pods of a containerd of one's own keep cgroups and logs."""
    return Folders(own.places.name, str(own.places.pods))


def make_pod(own: Containerd, name: str, uid: str, work: Work | None = None, timeout: float = 20) -> tuple[str, str]:
    """Runs a sandbox and a busybox container in it; both ids. Raises CallError where a call fails."""
    pod = PodSpec(uid, "default", name, "main", BUSYBOX_IMAGE)
    folders = folders_of(own)
    (Path(folders.of(pod)) / pod.container).mkdir(parents=True, exist_ok=True)
    config = sandbox_config(pod, 0, folders)
    with Client(own.places.socket, timeout) as client:
        sandbox = client.run_sandbox(config)
        container = client.create_container(sandbox, container_config(pod, work or Work(), 0), config)
        client.start_container(container)
    return sandbox, container
