"""What a server was told at its start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from plegma.evidence.read import Limits

MIB = 1024 * 1024


def _served_limits() -> Limits:
    """Smaller than for a command that a person started on files of their own."""
    return Limits(members=20_000, total=8 * 1024 * MIB, member=4 * 1024 * MIB)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server behaves. Sizes are in bytes, `timeout` is in seconds of one diagnosis.

    `token` is empty when none is asked for. `folder` is one whose entries are offered as cases, or None. `names` are the
    host names, beside addresses and localhost, that requests may call the server by. `memory` is the address space that
    one diagnosis may take. At most `uploads` are taken in at a time, each within `upload_time` seconds.
    """

    data: Path
    folder: Path | None = None
    token: str = ""
    names: frozenset[str] = frozenset()
    upload: int = 512 * MIB
    pasted: int = 32 * MIB
    files: int = 2_000
    timeout: float = 180.0
    workers: int = 1
    waiting: int = 20
    uploads: int = 4
    upload_time: float = 900.0
    memory: int = 6 * 1024 * MIB
    kept: int = 500
    limits: Limits = field(default_factory=_served_limits)


def settings_of(
    data: Path,
    folder: Path | None,
    token: str,
    names: frozenset[str],
    asked: Mapping[str, float | None],
    limits: Mapping[str, float],
) -> Settings:
    """The settings asked for; what is None or not named stays as it is by itself. `limits` has the names of `Limits`."""
    bounds: dict[str, Any] = dict(limits)
    rest: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    lower = frozenset(name.lower().rstrip(".") for name in names)
    return Settings(data, folder, token, lower, limits=replace(_served_limits(), **bounds), **rest)
