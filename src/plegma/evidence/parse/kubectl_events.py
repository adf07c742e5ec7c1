"""`kubectl get events`, `kubectl events`, OpenShift's event page: any columns, with or without a header."""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from plegma.evidence.parse.blocks import Block, Context, Document, ends_output, next_filled
from plegma.evidence.parse.event_rows import EventRow, column_of, event_of, listed_row, row_of
from plegma.evidence.parse.joins import join_wrapped, shares_width
from plegma.evidence.parse.line_kinds import has_cjk, is_elision, is_narrative, opens_log
from plegma.evidence.parse.stamps import absolute, age
from plegma.evidence.parse.tables import Header, header_of
from plegma.model.observations import Event

_TITLES = re.compile(r"REASON|\bMESSAGE\b|\bMSG\b")
_REASON = re.compile(r"[A-Za-z]\w*(?: \w+)?$")
_NO_TIME = ("<nil>", "<none>", "<unknown>", "<invalid>")
_CONSOLE = re.compile(r"\s*\d{1,2}:\d\d:\d\d [AP]M\s{2,}(?P<type>Normal|Warning)\s{2,}(?P<reason>\S+(?: \S+)?)\s{2,}(?P<message>\S.*)$")
_TIMES = re.compile(r"\s*(?P<count>\d+) times in the last\b")

Rows = Callable[[str], EventRow | None]


class _Table(Struct, frozen=True):
    """An events table: how its rows are read."""

    document: Document
    row: Rows
    base: Mapping[str, str]


def kubectl_events(document: Document, index: int, context: Context) -> Block | None:
    """An events table that starts here with its header, or with a row of a known shape."""
    line = document.lines[index]
    if _CONSOLE.match(line):
        return _console(document, index)
    header = _header(line)
    if header is None and listed_row(line) is None:
        return None
    table = _Table(document, _reader(header), {"namespace": context.command.namespace})
    events, end = _rows(table, index + 1 if header else index)
    return Block("kubectl-events", max(end, index + 1), tuple(events), evidence=("events",))


def _reader(header: Header | None) -> Rows:
    def read(line: str) -> EventRow | None:
        if ends_output(line):
            return None
        row = listed_row(line)
        return row if row is not None or header is None else _by_header(line, header)

    return read


def _by_header(line: str, header: Header) -> EventRow | None:
    if line.count("  ") < min(2, len(header.columns) - 1) and "\t" not in line and not header.loose:
        return None
    row = row_of(header.row(line))
    if row is None or (row.reason and not _REASON.match(row.reason)):
        return None
    dated = row.seen in ("", *_NO_TIME) or age(row.seen.split(" ")[0]) is not None or absolute(row.seen) is not None
    return row if dated else None


def _header(line: str) -> Header | None:
    if not _TITLES.search(line):
        return None
    header = header_of(line)
    known = [name for name in header.names if column_of(name)]
    return header if len(known) >= 3 and len(known) * 2 > len(header.names) and "STATUS" not in header.names else None


def _rows(table: _Table, at: int) -> tuple[list[Event], int]:
    """The rows with the lines that the terminal or the message itself broke off, and the index after the last one."""
    lines, events, end = table.document.lines, list[Event](), at
    while 0 <= (at := _over_gap(table, at)) < len(lines):
        row = table.row(lines[at])
        if row is None and not is_elision(lines[at]):
            break
        end = at + 1
        if row is not None:
            end = _end_of_row(table, at + 1)
            message = join_wrapped(table.document, at, (row.message, *lines[at + 1 : end]))
            events.append(event_of(table.document, at, replace(row, message=message), table.base, end))
        at = end
    return events, end


def _over_gap(table: _Table, at: int) -> int:
    ahead = next_filled(table.document, at)
    return ahead if ahead in (-1, at) or listed_row(table.document.lines[ahead]) is not None else -1


def _end_of_row(table: _Table, at: int) -> int:
    lines = table.document.lines
    while at < len(lines) and (line := lines[at]) and not is_elision(line) and not ends_output(line) and not has_cjk(line):
        if (
            table.row(line) is not None
            or _header(line) is not None
            or opens_log(line)
            or (is_narrative(line) and not shares_width(table.document, at - 1))
        ):
            break
        at += 1
    return at


def _console(document: Document, index: int) -> Block:
    """The events page of OpenShift's console: a time of day, and below a row how often."""
    events: list[Event] = []
    at = index
    while at < len(document.lines) and (match := _CONSOLE.match(document.lines[at])):
        times = _TIMES.match(document.lines[at + 1]) if at + 1 < len(document.lines) else None
        row = EventRow(
            match["reason"].title().replace(" ", ""), match["message"].strip(), count=times["count"] if times else "", type=match["type"]
        )
        end = at + (2 if times else 1)
        events.append(event_of(document, at, row, {}, end))
        at = end
    return Block("console-events", at, tuple(events), evidence=("events",))
