"""`ps` in its many forms: one State for each command with the number of its processes."""

import re
from collections.abc import Iterator

from msgspec import Struct

from plegma.evidence.parse.blocks import NOW, Document, Value
from plegma.evidence.parse.commands import Command
from plegma.evidence.parse.flags import flag_states
from plegma.evidence.parse.numbers import count_or
from plegma.evidence.parse.table_rows import Row
from plegma.evidence.parse.tables import Cell, Header, cells_of
from plegma.model.observations import Stamp, State

_ELAPSED = re.compile(r"(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+)$")
_FLAGGED = re.compile(r"(?:^|/)(?:kubelet|dockerd|containerd|crio|hyperkube)\s")
_NOT_ONES_OWN = re.compile(r"\b(?:grep|ps)\s")


class _Group(Struct):
    """Processes of one command in one state: the row of the oldest stands for them."""

    row: Row
    command: str
    state: str
    pid: int
    age: float | None
    count: int = 0


def bare_header(line: str, command: Command) -> Header | None:
    """The columns of a row of `ps` that lost its header: by the command's -o list, or by the row's own shape."""
    if names := _asked_columns(command):
        row = len(line.split()) >= len(names) and line.split()[0].isdigit() and command.pipes[:1] != (("wc", "-l"),)
        return _columns(line, names) if row else None
    return next((_columns(line, names) for shape, names in _SHAPES if shape.match(line)), None)


def _asked_columns(command: Command) -> list[str]:
    if command.program != "ps":
        return []
    listed = command.flag("-eo", "-o", "-axo", "-Ao", "axo", "--format")
    return [_TITLES.get(name, name.upper()) for part in listed.split(",") if (name := part.partition(":")[0].partition("=")[0].strip())]


def _columns(line: str, names: list[str]) -> Header:
    cells = cells_of(line, loose=True)
    return Header(tuple(Cell(name, cell.start) for name, cell in zip(names, cells, strict=False)), loose=True)


_TITLES = {"args": "COMMAND", "cmd": "COMMAND", "command": "COMMAND", "comm": "COMMAND", "etime": "ELAPSED", "stat": "STAT", "state": "S"}
_SHAPES: tuple[tuple[re.Pattern[str], list[str]], ...] = (
    (
        re.compile(r"\s*[a-z][\w+-]*\s+\d+\s+\d+\.\d\s+\d+\.\d\s+\d+\s+\d+\s+\S+\s+[DIRSTtWXZ][<NLsl+]*\s+\S+\s+\d+:\d\d\s+\S"),
        ["USER", "PID", "%CPU", "%MEM", "VSZ", "RSS", "TTY", "STAT", "START", "TIME", "COMMAND"],
    ),
    (
        re.compile(r"\s*[a-z][\w+-]*\s+\d+\s+\d+\s+\d+\s+(?:\d\d:\d\d|\w{3}\d\d|\d{4})\s+\S+\s+(?:\d+-)?\d\d:\d\d:\d\d\s+\S"),
        ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "COMMAND"],
    ),
)
"""Rows of `ps aux` and of `ps -ef`."""


def process_states(document: Document, rows: list[Row]) -> Iterator[State]:
    """The processes by command and state (the first letter of ps's STAT: R, S, D, Z, T, I)."""
    groups: dict[tuple[str, str], _Group] = {}
    for row in rows:
        found = _process(row)
        if found is None or _NOT_ONES_OWN.match(found.command):
            continue
        group = groups.setdefault((_program(found.command), found.state[:1]), found)
        if (found.age or 0.0) > (group.age or 0.0):
            group.row, group.command, group.pid, group.age = found.row, found.command, found.pid, found.age
        group.count += 1
    for group in groups.values():
        yield _state(document, group)
        if _FLAGGED.search(group.command):
            yield from flag_states(document, group.row.index, group.command)


def _state(document: Document, group: _Group) -> State:
    attrs: dict[str, Value] = {"command": group.command, "state": group.state, "count": group.count, "pid": group.pid}
    at = Stamp(age=group.age, grain=1.0) if group.age is not None else NOW
    return document.state(group.row.index, "Process", {key: value for key, value in attrs.items() if value not in ("", -1)}, {}, at)


def _program(command: str) -> str:
    """The executable's path, or the whole name of a kernel thread; arguments tell one process from another, not what it is.

    All zombies are one; runc's init is another thing than runc.
    """
    if "<defunct>" in command:
        return "<defunct>"
    if command.startswith("["):
        return command.partition("/")[0].partition(":")[0]
    return command.split(" ", 1)[0] + (" init" if command.endswith(" init") else "")


def _process(row: Row) -> _Group | None:
    cells = row.cells
    command = next((cells[name] for name in ("COMMAND", "CMD", "ARGS") if name in cells), "")
    if not command:
        return None
    pid = cells.get("PID", "")
    state = next((cells[name] for name in ("STAT", "S", "STATE") if name in cells), "")
    return _Group(row, command.strip(), state, count_or(pid, -1), _elapsed(cells.get("ELAPSED", cells.get("ETIME", ""))))


def _elapsed(text: str) -> float | None:
    """ps's etime, [[dd-]hh:]mm:ss, in seconds."""
    match = _ELAPSED.match(text)
    if match is None:
        return None
    days, hours, minutes, seconds = (count_or(part or "", 0) for part in match.groups())
    return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
