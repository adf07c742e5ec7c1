"""The whole node: all readers at once, each for itself and none waited for beyond the end."""

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from plegma.clients.errors import CallError
from plegma.clients.unix_sockets import listener_at
from plegma.evidence.read.artifacts import Artifact
from plegma.evidence.read.node.cni_states import told_checkpoints, told_reservations
from plegma.evidence.read.node.engines import told_engine
from plegma.evidence.read.node.journals import told_journal, told_log_files
from plegma.evidence.read.node.kernel_logs import told_kernel_log
from plegma.evidence.read.node.places import Places
from plegma.evidence.read.node.processes import told_processes
from plegma.evidence.read.node.runtimes import told_runtimes
from plegma.evidence.read.node.sockets import cri_sockets, docker_sockets
from plegma.evidence.read.node.systems import told_file_systems, told_system, told_units
from plegma.evidence.read.node.takings import Found, artifact_of, unreadable
from plegma.evidence.unreadable import Unreadable

Reads = Callable[[Places], Iterator[Found]]


def read_node(places: Places) -> list[Artifact | Unreadable]:
    """What the node shows within `places.longest` seconds, in a fixed order. Never raises for what it meets.

    A reader that does not come back is left behind (a thread in the kernel cannot be ended) and named; what it had
    found by then is kept.
    """
    owners = owners_of(places)
    readers: tuple[tuple[str, Reads], ...] = (
        ("cri", told_runtimes), ("docker", told_engine), ("ps.txt", lambda p: told_processes(p, owners)), ("units", told_units),
        ("journal", told_journal), ("logs", told_log_files), ("dmesg.txt", told_kernel_log), ("cni", told_reservations),
        ("dockershim-sandboxes.txt", told_checkpoints), ("proc", told_system), ("df.txt", told_file_systems),
    )  # fmt: skip
    runs = [_Run(name, read, places) for name, read in readers]
    end = monotonic() + places.longest
    found = [item for run in runs for item in run.until(end, places.longest)]
    return [artifact_of(item, places.node) for item in found]


def owners_of(places: Places) -> frozenset[int]:
    """The processes that listen at the runtimes' sockets."""
    found: set[int] = set()
    for path in (*cri_sockets(places), *docker_sockets(places)):
        try:
            found.add(listener_at(path).pid)
        except CallError:
            continue  # told by the reader of that socket
    return frozenset(found - {0})


class _Run:
    """One reader in a thread of its own."""

    def __init__(self, name: str, read: Reads, places: Places) -> None:
        self._name, self._queue = name, SimpleQueue[Found | None]()
        Thread(target=self._go, args=(read, places), daemon=True, name=f"read {name}").start()

    def _go(self, read: Reads, places: Places) -> None:
        try:
            for found in read(places):
                self._queue.put(found)
        except Exception as error:  # noqa: BLE001 - the thread's edge: what stumbles over an odd answer is named, and the others go on
            told = f"{type(error).__name__}: {error}"
            self._queue.put(unreadable(self._name, f"it could not be read: {told}", f"読めませんでした: {told}"))
        finally:
            self._queue.put(None)

    def until(self, end: float, seconds: float) -> Iterator[Found]:
        """What was found by `end`; and that it was not done, if so."""
        while True:
            try:
                found = self._queue.get(timeout=max(end - monotonic(), 0.001))
            except Empty:
                yield unreadable(self._name, f"it took longer than {seconds:g} s", f" {seconds:g} 秒以内に終わりませんでした")
                return
            if found is None:
                return
            yield found
