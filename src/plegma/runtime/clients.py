"""A CRI client over a unix socket: v1, each call with the deadline that the kubelet gives it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import grpc
from cri_api.v1 import api_pb2 as cri
from cri_api.v1.api_pb2_grpc import ImageServiceStub, RuntimeServiceStub

from plegma.runtime.rpc_errors import CallError, worded

_OPTIONS = (
    ("grpc.enable_http_proxy", 0),
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1000),
    ("grpc.max_receive_message_length", 16 << 20),
)


class Client:
    """Every method raises CallError. `timeout`: seconds of an ordinary call (kubelet --runtime-request-timeout, 2 minutes).

    Longer ones as in cri-client remote_runtime.go: RunPodSandbox twice as long, StopContainer its grace more.
    Calls may come from several threads.
    """

    def __init__(self, socket: Path, timeout: float = 120) -> None:
        self._socket, self.timeout = str(socket), timeout
        self._channel = grpc.insecure_channel(f"unix:{socket}", options=_OPTIONS)
        self._runtime = RuntimeServiceStub(self._channel)  # type: ignore[no-untyped-call]
        self._images = ImageServiceStub(self._channel)  # type: ignore[no-untyped-call]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection, and with it the calls that are under way."""
        self._channel.close()

    def _ask(self, method: Callable[..., Any], request: Any, timeout: float | None = None) -> Any:
        try:
            return method(request, timeout=self.timeout if timeout is None else timeout)
        except grpc.RpcError as error:
            raise worded(error, self._socket) from None
        except ValueError as error:  # the channel was closed meanwhile
            raise CallError("Canceled", "grpc: the client connection is closing") from error

    def version(self) -> cri.VersionResponse:
        """The runtime's name and version."""
        answer: cri.VersionResponse = self._ask(self._runtime.Version, cri.VersionRequest())
        return answer

    def status(self) -> cri.RuntimeStatus:
        """RuntimeReady and NetworkReady."""
        answer: cri.StatusResponse = self._ask(self._runtime.Status, cri.StatusRequest())
        return answer.status

    def sandboxes(self, labels: dict[str, str] | None = None) -> list[cri.PodSandbox]:
        """Sandboxes, all or those with certain labels."""
        wanted = cri.PodSandboxFilter(label_selector=labels or {})
        return list(self._ask(self._runtime.ListPodSandbox, cri.ListPodSandboxRequest(filter=wanted)).items)

    def containers(self, labels: dict[str, str] | None = None) -> list[cri.Container]:
        """Containers, all or those with certain labels."""
        wanted = cri.ContainerFilter(label_selector=labels or {})
        return list(self._ask(self._runtime.ListContainers, cri.ListContainersRequest(filter=wanted)).containers)

    def sandbox(self, name: str) -> cri.PodSandboxStatus:
        """A sandbox's status by id."""
        answer: cri.PodSandboxStatusResponse = self._ask(self._runtime.PodSandboxStatus, cri.PodSandboxStatusRequest(pod_sandbox_id=name))
        return answer.status

    def sandbox_info(self, name: str) -> dict[str, str]:
        """What the runtime tells besides of a sandbox: containerd gives JSON under "info", with the pause process's "pid"."""
        request = cri.PodSandboxStatusRequest(pod_sandbox_id=name, verbose=True)
        return dict(self._ask(self._runtime.PodSandboxStatus, request).info)

    def container(self, name: str) -> cri.ContainerStatus:
        """A container's status by id."""
        answer: cri.ContainerStatusResponse = self._ask(self._runtime.ContainerStatus, cri.ContainerStatusRequest(container_id=name))
        return answer.status

    def run_sandbox(self, config: cri.PodSandboxConfig) -> str:
        """Makes a sandbox and starts it; its id."""
        request = cri.RunPodSandboxRequest(config=config)
        return str(self._ask(self._runtime.RunPodSandbox, request, 2 * self.timeout).pod_sandbox_id)

    def stop_sandbox(self, name: str) -> None:
        """Stops a sandbox and takes its network down."""
        self._ask(self._runtime.StopPodSandbox, cri.StopPodSandboxRequest(pod_sandbox_id=name))

    def remove_sandbox(self, name: str) -> None:
        """Removes a sandbox with its containers."""
        self._ask(self._runtime.RemovePodSandbox, cri.RemovePodSandboxRequest(pod_sandbox_id=name))

    def create_container(self, sandbox: str, config: cri.ContainerConfig, sandbox_config: cri.PodSandboxConfig) -> str:
        """Makes a container; its id."""
        request = cri.CreateContainerRequest(pod_sandbox_id=sandbox, config=config, sandbox_config=sandbox_config)
        return str(self._ask(self._runtime.CreateContainer, request).container_id)

    def start_container(self, name: str) -> None:
        """Starts a container."""
        self._ask(self._runtime.StartContainer, cri.StartContainerRequest(container_id=name))

    def stop_container(self, name: str, grace: float) -> None:
        """SIGTERM, and SIGKILL after `grace` seconds."""
        request = cri.StopContainerRequest(container_id=name, timeout=int(grace))
        self._ask(self._runtime.StopContainer, request, self.timeout + grace)

    def remove_container(self, name: str) -> None:
        """Removes a container that does not run."""
        self._ask(self._runtime.RemoveContainer, cri.RemoveContainerRequest(container_id=name))

    def image(self, name: str) -> cri.Image | None:
        """An image that is present, or None."""
        found: cri.ImageStatusResponse = self._ask(self._images.ImageStatus, cri.ImageStatusRequest(image=cri.ImageSpec(image=name)))
        return found.image if found.HasField("image") else None

    def images(self) -> list[cri.Image]:
        """Images that are present."""
        return list(self._ask(self._images.ListImages, cri.ListImagesRequest()).images)

    def pull(self, name: str) -> None:
        """Pulls an image; the kubelet sets no deadline here, we 5 minutes."""
        self._ask(self._images.PullImage, cri.PullImageRequest(image=cri.ImageSpec(image=name)), 300)

    def remove_image(self, name: str) -> None:
        """Removes an image."""
        self._ask(self._images.RemoveImage, cri.RemoveImageRequest(image=cri.ImageSpec(image=name)))
