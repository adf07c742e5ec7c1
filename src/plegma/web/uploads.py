"""What a browser sends, written to a folder that lives as long as the diagnosis."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

PASTED = "pasted.txt"
_LONGEST, _DEEPEST = 180, 12
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe_name(told: str) -> str:
    """A path below the folder that comes closest to what the browser said: names stay as they are but for what is no name.

    Layouts of bundles are told by their paths, so these are kept.
    """
    parts = (_UNWANTED.sub("_", part).strip() for part in told.replace("\\", "/").split("/"))
    kept = [_shortened(part) for part in parts if part not in {"", ".", ".."}]
    return "/".join(kept[-_DEEPEST:]) or "unnamed"


def _shortened(part: str) -> str:
    """A name that a file system takes; the end is kept, for it says what kind of file it is."""
    return part.encode("utf-8", "replace")[-_LONGEST:].decode("utf-8", "ignore")


def write(folder: Path, told: str, stream: BinaryIO) -> int:
    """Copies a stream into the folder, under the first free name like the one told; returns its size in bytes.

    Raises OSError.
    """
    path = folder / safe_name(told)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(_opened(path), "wb") as file:
        copyfileobj(stream, file)
        return file.tell()


def _opened(path: Path) -> int:
    number = 1
    while True:
        free = path if number == 1 else path.with_name(f"{number}-{path.name}")
        try:
            return os.open(free, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except FileExistsError:
            number += 1


def top_names(folder: Path) -> tuple[str, ...]:
    """What lies directly in the folder, in order: these are the paths to diagnose."""
    return tuple(sorted(entry.name for entry in os.scandir(folder)))


def title_of(names: Iterable[str], pasted: bool) -> str:
    """What a case is called in the list: its files' names, shortened."""
    told = [name for name in names if name != PASTED or not pasted]
    shown = ", ".join(told[:3]) + (f" (+{len(told) - 3})" if len(told) > 3 else "")
    return shown or PASTED
