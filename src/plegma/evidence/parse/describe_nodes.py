"""`kubectl describe node`: the node, its conditions, its lease, its events."""

import re
from collections.abc import Iterator

from plegma.evidence.parse.blocks import Context, Document
from plegma.evidence.parse.describe import Field, Happened, Item, Row
from plegma.evidence.parse.event_rows import event_of, node_of_source
from plegma.evidence.parse.parsed import ClockHints
from plegma.evidence.parse.stamps import absolute
from plegma.model.observations import Observation, Stamp

NODE_KEYS = frozenset(("Taints", "Unschedulable", "Lease", "System Info", "Non-terminated Pods", "Allocatable", "Kubelet Version"))
_NOW = Stamp(age=0.0)
_TIME = r"(?:\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|[A-Z]{3,4})|<unknown>|0001-01-01T00:00:00Z|\d{4}-\S+Z)"
_CONDITION = re.compile(
    rf"\s*(?P<type>\w+)\s+(?P<status>True|False|Unknown)\s+(?:(?P<beat>{_TIME})\s+(?P<since>{_TIME})\s+)?(?P<reason>\w+)(?:\s+(?P<message>.*))?$"
)
_NODE_ATTRS = {
    "Kernel Version": "kernel", "OS Image": "os", "Container Runtime Version": "runtime", "Kubelet Version": "version", "PodCIDR": "pod_cidr",
}  # fmt: skip

Value = str | int | float | bool


def node_observations(document: Document, items: tuple[Item, ...], refs: dict[str, str]) -> Iterator[Observation]:
    """The observations of one described node; `refs` are what the command says of it."""
    refs, attrs, lease = refs | _named_by_events(items), dict[str, Value](), dict[str, Value]()
    first = -1
    for item in items:
        match item:
            case Happened():
                yield event_of(document, item.index, item.row, refs)
            case Row(section="Conditions"):
                yield from _condition(document, item, refs)
            case Field():
                _node_field(item, refs, attrs, lease)
                first = item.index if first < 0 else first
            case _:
                pass
    yield from _closing(document, first, refs, attrs, lease)


def _named_by_events(items: tuple[Item, ...]) -> dict[str, str]:
    """The node as its own kubelet's events name it: what was typed may be a stand-in, or short for it."""
    names = (node_of_source(item.row.source) for item in items if isinstance(item, Happened))
    name = next((name for name in names if name), "")
    return {"node": name} if name else {}


def _closing(
    document: Document, first: int, refs: dict[str, str], attrs: dict[str, Value], lease: dict[str, Value]
) -> Iterator[Observation]:
    if attrs:
        yield document.state(first, "Node", attrs, refs, _NOW)
    if lease:
        yield document.state(first, "Lease", lease, refs, _NOW)


def _node_field(item: Field, refs: dict[str, str], attrs: dict[str, Value], lease: dict[str, Value]) -> None:
    if item.key == "Name" and item.indent == 0:
        refs["node"] = item.value
    elif item.key == "Unschedulable":
        attrs["unschedulable"] = item.value == "true"
    elif item.key == "Taints" and item.value not in ("", "<none>"):
        attrs["taints"] = item.value
    elif item.key in _NODE_ATTRS and item.value:
        attrs[_NODE_ATTRS[item.key]] = item.value
    elif item.key == "HolderIdentity":
        lease["holder"] = item.value
    elif item.key == "RenewTime" and absolute(item.value):
        lease["renewed"] = item.value


def _condition(document: Document, item: Row, refs: dict[str, str]) -> Iterator[Observation]:
    match = _CONDITION.match(item.line)
    if match is None:
        return
    attrs: dict[str, Value] = {key: match[key] for key in ("type", "status", "reason", "message") if match[key]}
    yield document.state(item.index, "Condition", attrs, refs, _NOW)
    since = absolute(match["since"] or "")
    yield document.event(item.index, "status", match["message"] or "", at=since, reason=match["reason"], refs=dict(refs))


def node_hints(items: tuple[Item, ...]) -> ClockHints:
    """The latest heartbeat as the moment at which the output was taken."""
    beats = [absolute(match["beat"] or "") for item in items if isinstance(item, Row) and (match := _CONDITION.match(item.line))]
    known = [beat for beat in beats if beat is not None and beat.wall is not None and beat.wall.year > 1]
    if not known:
        return ClockHints()
    latest = max(known, key=lambda stamp: (stamp.wall, stamp.offset or 0))
    return ClockHints(zone=latest.offset, taken=latest)


def described_node_refs(context: Context) -> dict[str, str]:
    """What the command says about the described node."""
    name = context.command.object_name("node", "nodes", "no")
    return {"node": name} if name else {}
