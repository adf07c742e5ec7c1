"""Who listens at a Unix socket."""

import socket
import struct
from dataclasses import dataclass
from pathlib import Path

from plegma.clients.errors import NoAnswerError, UnreachableError

_UCRED = struct.Struct("3i")


@dataclass(frozen=True, slots=True)
class Listener:
    """The process that called listen(2) on the socket, as the kernel tells (SO_PEERCRED, unix(7)); 0 in another PID namespace."""

    path: Path
    pid: int


def listener_at(path: Path, seconds: float = 2.0) -> Listener:
    """Connects and hangs up. A stopped process still counts as listening: the kernel takes the connection for it.

    Raises UnreachableError with Go's wording of the system's error, NoAnswerError when the backlog is full.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
        wire.settimeout(seconds)
        try:
            wire.connect(str(path))
            pid = _UCRED.unpack(wire.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size))[0]
        except (TimeoutError, BlockingIOError) as error:
            raise NoAnswerError("connect", f"unix://{path}", "the backlog of connections is full", seconds) from error
        except OSError as error:
            said = f"dial unix {path}: connect: {(error.strerror or str(error)).lower()}"
            raise UnreachableError("connect", f"unix://{path}", said) from error
    return Listener(path, pid)
