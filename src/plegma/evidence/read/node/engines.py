"""What dockerd answers, as docker prints it; a call that hangs is told with how long it was waited for."""

import json
from collections.abc import Iterator
from typing import Any

from plegma.clients.docker_engine import DockerEngine
from plegma.clients.errors import CallError, MissingExtraError, NoAnswerError, RefusedError, UnreachableError
from plegma.clients.unix_sockets import listener_at
from plegma.evidence.read.node.places import Places
from plegma.evidence.read.node.sockets import cri_sockets, docker_sockets
from plegma.evidence.read.node.takings import Found, Taking, call_told, no_answer, tables, unreadable

_MOST_INSPECTED = 50


def told_engine(places: Places) -> Iterator[Found]:
    """The daemon behind Docker's socket. Without a socket nothing is told, unless one was asked for."""
    for path in docker_sockets(places):
        endpoint = f"unix://{path}"
        try:
            listener_at(path)
            engine = DockerEngine(endpoint, places.deadline)
        except MissingExtraError as error:
            name = "docker-engine" if cri_sockets(places) else "docker"  # beside a CRI runtime Docker is not the kubelet's
            yield unreadable(
                name, f"reading Docker's socket needs its SDK: {error}", f"Docker のソケットを読むには SDK が必要です: {error}"
            )
            return
        except UnreachableError as error:
            yield Taking("docker/ps.txt", call_told("docker ps -a", f"error during connect: {error.said}"))
            return
        except NoAnswerError as error:
            yield Taking("docker/ps.txt", no_answer("docker ps -a", error.seconds, f"connect to {endpoint}"))
            return
        yield from _told(engine)
        engine.close()


def _told(engine: DockerEngine) -> Iterator[Found]:
    """`docker info` is asked last: it takes locks that a list does not."""
    try:
        listed = engine.call("containers", all=True)
    except CallError as error:
        yield Taking("docker/ps.txt", _failure("docker ps -a", error))
        return
    yield Taking("docker/ps.txt", _table(listed), "docker ps -a --no-trunc")
    inspected: list[Any] = []
    for row in sorted(listed, key=lambda row: (row.get("State") == "running", -int(row.get("Created", 0))))[:_MOST_INSPECTED]:
        try:
            inspected.append(_without_values(engine.call("inspect_container", row["Id"])))
        except CallError as error:
            yield Taking(f"docker/inspect-{row['Id'][:12]}.txt", _failure(f"docker inspect {row['Id'][:12]}", error))
            if not isinstance(error, RefusedError):
                break
    if inspected:
        yield Taking("docker/inspect.json", json.dumps(inspected, indent=1))
    try:
        yield Taking("docker/info.json", json.dumps(engine.call("info"), indent=1))
    except CallError as error:
        yield Taking("docker/info.txt", _failure("docker info", error))


def _without_values(container: dict[str, Any]) -> dict[str, Any]:
    """The container without the values of its environment variables: they may be secrets, and no diagnosis needs them."""
    config = container.get("Config") or {}
    names = [f"{variable.partition('=')[0]}=***(environment)" for variable in config.get("Env") or ()]
    return {**container, "Config": {**config, "Env": names}}


def _table(listed: list[dict[str, Any]]) -> str:
    """As docker prints it (cli/command/formatter/container.go)."""
    rows: list[tuple[str, ...]] = [("CONTAINER ID", "IMAGE", "COMMAND", "STATUS", "NAMES")]
    for row in listed:
        names = ",".join(name.removeprefix("/") for name in row.get("Names") or ())
        rows.append((row["Id"], row.get("Image", ""), f'"{row.get("Command", "")}"', row.get("Status", ""), names))
    return tables(rows)


def _failure(command: str, error: CallError) -> str:
    if isinstance(error, NoAnswerError):
        return no_answer(command, error.seconds, f"{error.call} on {error.endpoint}")
    if isinstance(error, UnreachableError):
        return call_told(command, f"error during connect: {error.said}")
    return call_told(command, f"Error response from daemon: {error.said}")
