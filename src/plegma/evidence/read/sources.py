"""Paths to artifacts: files, folders, standard input, and what is packed inside them."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from plegma.evidence.read.artifacts import Artifact, CutShortError
from plegma.evidence.read.budgets import Budget
from plegma.evidence.read.layouts import is_wanted
from plegma.evidence.read.limits import Limits
from plegma.evidence.read.openers import artifacts_in
from plegma.evidence.read.remotes import RemoteError, is_remote, opened
from plegma.evidence.read.skips import Skips
from plegma.evidence.read.streams import guarded
from plegma.evidence.unreadable import Unreadable
from plegma.model.texts import Text

Progress = Callable[[str, int], None]
"""Told the name of each artifact and the bytes read before it."""


def read(
    paths: list[str], limits: Limits, progress: Progress | None = None, stdin: BinaryIO | None = None
) -> Iterator[Artifact | Unreadable]:
    """Everything that is at the paths ("-" is standard input), folders in order of name, archives as streams.

    An artifact must be used before the next is asked for. `stdin` is read in place of standard input.
    """
    budget = Budget(limits)
    for path in paths:
        for found in _at(path, budget, stdin):
            if progress is not None and isinstance(found, Artifact):
                progress(found.name, budget.total)
            yield found
            if budget.spent():
                return


def _at(path: str, budget: Budget, stdin: BinaryIO | None) -> Iterator[Artifact | Unreadable]:
    if path == "-":
        yield from _stream("stdin", stdin if stdin is not None else sys.stdin.buffer, -1, budget)
    elif is_remote(path):
        yield from _remote(path, budget)
    elif Path(path).is_dir():
        yield from _folder(path, budget)
    else:
        yield from _file(path, budget)


def _remote(address: str, budget: Budget) -> Iterator[Artifact | Unreadable]:
    try:
        with opened(address) as (stream, size):
            yield from _stream(address, stream, size, budget)
    except RemoteError as error:
        yield Unreadable(address, error.why)


def _folder(top: str, budget: Budget) -> Iterator[Artifact | Unreadable]:
    """All regular files below; links are named but not followed, unless they lead to what is read anyway."""
    root, skips = Path(top).resolve(), Skips(top)
    unlisted: list[OSError] = []
    for folder, below, files in os.walk(top, onerror=unlisted.append):
        below.sort()
        for name in sorted(files):
            path = Path(folder, name)
            if not is_wanted(str(root.name / path.relative_to(top))):
                continue
            if _is_regular(path):
                yield from _file(str(path), budget)
            elif not _leads_inside(path, root):
                skips.add(name)
    yield from skips.notice()
    yield from (Unreadable(str(error.filename), _refused(error)) for error in unlisted)


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _leads_inside(path: Path, root: Path) -> bool:
    try:
        return path.is_symlink() and path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _file(path: str, budget: Budget) -> Iterator[Artifact | Unreadable]:
    try:
        with Path(path).open("rb", buffering=0) as stream:
            info = os.fstat(stream.fileno())
            size = info.st_size if stat.S_ISREG(info.st_mode) else -1
            yield from _stream(path, cast(BinaryIO, stream), size, budget, path if size >= 0 else "")
    except OSError as error:
        yield Unreadable(path, _refused(error))


def _stream(name: str, stream: BinaryIO, size: int, budget: Budget, path: str = "") -> Iterator[Artifact | Unreadable]:
    try:
        budget.enter()
        yield from artifacts_in(name, guarded(stream, budget.member()), size, budget, 0, path)
    except CutShortError as error:
        yield Unreadable(name, error.why)


def _refused(error: OSError) -> Text:
    reason = error.strerror or type(error).__name__
    return Text(f"it could not be opened: {reason}", f"開けませんでした: {reason}")
