"""What was done on this machine before, in one small file that one run at a time may hold."""

import fcntl
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Self

from plegma.remedy.guards import Deed

_KEPT = 500


class BusyError(Exception):
    """Another run of `plegma fix` holds the file."""


class History:
    """The deeds in a file, held from entering to leaving the context; what cannot be read in it is an error, not a blank."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None
        self.deeds: list[Deed] = []

    def __enter__(self) -> Self:
        """Raises BusyError, OSError, and ValueError when the file holds something else."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._file = os.fdopen(handle, "r+", encoding="utf-8")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.deeds = list(_deeds(self._file.read()))
        except BlockingIOError as error:
            self._file.close()
            raise BusyError(f"another run holds {self._path}; wait for it to end") from error
        except (ValueError, TypeError, KeyError) as error:
            self._file.close()
            raise ValueError(f"{self._path} is no history of plegma fix ({error}); look at it, then move it aside") from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, deed: Deed) -> None:
        """Keeps a deed, on disk before this returns: an action that ends this program was still done."""
        assert self._file is not None
        self.deeds = [*self.deeds, deed][-_KEPT:]
        self._file.seek(0)
        self._file.truncate()
        json.dump([{"at": d.at, "what": d.what, "node": d.node} for d in self.deeds], self._file)
        self._file.flush()
        os.fsync(self._file.fileno())


def _deeds(text: str) -> Sequence[Deed]:
    return [Deed(float(d["at"]), str(d["what"]), str(d["node"])) for d in json.loads(text)] if text.strip() else []
