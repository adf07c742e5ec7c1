"""What is left of a containerd of one's own when everything in its namespaces has ended: a folder and cgroups of its name."""

import contextlib
import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from plegma.runtime.places import Places

PREFIX = "plegma-real-"


def held(folder: Path) -> IO[bytes]:
    """Marks a folder as ours: its lock is held before it gets its name, so that nobody ever sees it free."""
    made = folder / "lock.new"
    lock = made.open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    made.rename(folder / "lock")
    return lock


def sweep(parent: Path) -> None:
    """Removes what runs that were killed have left: folders whose lock nobody holds."""
    for folder in parent.glob(f"{PREFIX}*"):
        try:
            with (folder / "lock").open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # held, or not made yet, or just removed by another
            continue
        remove(Places(folder))


def remove(places: Places) -> None:
    """Removes a folder, and the cgroups of its name that are empty."""
    for cgroup in _cgroups(places.name):
        for path in sorted((p for p in cgroup.rglob("*") if p.is_dir()), reverse=True):
            with contextlib.suppress(OSError):
                path.rmdir()
        with contextlib.suppress(OSError):
            cgroup.rmdir()
    shutil.rmtree(places.root, ignore_errors=True)


def _cgroups(name: str) -> Iterator[Path]:
    root = Path("/sys/fs/cgroup")
    yield from (p for p in (root / name, *root.glob(f"*/{name}")) if p.is_dir())
