"""`ls -l`: the files, and how many a directory holds."""

import re

from msgspec import Struct, field

from plegma.evidence.parse.blocks import Block, Context, Document, next_filled
from plegma.evidence.parse.numbers import whole_number
from plegma.model.observations import State

_HEAD = re.compile(r"\s*(?P<path>\.{0,2}/[^\s:]*|~[^\s:]*):$")
_TOTAL = re.compile(r"\s*(?:total|合計|总用量|insgesamt|итого|totale?) (?:used in directory )?\d+(?:[.,]\d+)?[KMGT]?$")
_ROW = re.compile(
    r"\s*(?:\d+\s+)?[-dlcbsp][-rwxsStT]{9}[.+@]?\s+\d+\s+\S+\s+\S+\s+(?P<size>\d+(?:[.,]\d+)?[KMGT]?|\d+, +\d+)\s+"
    r"(?P<modified>(?:\S{3,9}\.?\s+\d{1,2}|\d{1,2}\s+\S{3,9})\s+(?:\d\d:\d\d|\d{4})|\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d\.\d+ [+-]\d{4})?)"
    r"\s+(?P<name>.+)$"
)
_MOST_FILES = 400
_EVIDENCE = (
    ("/etc/cni", "cni-config"), ("/opt/cni", "cni-config"), ("/var/lib/cni/networks", "cni-ipam-state"),
    ("/var/lib/dockershim", "dockershim-checkpoints"),
)  # fmt: skip


class _Folder(Struct):
    """A directory while it is read: the index of the line that shows it, its path, its entries."""

    index: int
    path: str
    entries: int = 0
    whole: bool = False
    files: list[State] = field(default_factory=list)


def listings(document: Document, index: int, context: Context) -> Block | None:
    """A long listing that starts here with a directory's name, its total, or a file."""
    if not _begins(document, index):
        return None
    folders = [_Folder(index, _asked(context))]
    end = at = index
    while at < len(document.lines):
        line = document.lines[at]
        if line and not _line(document, folders, at):
            break
        at += 1
        end = at if line else end
        if not line and not _goes_on(document, at):
            break
    states = tuple(state for folder in folders for state in _states(document, folder))
    evidence = tuple(sorted({kind for folder in folders for kind in folder_evidence(folder.path)}))
    return Block("ls", end, states, evidence=evidence)


def folder_evidence(path: str) -> tuple[str, ...]:
    """The kind of evidence that a listing of this directory is."""
    return tuple(kind for start, kind in _EVIDENCE if path.startswith(start))


def _begins(document: Document, index: int) -> bool:
    line = document.lines[index]
    if _ROW.match(line) or _TOTAL.match(line):
        return True
    ahead = next_filled(document, index + 1)
    return bool(_HEAD.match(line)) and ahead >= 0 and bool(_TOTAL.match(document.lines[ahead]) or _ROW.match(document.lines[ahead]))


def _goes_on(document: Document, at: int) -> bool:
    ahead = next_filled(document, at)
    return ahead >= 0 and _begins(document, ahead)


def _line(document: Document, folders: list[_Folder], at: int) -> bool:
    line = document.lines[at]
    if match := _HEAD.match(line):
        folders.append(_Folder(at, match["path"].rstrip("/") or "/"))
    elif _TOTAL.match(line):
        folders[-1].whole = True
    elif match := _ROW.match(line):
        _file(document, folders[-1], at, match)
    else:
        return False
    return True


def _file(document: Document, folder: _Folder, at: int, match: re.Match[str]) -> None:
    name = match["name"].partition(" -> ")[0]
    if name in (".", ".."):
        return
    folder.entries += 1
    path = name if name.startswith("/") or not folder.path else f"{folder.path.rstrip('/')}/{name}"
    size = match["size"]
    attrs = {"path": path, "size": size if (count := whole_number(size)) is None else count, "modified": match["modified"]}
    if len(folder.files) < _MOST_FILES:
        folder.files.append(document.state(at, "File", attrs, {}))


def _states(document: Document, folder: _Folder) -> list[State]:
    if not folder.path or not folder.whole:
        return folder.files
    return [document.state(folder.index, "File", {"path": folder.path, "entries": folder.entries}, {}), *folder.files]


def _asked(context: Context) -> str:
    """The one directory that an `ls` command names."""
    words = [word for word in context.command.words if word.startswith(("/", "~", "."))] if context.command.program in ("ls", "ll") else []
    return (words[0].rstrip("/") or "/") if len(words) == 1 and "*" not in words[0] else ""
