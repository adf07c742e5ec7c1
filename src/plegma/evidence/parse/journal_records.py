"""`journalctl -o export` and `-o verbose`: a record on many lines, one field on each."""

import re
from collections.abc import Iterator

from plegma.evidence.parse.blocks import Block, Context, Document
from plegma.evidence.parse.carriers_json import carried_by
from plegma.evidence.parse.log_bodies import body_of
from plegma.evidence.parse.log_lines import LogLine, log_event
from plegma.evidence.parse.logs import evidence_of
from plegma.model.observations import Event

_START = re.compile(r"__CURSOR=|\w{3} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ .*\[s=[0-9a-f]+;")
_FIELD = re.compile(r"\s*(?P<key>_{0,2}[A-Z][A-Z0-9_]*)=(?P<value>.*)$")


def journal_records(document: Document, index: int, _context: Context) -> Block | None:
    """Records of the journal that start here; a blank line or the next head ends one."""
    if not _START.match(document.lines[index]):
        return None
    events: list[Event] = []
    at = end = index
    while at < len(document.lines) and _START.match(document.lines[at]):
        end = _end(document, at)
        events += _events(document, at, end)
        at = end + 1 if end < len(document.lines) and not document.lines[end] else end
    components = tuple(sorted({event.component for event in events if event.component}))
    return Block("log", end, tuple(events), components=components, evidence=evidence_of(components))


def _end(document: Document, start: int) -> int:
    at = start + 1
    while at < len(document.lines) and (line := document.lines[at]) and not _START.match(line):
        at += 1
    return at


def _events(document: Document, start: int, end: int) -> Iterator[Event]:
    fields, shown = dict[str, object](), start
    for at in range(start, end):
        match = _FIELD.match(document.lines[at])
        if match is not None:
            fields[match["key"]] = match["value"]
            shown = at if match["key"] == "MESSAGE" else shown
    carried = carried_by(fields)
    if carried is not None:
        line = LogLine(carried, body_of(carried.body))
        yield log_event(line, line.body.message, document.origin(shown), document.shown[shown], "", {})
