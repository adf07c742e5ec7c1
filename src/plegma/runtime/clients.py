"""The kubelet's calls to a runtime: each with the deadline that the kubelet gives it, and with errors in the kubelet's words."""

from pathlib import Path
from typing import Any, Self

from cri_api.v1 import api_pb2 as cri

from plegma.clients import errors
from plegma.clients.cri import Cri
from plegma.runtime.rpc_errors import CallError, worded


class Client:
    """Every method raises CallError. `timeout`: seconds of an ordinary call (kubelet --runtime-request-timeout, 2 minutes).

    Longer ones as in cri-client remote_runtime.go: RunPodSandbox twice as long, StopContainer its grace more.
    Calls may come from several threads.
    """

    def __init__(self, socket: Path, timeout: float = 120) -> None:
        self._socket, self.timeout = str(socket), timeout
        self._cri = Cri(f"unix://{socket}", timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection, and with it the calls that are under way."""
        self._cri.close()

    def _ask(self, method: str, deadline: float | None = None, /, **fields: Any) -> Any:
        try:
            return self._cri.call(method, fields, deadline)
        except errors.CallError as error:
            raise worded(error, self._socket) from None
        except ValueError as error:  # the channel was closed meanwhile
            raise CallError("Canceled", "grpc: the client connection is closing") from error

    def version(self) -> cri.VersionResponse:
        """The runtime's name and version."""
        answer: cri.VersionResponse = self._ask("Version")
        return answer

    def status(self) -> cri.RuntimeStatus:
        """RuntimeReady and NetworkReady."""
        answer: cri.StatusResponse = self._ask("Status")
        return answer.status

    def sandboxes(self, labels: dict[str, str] | None = None) -> list[cri.PodSandbox]:
        """Sandboxes, all or those with certain labels."""
        return list(self._ask("ListPodSandbox", filter={"label_selector": labels or {}}).items)

    def containers(self, labels: dict[str, str] | None = None) -> list[cri.Container]:
        """Containers, all or those with certain labels."""
        return list(self._ask("ListContainers", filter={"label_selector": labels or {}}).containers)

    def sandbox(self, name: str) -> cri.PodSandboxStatus:
        """A sandbox's status by id."""
        answer: cri.PodSandboxStatusResponse = self._ask("PodSandboxStatus", pod_sandbox_id=name)
        return answer.status

    def sandbox_info(self, name: str) -> dict[str, str]:
        """What the runtime tells besides of a sandbox: containerd gives JSON under "info", with the pause process's "pid"."""
        return dict(self._ask("PodSandboxStatus", pod_sandbox_id=name, verbose=True).info)

    def container(self, name: str) -> cri.ContainerStatus:
        """A container's status by id."""
        answer: cri.ContainerStatusResponse = self._ask("ContainerStatus", container_id=name)
        return answer.status

    def run_sandbox(self, config: cri.PodSandboxConfig) -> str:
        """Makes a sandbox and starts it; its id."""
        return str(self._ask("RunPodSandbox", 2 * self.timeout, config=config).pod_sandbox_id)

    def stop_sandbox(self, name: str) -> None:
        """Stops a sandbox and takes its network down."""
        self._ask("StopPodSandbox", pod_sandbox_id=name)

    def remove_sandbox(self, name: str) -> None:
        """Removes a sandbox with its containers."""
        self._ask("RemovePodSandbox", pod_sandbox_id=name)

    def create_container(self, sandbox: str, config: cri.ContainerConfig, sandbox_config: cri.PodSandboxConfig) -> str:
        """Makes a container; its id."""
        return str(self._ask("CreateContainer", pod_sandbox_id=sandbox, config=config, sandbox_config=sandbox_config).container_id)

    def start_container(self, name: str) -> None:
        """Starts a container."""
        self._ask("StartContainer", container_id=name)

    def stop_container(self, name: str, grace: float) -> None:
        """SIGTERM, and SIGKILL after `grace` seconds."""
        self._ask("StopContainer", self.timeout + grace, container_id=name, timeout=int(grace))

    def remove_container(self, name: str) -> None:
        """Removes a container that does not run."""
        self._ask("RemoveContainer", container_id=name)

    def image(self, name: str) -> cri.Image | None:
        """An image that is present, or None."""
        found: cri.ImageStatusResponse = self._ask("ImageStatus", image={"image": name})
        return found.image if found.HasField("image") else None

    def images(self) -> list[cri.Image]:
        """Images that are present."""
        return list(self._ask("ListImages").images)

    def pull(self, name: str) -> None:
        """Pulls an image; the kubelet sets no deadline here, we 5 minutes."""
        self._ask("PullImage", 300, image={"image": name})

    def remove_image(self, name: str) -> None:
        """Removes an image."""
        self._ask("RemoveImage", image={"image": name})
