"""Where a containerd of one's own keeps its things: one folder, which its namespaces see at the usual paths too."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Paths under `root`, as seen from outside. Inside, `run` is /run and `cni` is /var/lib/cni."""

    root: Path

    @property
    def name(self) -> str:
        """The folder's name; the cgroup's too."""
        return self.root.name

    @property
    def run(self) -> Path:
        """/run of the namespaces."""
        return self.root / "run"

    @property
    def socket(self) -> Path:
        """containerd's socket: /run/containerd/containerd.sock of the namespaces."""
        return self.run / "containerd" / "containerd.sock"

    @property
    def config(self) -> Path:
        """containerd's config.toml."""
        return self.root / "config.toml"

    @property
    def log(self) -> Path:
        """What containerd writes."""
        return self.root / "containerd.log"

    @property
    def programs(self) -> Path:
        """runc, as a link that a fault may replace."""
        return self.root / "bin"

    @property
    def plugins(self) -> Path:
        """CNI's bin_dir: links to the installed plugins, which a fault may replace."""
        return self.root / "cni-bin"

    @property
    def networks(self) -> Path:
        """CNI's conf_dir."""
        return self.root / "net.d"

    @property
    def cni(self) -> Path:
        """/var/lib/cni of the namespaces: what libcni and host-local remember."""
        return self.root / "cni"

    @property
    def pods(self) -> Path:
        """Containers' logs: the same path inside and outside."""
        return self.root / "pods"

    def make(self) -> None:
        """Makes the folders."""
        for path in (self.socket.parent, self.programs, self.plugins, self.networks, self.cni, self.pods):
            path.mkdir(parents=True, exist_ok=True)
