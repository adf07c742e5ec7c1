"""A real server in a process of its own, and real HTTP."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from visits import CRASHING, Served, diagnosed, started


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """Starts servers that end with the session; each has a data folder of its own."""
    running: list[Served] = []

    def start(*arguments: str) -> Served:
        running.append(started(tmp_path_factory.mktemp("served") / "data", *arguments))
        return running[-1]

    yield start
    for served in running:
        if served.process.poll() is None:
            served.end()


@pytest.fixture(scope="session")
def server(serve: Callable[..., Served]) -> Served:
    """A server on loopback that asks for no token."""
    return serve()


@pytest.fixture(scope="session")
def mine(server: Served) -> httpx.Client:
    """A browser that has made a case."""
    return server.client()


@pytest.fixture(scope="session")
def made(mine: httpx.Client) -> str:
    """The path of a case that `mine` made and that is diagnosed."""
    return diagnosed(mine, text=CRASHING)


@pytest.fixture(scope="session")
def guarded(serve: Callable[..., Served]) -> Served:
    """A server that asks for a token, with small bounds."""
    return serve("--token", "--max-upload", "64K", "--max-files", "5")
