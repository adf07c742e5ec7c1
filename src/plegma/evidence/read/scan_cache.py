"""The compiled scanner, kept in the user's cache folder: compiling takes seconds, loading a millisecond."""

import os
from collections.abc import Iterable
from pathlib import Path

from plegma.evidence.scan import Scanner, key


def scanner(patterns: Iterable[str]) -> Scanner:
    """A scanner for the patterns; without a cache folder that can be written it is compiled each time."""
    patterns = tuple(patterns)
    path = cache_folder() / f"scan-{key(patterns)}.db"
    kept = _read(path)
    made = Scanner(patterns, kept)
    if not kept and (dump := made.dump()):
        _write(path, dump)
    return made


def cache_folder() -> Path:
    """Where plegma keeps what it can compute again (XDG base directory specification)."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(named) if named else Path(os.path.expanduser("~"), ".cache")) / "plegma"  # noqa: PTH111 - Path.expanduser raises without a home


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _write(path: Path, dump: bytes) -> None:
    """Whole or not at all; a cache that cannot be written is none."""
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.write_bytes(dump)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True) if path.parent.is_dir() else None
