"""The audit log: one JSON object a line for everything that was decided or done, appended and flushed at once."""

import getpass
import json
import os
from collections.abc import Callable
from pathlib import Path

from plegma.evidence.secrets import masked_within


class Audit:
    """Appends to a file, or to nowhere. `clock` gives RFC 3339."""

    def __init__(self, path: Path | None, clock: Callable[[], str]) -> None:
        self._path, self._clock = path, clock

    def write(self, event: str, **fields: object) -> None:
        """One line: when, who, what. Raises OSError: an action that cannot be written down is not done."""
        if self._path is None:
            return
        line = json.dumps({"time": self._clock(), "event": event, "user": _user(), "pid": os.getpid(), **masked_within(fields)})
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(line + "\n")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
