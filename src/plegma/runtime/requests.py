"""CRI's requests for a pod, as the kubelet fills them in (kuberuntime_sandbox.go, kuberuntime_container.go, labels.go)."""

from collections.abc import Mapping
from dataclasses import dataclass

from cri_api.v1 import api_pb2 as cri

from plegma.agent.pods import PodSpec

POD_NAME, POD_NAMESPACE, POD_UID = "io.kubernetes.pod.name", "io.kubernetes.pod.namespace", "io.kubernetes.pod.uid"
CONTAINER_NAME = "io.kubernetes.container.name"


@dataclass(frozen=True, slots=True)
class Work:
    """What a pod's container runs, which no decision depends on. `memory` in bytes, 0 without a limit."""

    command: tuple[str, ...] = ("/bin/sleep", "86400")
    args: tuple[str, ...] = ()
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a pod's cgroup and its containers' logs go. `logs` is a path that the runtime can reach."""

    cgroup: str
    logs: str

    def of(self, pod: PodSpec) -> str:
        """The pod's log folder (kuberuntime_helpers.go BuildPodLogsDirectory)."""
        return f"{self.logs}/{pod.namespace}_{pod.name}_{pod.uid}"


def labels(pod: PodSpec) -> Mapping[str, str]:
    """What tells whose a sandbox is."""
    return {POD_NAME: pod.name, POD_NAMESPACE: pod.namespace, POD_UID: pod.uid}


def _namespaces(pod: PodSpec) -> cri.NamespaceOption:
    """A container has process ids of its own, so that it outlives its pause container (pkg/kubelet/util namespaces)."""
    return cri.NamespaceOption(network=cri.NODE if pod.host_network else cri.POD, pid=cri.CONTAINER, ipc=cri.POD)


def sandbox_config(pod: PodSpec, attempt: int, folders: Folders) -> cri.PodSandboxConfig:
    """The pod's sandbox: its own network, or the node's."""
    return cri.PodSandboxConfig(
        metadata=cri.PodSandboxMetadata(name=pod.name, uid=pod.uid, namespace=pod.namespace, attempt=attempt),
        hostname="" if pod.host_network else pod.name,
        log_directory=folders.of(pod),
        labels=labels(pod),
        linux=cri.LinuxPodSandboxConfig(
            cgroup_parent=f"/{folders.cgroup}/pod{pod.uid}",
            security_context=cri.LinuxSandboxSecurityContext(namespace_options=_namespaces(pod)),
        ),
    )


def container_config(pod: PodSpec, work: Work, attempt: int) -> cri.ContainerConfig:
    """The pod's container in a sandbox."""
    return cri.ContainerConfig(
        metadata=cri.ContainerMetadata(name=pod.container, attempt=attempt),
        image=cri.ImageSpec(image=pod.image),
        command=list(work.command),
        args=list(work.args),
        labels={**labels(pod), CONTAINER_NAME: pod.container},
        annotations={"io.kubernetes.container.restartCount": str(attempt)},
        log_path=f"{pod.container}/{attempt}.log",
        linux=cri.LinuxContainerConfig(
            resources=cri.LinuxContainerResources(memory_limit_in_bytes=work.memory, cpu_shares=2, oom_score_adj=1000),
            security_context=cri.LinuxContainerSecurityContext(namespace_options=_namespaces(pod)),
        ),
    )
