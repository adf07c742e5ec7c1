"""Tables of a node's own tools: df, ps, free, lslocks, lsblk, findmnt, /proc/cgroups, systemctl list-units."""

import re
from collections.abc import Callable, Iterator

from plegma.evidence.parse.blocks import Block, Context, Document, Value
from plegma.evidence.parse.node_outputs import number
from plegma.evidence.parse.numbers import amount, count_or, whole_number
from plegma.evidence.parse.processes import bare_header, process_states
from plegma.evidence.parse.table_rows import Row, rows_under
from plegma.evidence.parse.tables import Cell, Header, cells_of
from plegma.model.observations import State

Reads = Callable[[Document, list[Row]], Iterator[State]]

_DF_COLUMNS = ("Filesystem", "Type", "Size", "Used", "Avail", "Use%", "Mounted")
_DF_ROW = re.compile(
    r"\s*(?:/dev/\S+|tmpfs|overlay|overlayfs|devtmpfs|shm)\s+(?:(?P<type>[a-z]\w+)\s+)?(?:\d+(?:\.\d+)?[KMGT]?\s+){3}\d+%\s+/\S*$"
)
_PERCENT = re.compile(r"(\d+)%$")


def node_tables(document: Document, index: int, context: Context) -> Block | None:
    """A table of one of these tools that starts here with its header."""
    line = document.lines[index]
    for slug, pattern, reads, evidence in _TABLES:
        if pattern.match(line):
            rows, end = rows_under(document, index + 1, _loose(line), _fits)
            if slug == "ps":
                return _process_block(document, rows, end)
            return Block(slug, end, tuple(reads(document, rows)), evidence=evidence)
    return _bare_filesystems(document, index) or _bare_processes(document, index, context)


def _bare_filesystems(document: Document, index: int) -> Block | None:
    """Rows of `df` that lost their header to a grep."""
    match = _DF_ROW.match(document.lines[index])
    if match is None:
        return None
    names = [name for name in _DF_COLUMNS if match["type"] or name != "Type"]
    cells = cells_of(document.lines[index], loose=True)
    header = Header(tuple(Cell(name, cell.start) for name, cell in zip(names, cells, strict=False)), loose=True)
    rows, end = rows_under(document, index, header, lambda line, _: _DF_ROW.match(line) is not None)
    return Block("df", end, tuple(_filesystems(document, rows)), evidence=("disk-usage",))


def _bare_processes(document: Document, index: int, context: Context) -> Block | None:
    """Rows of `ps` that lost their header to a grep."""
    header = bare_header(document.lines[index], context.command)
    if header is None:
        return None
    rows, end = rows_under(document, index, header, lambda line, _: bare_header(line, context.command) is not None)
    return _process_block(document, rows, end)


def _process_block(document: Document, rows: list[Row], end: int) -> Block:
    cni = any(mark in row.line for row in rows for mark in ("/opt/cni/bin", "/cni/bin/"))
    return Block("ps", end, tuple(process_states(document, rows)), evidence=("cni-processes", "processes") if cni else ("processes",))


def _loose(line: str) -> Header:
    line = line.replace("Mounted on", "Mounted").replace("Maj:Min", "MAJ:MIN")
    return Header(tuple(cells_of(line, loose=True)), loose=True)


def _fits(line: str, header: Header) -> bool:
    return len(line.split()) >= max(2, len(header.columns) // 2)


def _filesystems(document: Document, rows: list[Row]) -> Iterator[State]:
    for row in rows:
        cells = row.cells
        attrs: dict[str, Value] = {"mount": cells.get("Mounted", ""), "source": cells.get("Filesystem", ""), "type": cells.get("Type", "")}
        for column, attr in (("Use%", "use_percent"), ("Capacity", "use_percent"), ("IUse%", "inode_use_percent")):
            if match := _PERCENT.match(cells.get(column, "")):
                attrs[attr] = count_or(match[1], 100)
        attrs["available"] = next((cells[name] for name in ("Avail", "Available", "IFree") if name in cells), "")
        yield document.state(row.index, "Filesystem", {key: value for key, value in attrs.items() if value != ""}, {})


def _cgroups(document: Document, rows: list[Row]) -> Iterator[State]:
    for row in rows:
        words = row.line.split()
        if len(words) == 4 and (count := whole_number(words[2])) is not None:
            yield document.state(row.index, "Counter", {"name": f"cgroups {words[0]}", "value": count}, {})
            if words[3] == "0":
                yield document.state(row.index, "Counter", {"name": f"cgroups {words[0]} enabled", "value": 0}, {})


_WITH_AVAILABLE = 7
"""Words in the row of `free` since procps-ng 3.3.10: the last is what could be had without swapping."""


def _memory(document: Document, rows: list[Row]) -> Iterator[State]:
    for row in rows:
        words = row.line.split()
        for name, value in zip(("total", "used", "free"), words[1:4], strict=False):
            yield document.state(row.index, "Counter", {"name": f"{words[0].rstrip(':').lower()} {name}", "value": number(value)}, {})
        yield from _available(document, row, words)


def _available(document: Document, row: Row, words: list[str]) -> Iterator[State]:
    """How much could be had without swapping, as a share: the kernel's MemAvailable, which counts the page cache in."""
    if words[0] != "Mem:" or len(words) != _WITH_AVAILABLE or not document.lines[row.index - 1].endswith("available"):
        return
    total, available = amount(words[1]), amount(words[-1])
    if total and available is not None:
        share = round(100 * available / total)
        yield document.state(row.index, "Counter", {"name": "mem available percent", "value": share}, {})


def _unit_rows(document: Document, rows: list[Row]) -> Iterator[State]:
    for row in rows:
        words = row.line.replace("●", " ").replace("*", " ").split(None, 4)
        if len(words) >= 4 and "." in words[0]:
            attrs: dict[str, Value] = dict(zip(("name", "load", "active", "sub"), words, strict=False))
            yield document.state(row.index, "Unit", attrs, {})


def _locks(document: Document, rows: list[Row]) -> Iterator[State]:
    for row in rows:
        words = row.line.split()
        if len(words) >= 2 and (pid := whole_number(words[1])) is not None:
            yield document.state(row.index, "Process", {"command": words[0], "pid": pid}, {})


def _nothing(_document: Document, _rows: list[Row]) -> Iterator[State]:
    yield from ()


_TABLES: tuple[tuple[str, re.Pattern[str], Reads, tuple[str, ...]], ...] = (
    ("df", re.compile(r"\s*Filesystem\s+.*\bMounted on$"), _filesystems, ("disk-usage",)),
    ("ps", re.compile(r"\s*(?:(?:USER|UID|PID|F|S|STAT|PPID|LWP)\s+)+.*\b(?:COMMAND|CMD|ARGS)\b"), _nothing, ()),
    ("cgroups", re.compile(r"\s*#subsys_name\s+hierarchy\s+num_cgroups\s+enabled$"), _cgroups, ()),
    ("free", re.compile(r"\s*total\s+used\s+free\b"), _memory, ()),
    ("systemctl-units", re.compile(r"\s*UNIT\s+LOAD\s+ACTIVE\s+SUB\b"), _unit_rows, ()),
    ("lslocks", re.compile(r"\s*COMMAND\s+PID\s+TYPE\s+"), _locks, ("cni-processes",)),
    ("lsof", re.compile(r"\s*COMMAND\s+PID\s+(?:TID\s+)?(?:TASKCMD\s+)?USER\b"), _nothing, ()),
    ("lsblk", re.compile(r"\s*NAME\s+MAJ:MIN\s+RM\s+SIZE\b"), _nothing, ()),
    ("findmnt", re.compile(r"\s*TARGET\s+SOURCE\s+FSTYPE\b"), _nothing, ()),
    ("sockets", re.compile(r"\s*(?:Proto\s+Recv-Q|Netid\s+State|State\s+Recv-Q)\b"), _nothing, ()),
    ("routes", re.compile(r"\s*Destination\s+Gateway\s+Genmask\b"), _nothing, ()),
    ("swaps", re.compile(r"\s*Filename\s+Type\s+Size\s+Used\s+Priority$"), _nothing, ()),
    ("vmstat", re.compile(r"\s*(?:procs -+memory|r\s+b\s+swpd\b)"), _nothing, ()),
)  # fmt: skip
