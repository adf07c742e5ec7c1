"""Real faults on a containerd of one's own. Each can be put on and taken off; the lab has the same under the same names."""

import contextlib
import json
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from plegma.runtime.clients import Client
from plegma.runtime.containerds import Containerd
from plegma.runtime.images import PAUSE_IMAGE
from plegma.runtime.networks import FIRST, LAST, config_file, leases, replace_program, restore_plugin, write_config
from plegma.runtime.requests import POD_UID

HANGING = "#!/bin/sh\nexec sleep 86400\n"
FAILING = """#!/bin/sh
before= log=
for word; do
  [ "$before" = --log ] && log=$word
  [ "$word" = create ] && {
    echo '{"level":"error","msg":"runc create failed: unable to start container process: unable to apply cgroup configuration"}' >>"$log"
    exit 1
  }
  before=$word
done
exec runc "$@"
"""
LEAKED = "leaked-by-a-pod-that-is-gone"


@dataclass(frozen=True, slots=True)
class RealFault:
    """How a fault comes and goes. `begin` and `end` are given the containerd and the uids of the pods it is meant for."""

    title: str
    begin: Callable[[Containerd, tuple[str, ...]], None]
    end: Callable[[Containerd, tuple[str, ...]], None]


def _hang(own: Containerd, _uids: tuple[str, ...]) -> None:
    replace_program(own.places.plugins / "bridge", HANGING)


def _hang_no_more(own: Containerd, _uids: tuple[str, ...]) -> None:
    restore_plugin(own.places, "bridge")
    for pid in processes(own, "sleep 86400"):  # the calls that wait now
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def processes(own: Containerd, command: str) -> list[int]:
    """Process ids (as seen from outside) of those in the containerd's namespaces, but in no container, with that command line."""
    home = Path(f"/proc/{own.inside.first}/ns/mnt").readlink()
    wanted = command.replace(" ", "\0") + "\0"
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if path.read_text() == wanted and (path.parent / "ns/mnt").readlink() == home:
                found.append(int(path.parent.name))
    return found


def _leak(own: Containerd, _uids: tuple[str, ...]) -> None:
    folder = leases(own.places)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(FIRST, LAST + 1):
        with contextlib.suppress(FileExistsError), (folder / f"10.88.0.{number}").open("x") as lease:
            lease.write(f"{LEAKED}\r\neth0")


def _leak_no_more(own: Containerd, _uids: tuple[str, ...]) -> None:
    for path in leases(own.places).glob("10.*"):
        if path.read_text().startswith(LEAKED):
            path.unlink()


def _kill_pause(own: Containerd, uids: tuple[str, ...]) -> None:
    with Client(own.places.socket, 10) as client:
        for uid in uids:
            for sandbox in client.sandboxes({POD_UID: uid}):
                pid = json.loads(client.sandbox_info(sandbox.id)["info"])["pid"]
                own.inside.run("kill", "-9", str(pid))


def _runc_fails(own: Containerd, _uids: tuple[str, ...]) -> None:
    replace_program(own.places.programs / "runc", FAILING)


def _nothing(_own: Containerd, _uids: tuple[str, ...]) -> None:
    """A fault that happens once, or that the pod itself brings along."""


FAULTS: dict[str, RealFault] = {
    "plugin-hangs": RealFault("A CNI plugin never returns", _hang, _hang_no_more),
    "ipam-full": RealFault("Leaked reservations use up the node's range of pod addresses", _leak, _leak_no_more),
    "config-gone": RealFault(
        "The CNI configuration is gone", lambda own, _: config_file(own.places).unlink(), lambda own, _: write_config(own.places)
    ),
    "pause-killed": RealFault("The pause container of a running pod is killed", _kill_pause, _nothing),
    "containerd-hangs": RealFault("containerd is stopped by a signal", lambda own, _: own.freeze(), lambda own, _: own.thaw()),
    "containerd-stopped": RealFault("containerd does not run", lambda own, _: own.stop(), lambda own, _: own.start()),
    "runc-fails": RealFault("runc cannot create a container", _runc_fails, lambda own, _: own.restore_runc()),
    "runc-missing": RealFault(
        "runc is not installed", lambda own, _: (own.places.programs / "runc").unlink(), lambda own, _: own.restore_runc()
    ),
    "pause-image": RealFault(
        "The pause image is gone and cannot be pulled", lambda own, _: own.unload(PAUSE_IMAGE), lambda own, _: own.load(PAUSE_IMAGE)
    ),
}
