"""Log records as pretty-printed JSON: `journalctl -o json-pretty`, exports of log stores, one object or an array of them."""

import json
from collections.abc import Iterator

from plegma.evidence.parse.blocks import Block, Context, Document
from plegma.evidence.parse.carriers_json import carried_by
from plegma.evidence.parse.log_bodies import body_of
from plegma.evidence.parse.log_lines import LogLine, log_event
from plegma.evidence.parse.log_owners import default_component
from plegma.evidence.parse.logs import evidence_of
from plegma.evidence.parse.object_blocks import extent
from plegma.model.observations import Event

_KEYS = ('"MESSAGE"', '"textPayload"', '"jsonPayload"', '"_source"', '"@timestamp"', '"message"', '"log"')
_FAR = 40
"""A record says what it is within so many lines."""


def json_records(document: Document, index: int, context: Context) -> Block | None:
    """Records that start here, each on many lines."""
    if document.lines[index].lstrip()[:1] not in ("{", "[") or not _may_be(document, index):
        return None
    end = extent(document, index)
    events = tuple(_events(document, index, end, default_component(context)))
    if not events:
        return None
    components = tuple(sorted({event.component for event in events if event.component}))
    return Block("log", end, events, components=components, evidence=evidence_of(components))


def _may_be(document: Document, index: int) -> bool:
    head = document.lines[index : index + _FAR]
    return any(key in line for line in head for key in _KEYS)


def _events(document: Document, start: int, end: int, default: str) -> Iterator[Event]:
    at = start
    for record in _records("\n".join(document.lines[start:end])):
        carried = carried_by(record)
        if carried is not None and carried.at is not None:
            line = LogLine(carried, body_of(carried.body))
            at = _shown(document, carried.body, at, end)
            yield log_event(line, line.body.message, document.origin(at), document.shown[at], default, {})


def _records(text: str) -> Iterator[dict[str, object]]:
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    yield from (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict))


def _shown(document: Document, body: str, after: int, end: int) -> int:
    """The line at or after `after` that holds the beginning of the message."""
    words = json.dumps(body, ensure_ascii=False)[1:30]
    return next((at for at in range(after, end) if words in document.lines[at]), after)
