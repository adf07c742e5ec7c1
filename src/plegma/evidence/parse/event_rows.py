"""Rows of Kubernetes events in the shapes that kubectl has printed them in since 1.1."""

import re
from collections.abc import Mapping

from msgspec import Struct

from plegma.evidence.parse.blocks import Document
from plegma.evidence.parse.joins import whole_text
from plegma.evidence.parse.numbers import count_or
from plegma.evidence.parse.references import refs_in
from plegma.evidence.parse.stamps import absolute, age
from plegma.model.observations import Event, Stamp

_UNKNOWN_AGE = r"<(?:invalid|unknown|nil|none)>"
_AGE = rf"(?:(?:\d+[ydhms])+|{_UNKNOWN_AGE})"
_SPAN = rf"{_AGE}(?: \(x\d+(?: over {_AGE})?\))?"
_SERIES = re.compile(rf"({_AGE})(?: \(x(\d+)(?: over ({_AGE}))?\))?$")
_TYPE = r"Normal|Warning|Error"

_MODERN = re.compile(
    rf"\s*(?P<type>{_TYPE})\s+(?P<reason>\S+(?: \w+)?)\s+(?P<seen>{_SPAN})\s+"
    r"(?P<source>[^\s,]+, ?\S+|\S+ \S+(?=\s{2,})|\S+)(?:\s+(?P<message>.*))?$"
)
_UNTYPED = re.compile(
    rf"\s*(?P<reason>[A-Z][a-z]+(?:[A-Z][a-z]+)+)\s+(?P<seen>{_AGE} \(x\d+(?: over {_AGE})?\))\s+"
    r"(?P<source>[^\s,]+, ?\S+|\S+)\s+(?P<message>\S.*)$"
)
_OLD = re.compile(
    rf"\s*(?P<first>{_AGE})\s+(?P<seen>{_AGE})\s+(?P<count>\d+)\s+(?P<source>\{{[^}}]*\}}|\S+, ?\S+|\S+)\s+"
    rf"(?:(?P<sub>spec\.\S+)\s+)?(?P<type>{_TYPE})\s+(?P<reason>\S+)\s+(?P<message>.*)$"
)
_OLDEST = re.compile(
    rf"\s*(?P<first>{_AGE})\s+(?P<seen>{_AGE})\s+(?P<count>\d+)\s+(?P<source>\{{[^}}]*\}})\s+"
    r"(?:(?P<sub>spec\.\S+|implicitly required container \S+)\s+)?(?P<reason>[A-Z]\w+)\s+(?P<message>.*)$"
)
_GET = re.compile(
    rf"\s*(?:(?P<namespace>[a-z0-9][-a-z0-9]*)\s+)?(?P<seen>{_SPAN})\s+(?P<type>{_TYPE})\s+(?P<reason>\S+)\s+"
    r"(?P<object>[a-zA-Z.]+/\S+)(?:\s+(?P<message>.*))?$"
)
_GET_OLD = re.compile(
    rf"\s*(?:(?P<namespace>[a-z0-9][-a-z0-9]*)\s+)?(?P<seen>{_AGE})\s+(?P<first>{_AGE})\s+(?P<count>\d+)\s+(?P<name>\S+)\s+"
    rf"(?P<kind>[A-Z]\w+)\s+(?:(?P<sub>spec\.\S+)\s+)?(?P<type>{_TYPE})\s+(?P<reason>\S+)\s+"
    r"(?P<source>[\w.-]+(?:, ?\S+)?|\{[^}]*\})\s+(?P<message>.*)$"
)
_NODE_STATUS = re.compile(r"Node (\S+) status is now")
_ON_NODE = re.compile(r"[{]?(?:kubelet|kube-proxy|node-problem-detector|kernel-monitor|docker-monitor|systemd-monitor)[, ]+([\w.-]+)[}]?$")
_CONTAINER = re.compile(r"spec\.(?:init|ephemeral)?[cC]ontainers\{([^}]+)\}")


class EventRow(Struct, frozen=True):
    """One row, its cells as text; absent ones are empty. `seen` may hold the series ("60m (x85 over 19d)")."""

    reason: str
    message: str
    seen: str = ""
    first: str = ""
    count: str = ""
    source: str = ""
    object: str = ""
    kind: str = ""
    sub: str = ""
    namespace: str = ""
    name: str = ""
    type: str = ""


def described_row(line: str) -> EventRow | None:
    """A row of the Events table of `kubectl describe`, new or old; None when the line is not one."""
    return _row(_MODERN.match(line) or _OLD.match(line) or _OLDEST.match(line) or _UNTYPED.match(line))


def listed_row(line: str) -> EventRow | None:
    """A row of `kubectl get events` that needs no header to be known; None when the line is not one."""
    return _row(_GET.match(line) or _GET_OLD.match(line))


def _row(match: re.Match[str] | None) -> EventRow | None:
    return None if match is None else EventRow(**{key: value.strip() if value else "" for key, value in match.groupdict().items()})


_COLUMNS = {
    "LAST SEEN": "seen", "LASTSEEN": "seen", "LAST": "seen", "LAST_SEEN": "seen", "TIME": "seen", "LASTTIMESTAMP": "seen", "AGE": "seen",
    "FIRST SEEN": "first", "FIRSTSEEN": "first", "FIRST": "first", "FIRST_SEEN": "first", "COUNT": "count", "NAME": "name",
    "KIND": "kind", "SUBOBJECT": "sub", "SUBOBJECTPATH": "sub", "TYPE": "type", "REASON": "reason", "SOURCE": "source",
    "FROM": "source", "COMPONENT": "source", "MESSAGE": "message", "MSG": "message", "OBJECT": "object", "NAMESPACE": "namespace",
    "INVOLVEDOBJECT": "object",
}  # fmt: skip


def column_of(title: str) -> str:
    """The EventRow field that a column title of an events table stands for; "" for unknown titles."""
    return _COLUMNS.get(title.upper().replace("-", " "), "")


def row_of(cells: Mapping[str, str]) -> EventRow | None:
    """A row from cells by column title; None when there is neither a reason nor a message."""
    values = {column_of(title): text for title, text in cells.items() if column_of(title)}
    if not values.get("reason") and not values.get("message"):
        return None
    return EventRow(**{"reason": "", "message": "", **values})


def event_of(document: Document, index: int, row: EventRow, base: Mapping[str, str], end: int = 0) -> Event:
    """The Event of a row whose lines reach up to `end`; `base` are refs that hold for the whole table (the described object)."""
    last, count, first = _series(row)
    refs, shown = _refs(row, base), whole_text(document, index, max(end, index + 1))
    return Event(
        "k8s-event", row.message, document.origin(index), shown, last,
        first=first, count=count, reason=row.reason, refs=refs, warning=row.type in {"Warning", "Error"},
    )  # fmt: skip


def _series(row: EventRow) -> tuple[Stamp | None, int, Stamp | None]:
    match = _SERIES.match(row.seen)
    if match is None:
        return absolute(row.seen), count_or(row.count, 1), absolute(row.first) or age(row.first)
    count = count_or(row.count, count_or(match[2] or "", 1))
    return age(match[1]), count, age(match[3] or "") or age(row.first)


def _refs(row: EventRow, base: Mapping[str, str]) -> dict[str, str]:
    refs = {key: value for key, value in base.items() if value}
    if row.namespace:
        refs["namespace"] = row.namespace
    refs.update(_object_refs(row))
    if container := _CONTAINER.search(row.sub or row.object):
        refs["container"] = container[1]
    if node := node_of_source(row.source) or _said_node(row.message):
        refs["node"] = node
    return refs_in(row.message, refs)


def _said_node(message: str) -> str:
    match = _NODE_STATUS.match(message)
    return match[1] if match else ""


def node_of_source(source: str) -> str:
    """The node in an event's source ("kubelet, node004", "{kubelet node004}"); "" when it names none."""
    match = _ON_NODE.match(source)
    return match[1] if match else ""


def _object_refs(row: EventRow) -> dict[str, str]:
    kind, slash, name = row.object.partition("/")
    if not slash:
        kind, name = row.kind, row.object or row.name
    kind, name = kind.lower(), name.split(".", 1)[0] if re.search(r"\.[0-9a-f]{16}$", name) else name
    if not name or not kind:
        return {}
    if kind in ("pod", "po", "pods"):
        return {"pod": name}
    if kind in ("node", "no", "nodes"):
        return {"node": name}
    if kind in ("persistentvolumeclaim", "pvc", "persistentvolume", "pv"):
        return {"volume": name}
    return {"workload": f"{kind.partition('.')[0]}/{name}"}
