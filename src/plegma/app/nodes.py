"""`--this-node`: what is read on the node that plegma runs on."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plegma.evidence.read.artifacts import Artifact
    from plegma.evidence.read.node.places import Places
    from plegma.evidence.unreadable import Unreadable

_LOGGERS = ("kubelet", "containerd", "dockerd", "crio")


class NoSuchLogError(ValueError):
    """The text names no log file."""


@dataclass(frozen=True, slots=True)
class ThisNode:
    """What was asked for; None leaves the usual place. `since`, `deadline` (of one call) and `timeout` (of all) are in seconds."""

    root: Path = Path("/")
    cri: str | None = None
    docker: str | None = None
    node: str = ""
    since: float = 7200.0
    logs: tuple[str, ...] = ()
    deadline: float = 5.0
    timeout: float = 60.0
    cni_conf: str | None = None
    cni_networks: str = "/var/lib/cni/networks"
    kernel_log: Path = Path("/dev/kmsg")


def read_this_node(asked: ThisNode) -> "Sequence[Artifact | Unreadable]":
    """Everything that the node shows. Raises NoSuchLogError."""
    from plegma.evidence.read.node.nodes import read_node

    return read_node(places_of(asked))


def places_of(asked: ThisNode) -> "Places":
    """The places that were asked for, on this clock. Raises NoSuchLogError."""
    from plegma.evidence.read.node.places import Places

    return Places(
        node=asked.node or os.environ.get("NODE_NAME") or os.uname().nodename,
        since=datetime.now(UTC) - timedelta(seconds=asked.since),
        root=asked.root, cri=asked.cri, docker=asked.docker, logs=tuple(map(_log, asked.logs)),
        cni_conf=asked.cni_conf, cni_networks=asked.cni_networks,
        kernel_log=asked.kernel_log, deadline=asked.deadline, longest=asked.timeout,
    )  # fmt: skip


def _log(text: str) -> tuple[str, Path]:
    program, _, path = text.partition("=")
    if program not in _LOGGERS or not path:
        raise NoSuchLogError(f"{text!r}: write PROGRAM=FILE with one of {', '.join(_LOGGERS)}")
    return program, Path(path)
