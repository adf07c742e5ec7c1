"""Starts the server: its folder, its socket, its end."""

import fcntl
import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from secrets import token_urlsafe
from types import FrameType

import uvicorn

from plegma.web.guards import Guard
from plegma.web.routes import application
from plegma.web.runs import STOPPED, Runs
from plegma.web.settings import Settings
from plegma.web.sites import Site
from plegma.web.stores import Store

_TOKEN_BYTES = 32
_GRACE = 3


class DataInUseError(Exception):
    """Another server works with the same data folder."""


def new_token() -> str:
    """A token of 256 random bits."""
    return token_urlsafe(_TOKEN_BYTES)


def is_loopback(host: str) -> bool:
    """Can only this machine reach that address? False for names other than localhost: they may lead anywhere."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def bound(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()  # before the address is told: who comes early waits instead of being refused
    except OSError:
        listening.close()
        raise
    return listening


def address_of(listening: socket.socket, token: str) -> str:
    """Where a browser finds it: with the token, if one is asked for."""
    host, port = listening.getsockname()[:2]
    shown = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/" + (f"?token={token}" if token else "")


def serve(settings: Settings, listening: socket.socket, ready: Callable[[str], None]) -> None:
    """Serves until it is told to end (SIGINT, SIGTERM); `ready` is told the address.

    Raises DataInUseError, OSError and sqlite3.Error when the data folder cannot be used.
    """
    with _prepared(settings.data) as incoming:
        store = Store(settings.data / "cases.sqlite")
        store.prepare()
        store.give_up(STOPPED)
        guard = Guard(settings.token, settings.names | {socket.gethostname().lower()}, listening.getsockname()[1])
        site = Site(settings, store, Runs(settings, store, incoming), guard)
        config = uvicorn.Config(
            application(site), access_log=False, log_level="warning", server_header=False, proxy_headers=False,
            timeout_graceful_shutdown=_GRACE, limit_concurrency=200, ws="none",
        )  # fmt: skip
        ready(address_of(listening, settings.token))
        _Server(config, site.runs).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Ends on SIGINT and SIGTERM as on a wish, not as on an accident: uvicorn itself would raise them anew afterwards."""

    def __init__(self, config: uvicorn.Config, runs: Runs) -> None:
        super().__init__(config)
        self._runs = runs

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Puts our handlers in place while it runs."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ends those who watch a case first: the server waits for them before anything else."""
        self._runs.closing = True
        super().handle_exit(sig, frame)


@contextmanager
def _prepared(data: Path) -> Iterator[Path]:
    """The data folder, made, held by this process alone, with an empty place for what comes in."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        raise DataInUseError(str(data)) from None
    incoming = data / "incoming"
    try:
        shutil.rmtree(incoming, ignore_errors=True)  # evidence that an earlier server could not delete
        incoming.mkdir(mode=0o700)
        yield incoming
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
        os.close(held)
