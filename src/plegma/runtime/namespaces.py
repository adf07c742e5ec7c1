"""Process, mount and network namespaces in which everything that a containerd starts lives, and with which it ends.

The first process in them dies with the one that made it (prctl PR_SET_PDEATHSIG), and its death ends every process,
mount, interface and iptables rule in there: nothing can be left behind, whatever happens to us.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from plegma.runtime.places import Places

# The bridge has an address of its own: one that the plugin makes loses its address with its last port, and then no ADD ever
# works again ("could not set bridge's mac: invalid argument", plugins v1.1.1), which a test that begins with a failure would meet.
FIRST = """
set -e
mkdir -p /var/lib/cni
mount --bind "$1/cni" /var/lib/cni
mount --bind "$1/run" /run
ip link set lo up
ip link add cni0 address 0a:58:0a:58:00:01 type bridge
echo ready >"$1/ready"
while :; do sleep 3600 & wait $!; done
"""
AGAINST = ("setpriv", "--pdeathsig", "KILL", "unshare", "--pid", "--fork", "--kill-child", "--mount", "--net", "--mount-proc")


class StartError(RuntimeError):
    """A program that should run did not come up; the text says what it wrote."""


class Namespaces:
    """Namespaces made for a folder. Made in the main thread, since they die with the thread that makes them."""

    def __init__(self, places: Places) -> None:
        """Starts the first process; StartError if it is not up within 10 s (not root, or no right to unshare)."""
        command = (*AGAINST, "sh", "-c", FIRST, "first", str(places.root))
        self._outer = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        ready = places.root / "ready"
        wait_until(ready.exists, 10, lambda: self._outer.poll() is not None)
        if not ready.exists():
            self._outer.kill()
            said = self._outer.communicate()[1].decode(errors="replace").strip()
            raise StartError(f"no namespaces of our own (root is needed): {said}")
        self.first = children(self._outer.pid)[0]

    def command(self, *argv: str) -> tuple[str, ...]:
        """The command line that runs a program inside."""
        return ("nsenter", "-t", str(self.first), "-p", "-m", "-n", "--", *argv)

    def run(self, *argv: str, patience: float = 30) -> str:
        """Runs a program inside and returns what it prints; CalledProcessError, TimeoutExpired."""
        done = subprocess.run(self.command(*argv), capture_output=True, text=True, timeout=patience, check=True)
        return done.stdout

    def end(self) -> None:
        """Ends every process in there, and with them mounts and interfaces."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.first, signal.SIGKILL)  # the kernel then kills all others in there before this one is gone
        try:
            self._outer.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self._outer.kill()
            self._outer.communicate()


def children(pid: int) -> list[int]:
    """Process ids of a process's children; none once it has ended."""
    try:
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def wait_until(holds: Callable[[], bool], patience: float, hopeless: Callable[[], bool] = lambda: False) -> bool:
    """Looks 50 times a second until it holds, for at most `patience` seconds or until it is hopeless; says whether it holds."""
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end or hopeless():
            return holds()
        time.sleep(0.02)
    return True
