"""A real dockerd (Debian's docker.io) of the tests' own: in its own folder and namespaces, with vfs and without a bridge.

with Dockerd() as own: own.api (docker.APIClient), own.socket, own.pid; own.freeze() thaw() kill(); own.inside.command(...)
"""

import contextlib
import io
import os
import shutil
import signal
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any, Self

import docker
import pytest
import requests

from plegma.runtime.namespaces import Namespaces, StartError, children, wait_until
from plegma.runtime.places import Places

ENVIRONMENT = {"GREETING": "hello-4711"}
IMAGE = "plegma.test/busybox:1"
NEEDED = ("dockerd", "containerd", "runc", "unshare", "nsenter", "setpriv")
POD_UID = "9f0b6c1e-7d2a-4c55-8a11-0d5e6f708192"


def needs_dockerd() -> None:
    """Skips where dockerd cannot run, saying what is missing."""
    missing = [p for p in NEEDED if shutil.which(p) is None] + (["root"] if os.geteuid() else [])
    if missing or not Path("/bin/busybox").exists():
        pytest.skip(f"no dockerd of our own: {', '.join(missing) or '/bin/busybox'} missing")


class Dockerd:
    """A running dockerd with its own containerd below it."""

    def __init__(self) -> None:
        """Starts it; StartError says why it does not come up."""
        self.places = Places(Path(tempfile.mkdtemp(prefix="plegma-docker-")))
        self.places.make()
        self.namespaces: Namespaces | None = None
        self._daemon: subprocess.Popen[bytes] | None = None
        try:
            self.namespaces = Namespaces(self.places)
            self.start()
            self._load()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def inside(self) -> Namespaces:
        assert self.namespaces is not None
        return self.namespaces

    @property
    def socket(self) -> Path:
        """Docker's socket as seen from outside; /run/docker.sock inside."""
        return self.places.run / "docker.sock"

    @property
    def pid(self) -> int:
        """dockerd's process id as seen from outside."""
        assert self._daemon is not None
        return children(self._daemon.pid)[0]

    @property
    def api(self) -> Any:
        """A client with a deadline."""
        return docker.APIClient(base_url=f"unix://{self.socket}", version="1.41", timeout=30)

    def start(self) -> None:
        """Starts it (again)."""
        root = self.places.root
        options = (
            "--data-root", f"{root}/docker", "--exec-root", "/run/docker", "--pidfile", "/run/docker.pid", "--host", "unix:///run/docker.sock",
            "--bridge", "none", "--iptables=false", "--ip-forward=false", "--ip-masq=false", "--storage-driver", "vfs",
            "--cgroup-parent", f"/{self.places.name}",
        )  # fmt: skip
        with (root / "dockerd.log").open("ab") as log:
            command = self.inside.command("dockerd", *options)
            self._daemon = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        daemon = self._daemon
        if not wait_until(self._answers, 30, lambda: daemon.poll() is not None):
            raise StartError(f"dockerd: {(root / 'dockerd.log').read_text(errors='replace')[-800:]}")

    def _answers(self) -> bool:
        try:
            return bool(self.api.ping())
        except (docker.errors.DockerException, requests.exceptions.RequestException):
            return False

    def _load(self) -> None:
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as tar:
            for folder in ("bin", "proc", "sys", "dev", "etc", "tmp"):
                entry = tarfile.TarInfo(folder)
                entry.type, entry.mode = tarfile.DIRTYPE, 0o755
                tar.addfile(entry)
            tar.add(Path("/bin/busybox").resolve(), "bin/busybox")
            for name in ("sh", "sleep", "tail"):
                entry = tarfile.TarInfo(f"bin/{name}")
                entry.type, entry.linkname = tarfile.SYMTYPE, "busybox"
                tar.addfile(entry)
        self.api.import_image_from_data(buffer.getvalue(), repository=IMAGE.partition(":")[0], tag="1")

    def make(self, name: str, command: list[str], memory: int = 0, inside: str = "", **labels: str) -> str:
        """Creates and starts a container, in the network of another when `inside` names one; its id."""
        mode = f"container:{inside}" if inside else "none"
        host = self.api.create_host_config(network_mode=mode, mem_limit=memory or None, memswap_limit=memory or None)
        made = self.api.create_container(IMAGE, command, name=name, host_config=host, labels=labels, environment=ENVIRONMENT)
        self.api.start(made["Id"])
        return str(made["Id"])

    def make_pod(self, name: str, memory: int = 0, command: tuple[str, ...] = ("/bin/sleep", "86400")) -> tuple[str, str]:
        """A pod as dockershim makes one: the pause container and, in its network, the pod's own; both ids."""
        tail = f"{name}_shop_{POD_UID}_0"
        pause = self.make(f"k8s_POD_{tail}", ["/bin/sleep", "86400"], **{"io.kubernetes.docker.type": "podsandbox"})
        return pause, self.make(f"k8s_main_{tail}", list(command), memory, pause, **{"io.kubernetes.docker.type": "container"})

    def freeze(self) -> None:
        """SIGSTOP: the socket is there and nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        os.kill(self.pid, signal.SIGCONT)
        if self._daemon:
            self._daemon.send_signal(signal.SIGCONT)  # nsenter stops itself with its child

    def kill(self) -> None:
        """SIGKILL: the socket stays and refuses."""
        os.kill(self.pid, signal.SIGKILL)
        assert self._daemon is not None
        self._daemon.wait(10)

    def close(self) -> None:
        """Ends everything and removes the folder and the cgroups."""
        if self.namespaces is not None:
            self.namespaces.end()
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
        for cgroup in Path("/sys/fs/cgroup").glob(f"*/{self.places.name}"):
            for path in sorted((p for p in cgroup.rglob("*") if p.is_dir()), reverse=True):
                with contextlib.suppress(OSError):
                    path.rmdir()
            with contextlib.suppress(OSError):
                cgroup.rmdir()
        shutil.rmtree(self.places.root, ignore_errors=True)
