"""A containerd of one's own: in its own folder and namespaces, with a bridge network and local images."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import IO, Self

from plegma.runtime.clients import Client
from plegma.runtime.images import BUSYBOX_IMAGE, PAUSE_IMAGE, write_image
from plegma.runtime.leftovers import PREFIX, held, remove, sweep
from plegma.runtime.namespaces import Namespaces, StartError, children, wait_until
from plegma.runtime.networks import link_plugins, replace_program, write_config
from plegma.runtime.places import Places
from plegma.runtime.rpc_errors import CallError

ENTRYPOINTS = {PAUSE_IMAGE: ("/bin/sleep", "2147483647"), BUSYBOX_IMAGE: ("/bin/sh",)}
NEEDED = ("containerd", "ctr", "runc", "unshare", "nsenter", "setpriv", "ip", "iptables")
CONFIG = """
version = 2
root = "{root}/root"
state = "/run/containerd"
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.tracing.processor.v1.otlp", "io.containerd.internal.v1.tracing",
]
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "{pause}"
  restrict_oom_score_adj = {restrict}
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "{plugins}"
    conf_dir = "{networks}"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      BinaryName = "{runc}"
"""
SOCKET_LENGTH = 107  # sun_path of unix(7), less its end
_SYS_RESOURCE = 24


def missing_programs() -> list[str]:
    """Programs that a containerd of one's own needs and that are not installed, and "root" where we are not."""
    found = [p for p in NEEDED if shutil.which(p) is None]
    return (
        found + [str(p) for p in (Path("/bin/busybox"), Path("/usr/lib/cni/bridge")) if not p.exists()] + (["root"] if os.geteuid() else [])
    )


class Containerd:
    """A running containerd. `places` says where its things are, `namespaces` runs programs beside it."""

    def __init__(self, parent: Path | None = None) -> None:
        """Starts it with its network and images; StartError says why it does not come up."""
        sweep(parent or Path(tempfile.gettempdir()))
        self.places = Places(Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent)))
        if len(str(self.places.socket)) > SOCKET_LENGTH:
            self.places.root.rmdir()
            raise StartError(f"{self.places.socket} is too long for a unix socket: choose a shorter folder for temporary files")
        self._lock: IO[bytes] | None = held(self.places.root)
        self._daemon: subprocess.Popen[bytes] | None = None
        self.namespaces: Namespaces | None = None
        try:
            self._prepare()
            self.namespaces = Namespaces(self.places)
            self.start()
            self.load(*ENTRYPOINTS)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self) -> None:
        places = self.places
        places.make()
        link_plugins(places)
        write_config(places)
        runc = places.programs / "runc"
        self.restore_runc()
        config = CONFIG.format(
            root=places.root, pause=PAUSE_IMAGE, plugins=places.plugins, networks=places.networks, runc=runc,
            restrict="false" if _may_raise_priority() else "true",
        )  # fmt: skip
        places.config.write_text(config)

    @property
    def inside(self) -> Namespaces:
        """The namespaces; StartError once they are closed."""
        if self.namespaces is None:
            raise StartError("this containerd is closed")
        return self.namespaces

    @property
    def pid(self) -> int:
        """containerd's process id as seen from outside; StartError if it does not run."""
        found = children(self._daemon.pid) if self._daemon else []
        if not found:
            raise StartError("containerd does not run")
        return found[0]

    def start(self) -> None:
        """Starts the daemon (again): up when CRI answers."""
        command = self.inside.command("containerd", "--config", str(self.places.config))
        with self.places.log.open("ab") as log:
            self._daemon = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        daemon = self._daemon
        if not wait_until(self._answers, 20, lambda: daemon.poll() is not None):
            raise StartError(f"containerd: {self.places.log.read_text(errors='replace')[-600:]}")

    def _answers(self) -> bool:
        if not self.places.socket.exists():
            return False
        try:
            with Client(self.places.socket, 5) as client:
                client.status()  # an error while it still reads its state: "server is not initialized yet"
        except CallError:
            return False
        return True

    def stop(self) -> None:
        """Stops the daemon; shims and containers live on."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kills the daemon."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """SIGSTOP: the socket is there and nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        pid = self.pid
        os.kill(pid, signal.SIGCONT)
        if self._daemon:  # nsenter stops itself when its child is stopped
            self._daemon.send_signal(signal.SIGCONT)

    def _end(self, how: signal.Signals) -> None:
        if self._daemon is None:
            return
        with contextlib.suppress(StartError):
            os.kill(self.pid, how)
        try:
            self._daemon.wait(10)
        except subprocess.TimeoutExpired:
            self._daemon.kill()
            self._daemon.wait()
        self._daemon = None

    def load(self, *names: str) -> None:
        """Imports images by name; CalledProcessError."""
        for name in names:
            path = self.places.root / "image.tar"
            write_image(path, name, ENTRYPOINTS[name])
            self._ctr("images", "import", str(path)).check_returncode()
            path.unlink()
        if not wait_until(lambda: all(n in self._ctr("images", "ls", "-q").stdout for n in names), 10):
            raise StartError("the images do not show up")

    def unload(self, name: str) -> None:
        """Removes an image; CalledProcessError."""
        self._ctr("images", "rm", "--sync", name).check_returncode()

    def _ctr(self, *argv: str) -> subprocess.CompletedProcess[str]:
        command = ("ctr", "--timeout", "5s", "-a", str(self.places.socket), "-n", "k8s.io", *argv)
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    def restore_runc(self) -> None:
        """Puts the installed runc (back) in its place."""
        replace_program(self.places.programs / "runc", Path(shutil.which("runc") or "/usr/sbin/runc"))

    def close(self) -> None:
        """Ends everything and removes the folder and the cgroups."""
        if self.namespaces is not None:
            self.namespaces.end()
            self.namespaces = None
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None
        remove(self.places)
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _may_raise_priority() -> bool:
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("CapEff:"))
    return bool(int(line.split()[1], 16) >> _SYS_RESOURCE & 1)
