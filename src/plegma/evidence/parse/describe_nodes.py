"""`kubectl describe node`: the node, its conditions, its lease, its events."""

import re
from collections.abc import Iterator, Mapping, Sequence

from plegma.evidence.parse.blocks import Context, Document, Value
from plegma.evidence.parse.describe_items import Field, Happened, Item, Row
from plegma.evidence.parse.event_rows import event_of, node_of_source
from plegma.evidence.parse.parsed import ClockHints
from plegma.evidence.parse.stamps import absolute, iso_utc
from plegma.model.observations import Observation

NODE_KEYS = frozenset(("Taints", "Unschedulable", "Lease", "System Info", "Non-terminated Pods", "Allocatable", "Kubelet Version"))
"""Keys that only a described node has."""

_TIME = r"(?:\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|[A-Z]{3,4})|<unknown>|<unset>|0001-01-01T00:00:00Z|\d{4}-\S+Z)"
_CONDITION = re.compile(
    rf"\s*(?P<type>\w+)\s+(?P<status>True|False|Unknown)\s+(?:(?P<beat>{_TIME})\s+(?P<since>{_TIME})\s+)?"
    r"(?P<reason>\w+)(?:\s+(?P<message>.*))?$"
)
_ATTRS = {
    "Kernel Version": "kernel", "OS Image": "os", "Container Runtime Version": "runtime", "Kubelet Version": "version",
    "PodCIDR": "pod_cidr",
}  # fmt: skip
_LEASE = {"HolderIdentity": "holder", "RenewTime": "renewed"}
_STATUS = {"True": "Ready", "False": "NotReady", "Unknown": "NotReady"}
_ABSENT = ("", "<none>", "<unset>")


def described_node_refs(context: Context) -> dict[str, str]:
    """What the command says about the described node."""
    name = context.command.object_name("node", "nodes", "no")
    return {"node": name} if name else {}


def node_observations(document: Document, items: Sequence[Item], refs: Mapping[str, str]) -> Iterator[Observation]:
    """The observations of one described node; `refs` are what the command says of it."""
    fields = {item.key: item for item in reversed(items) if isinstance(item, Field)}
    refs = {**refs, **_named_by_events(items), **({"node": fields["Name"].value} if "Name" in fields else {})}
    yield from _row(document, items, fields, refs)
    lease: dict[str, Value] = {attr: iso_utc(fields[key].value) for key, attr in _LEASE.items() if _is_set(fields, key)}
    if lease:
        yield document.state(fields.get("RenewTime", fields.get("HolderIdentity", items[0])).index, "Lease", lease, refs)
    for item in items:
        match item:
            case Happened():
                yield event_of(document, item.index, item.row, refs, item.end)
            case Row(section="Conditions"):
                yield from _condition(document, item, refs)
            case _:
                pass


def _is_set(fields: Mapping[str, Field], key: str) -> bool:
    return key in fields and fields[key].value not in _ABSENT


def _named_by_events(items: Sequence[Item]) -> dict[str, str]:
    """The node as its own kubelet's events name it: what was typed may be a stand-in, or short for it."""
    names = (node_of_source(item.row.source) for item in items if isinstance(item, Happened))
    name = next((name for name in names if name), "")
    return {"node": name} if name else {}


def _row(document: Document, items: Sequence[Item], fields: Mapping[str, Field], refs: Mapping[str, str]) -> Iterator[Observation]:
    attrs: dict[str, Value] = {attr: fields[key].value for key, attr in _ATTRS.items() if key in fields and fields[key].value}
    if "Unschedulable" in fields:
        attrs["unschedulable"] = fields["Unschedulable"].value == "true"
    if "Taints" in fields and (taints := _taints(items, fields["Taints"])):
        attrs["taints"] = taints
    ready = next((match for _, match in _conditions(items) if match["type"] == "Ready"), None)
    if not attrs:
        return
    if ready is not None:
        attrs["ready"] = ready["status"]
        attrs["status"] = _STATUS[ready["status"]] + (",SchedulingDisabled" if attrs.get("unschedulable") else "")
    shown = fields.get("Name") or next(fields[key] for key in ("Taints", "Unschedulable", *_ATTRS) if key in fields)
    yield document.state(next((row.index for row, match in _conditions(items) if match is ready), shown.index), "Node", attrs, refs)


def _taints(items: Sequence[Item], head: Field) -> str:
    """All taints: each but the first stands on a line of its own below."""
    below = [item for item in items if isinstance(item, Row) and item.section == "Taints"]
    return ",".join(text for text in (head.value, *(row.line.strip() for row in below)) if text not in _ABSENT)


def _conditions(items: Sequence[Item]) -> Iterator[tuple[Row, re.Match[str]]]:
    for item in items:
        if isinstance(item, Row) and item.section == "Conditions" and (match := _CONDITION.match(item.line)):
            yield item, match


def _condition(document: Document, item: Row, refs: Mapping[str, str]) -> Iterator[Observation]:
    match = _CONDITION.match(item.line)
    if match is None:
        return
    attrs: dict[str, Value] = {key: match[key] for key in ("type", "status", "reason", "message") if match[key]}
    yield document.state(item.index, "Condition", attrs, refs)
    yield document.status(item.index, match["reason"], match["message"] or "", refs, absolute(match["since"] or ""))


def node_hints(items: Sequence[Item]) -> ClockHints:
    """The latest heartbeat or renewal of a lease as the moment at which the output was taken."""
    beats = [match["beat"] or "" for _, match in _conditions(items)]
    renewals = [item.value for item in items if isinstance(item, Field) and item.key == "RenewTime"]
    stamps = [stamp for text in (*beats, *renewals) if (stamp := absolute(text)) is not None]
    return latest([ClockHints(zone=stamp.offset, taken=stamp) for stamp in stamps if stamp.wall is not None and stamp.wall.year > 1])


def latest(hints: Sequence[ClockHints]) -> ClockHints:
    """Of several moments at which an output may have been taken, the latest: the others are of what stopped before."""
    known = [(hint.taken.wall, hint) for hint in hints if hint.taken is not None and hint.taken.wall is not None]
    return max(known, key=lambda pair: pair[0])[1] if known else ClockHints()
