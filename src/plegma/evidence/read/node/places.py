"""Where a node keeps what is read, and how long is waited for it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct, field

_RANCHER = "var/lib/rancher"
LOG_FILES: Mapping[str, tuple[str, ...]] = {
    "kubelet": (
        "var/log/kubelet.log", "var/log/kubelet/kubelet.log", f"{_RANCHER}/k3s/agent/kubelet.log",
        f"{_RANCHER}/rke2/agent/logs/kubelet.log",
    ),
    "containerd": (
        "var/log/containerd.log", f"{_RANCHER}/k3s/agent/containerd/containerd.log", f"{_RANCHER}/rke2/agent/containerd/containerd.log",
    ),
    "dockerd": ("var/log/docker.log", "var/log/upstart/docker.log"),
    "crio": ("var/log/crio.log",),
}  # fmt: skip
"""Log files of nodes without a journal."""
UNITS = ("kubelet", "containerd", "docker", "crio", "cri-docker", "k3s", "k3s-agent", "rke2-server", "rke2-agent")


class Places(Struct, frozen=True):
    """`root` is where the node's file system is seen (a debug pod mounts it at /host); the other paths lie below it.

    `cri` and `docker` are endpoints ("unix:///..."); None looks at the usual ones. `logs` are further log files, each with
    the program that writes it. `cni_conf` is asked of the runtime when it is None. `deadline` is seconds for one call,
    `longest` for everything; `since` bounds the logs, and `read_before` says how
    many bytes of a log file (by its path) are of no interest any more.
    """

    node: str
    since: datetime
    root: Path = Path("/")
    cri: str | None = None
    docker: str | None = None
    logs: tuple[tuple[str, Path], ...] = ()
    kernel_log: Path = Path("/dev/kmsg")
    cni_conf: str | None = None
    cni_networks: str = "var/lib/cni/networks"
    deadline: float = 5.0
    longest: float = 60.0
    read_before: Mapping[str, int] = field(default_factory=dict)

    def at(self, path: str) -> Path:
        """A path of the node as seen from here."""
        return self.root / path.lstrip("/")

    def shown(self, path: Path) -> str:
        """A path as the node itself calls it."""
        return "/" + str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)
