"""`kubectl get events` and `kubectl events`: any columns, with or without a header."""

import re
from dataclasses import replace

from plegma.evidence.parse.blocks import Block, Context, Document, has_cjk, is_elision, is_fence, next_filled
from plegma.evidence.parse.commands import prompt_command
from plegma.evidence.parse.event_rows import EventRow, column_of, event_of, listed_row, row_of
from plegma.evidence.parse.joins import join_wrapped
from plegma.evidence.parse.tables import Header, header_of
from plegma.model.observations import Event

_NEEDED = re.compile(r"REASON|MESSAGE", re.IGNORECASE)


def kubectl_events(document: Document, index: int, context: Context) -> Block | None:
    """An events table that starts here with its header, or with a row of a known shape."""
    header = _header(document.lines[index])
    if header is None and listed_row(document.lines[index]) is None:
        return None
    base = {"namespace": context.command.namespace}
    at = index + 1 if header else index
    events: list[Event] = []
    while 0 <= (at := _over_gap(document, at)) < len(document.lines):
        line = document.lines[at]
        if is_elision(line):
            at += 1
            continue
        row = _row(line, header)
        if row is None:
            break
        end = _end_of_row(document, at + 1, header)
        message = join_wrapped(document, at, (row.message, *document.lines[at + 1 : end]))
        events.append(event_of(document, at, replace(row, message=message), base))
        at = end
    return Block("kubectl-events", max(_end(events, document, index), index + 1), tuple(events), evidence=("events",))


def _end(events: list[Event], document: Document, index: int) -> int:
    if not events:
        return index + 1
    at = events[-1].origin.line
    while at < len(document.lines) and _is_rest(document.lines[at], None):
        at += 1
    return at


def _over_gap(document: Document, at: int) -> int:
    ahead = next_filled(document, at)
    if ahead < 0:
        return -1
    line = document.lines[ahead]
    return ahead if ahead == at or is_elision(line) or listed_row(line) is not None else -1


def _header(line: str) -> Header | None:
    if "REASON" not in line and not re.search(r"\bMESSAGE\b", line):
        return None
    header = header_of(line)
    known = [name for name in header.names if column_of(name)]
    return header if len(known) >= 3 and len(known) * 2 > len(header.names) and "STATUS" not in header.names else None


def _row(line: str, header: Header | None) -> EventRow | None:
    if prompt_command(line) is not None or is_fence(line):
        return None
    row = listed_row(line)
    if row is not None or header is None:
        return row
    return row_of(header.row(line)) if line.count("  ") >= 2 else None


def _end_of_row(document: Document, at: int, header: Header | None) -> int:
    while at < len(document.lines) and _is_rest(document.lines[at], header):
        at += 1
    return at


def _is_rest(line: str, header: Header | None) -> bool:
    if not line or is_elision(line) or is_fence(line) or has_cjk(line) or prompt_command(line) is not None:
        return False
    return _row(line, header) is None
