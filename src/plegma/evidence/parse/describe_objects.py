"""`kubectl describe` of what keeps pods or serves them: counts, claims, endpoints, conditions, events."""

import re
from collections.abc import Iterator, Mapping, Sequence

from plegma.evidence.parse.blocks import Context, Document, Value
from plegma.evidence.parse.describe_items import Field, Happened, Item, Row
from plegma.evidence.parse.event_rows import event_of
from plegma.evidence.parse.numbers import count_or
from plegma.evidence.parse.objects_workload import BAD_WHEN_TRUE
from plegma.model.observations import Observation

KIND_KEYS: Mapping[str, frozenset[str]] = {
    "daemonset": frozenset(("Desired Number of Nodes Scheduled",)),
    "deployment": frozenset(("OldReplicaSets", "NewReplicaSet", "StrategyType", "RollingUpdateStrategy")),
    "job": frozenset(("Parallelism", "Completions", "Pods Statuses")),
    "persistentvolumeclaim": frozenset(("Used By", "Mounted By", "StorageClass")),
    "service": frozenset(("Endpoints", "TargetPort", "Session Affinity")),
    "replicaset": frozenset(("Replicas", "Pods Status")),
    "volumeattachment": frozenset(("Persistent Volume Name",)),
}
"""Keys that tell the kind of a described object; the first kind that has one wins."""

_PROPER = {
    "daemonset": "DaemonSet", "deployment": "Deployment", "job": "Job", "replicaset": "ReplicaSet", "statefulset": "StatefulSet",
    "persistentvolumeclaim": "PersistentVolumeClaim", "persistentvolume": "PersistentVolume",
    "replicationcontroller": "ReplicationController",
}  # fmt: skip
_COUNTS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("Replicas", re.compile(r"(\d+) desired \| (\d+) updated \| (\d+) total \| (\d+) available"),
     ("desired", "updated", "current", "available")),
    ("Replicas", re.compile(r"(\d+) current / (\d+) desired"), ("current", "desired")),
    ("Replicas", re.compile(r"(\d+) desired \| (\d+) total"), ("desired", "current")),
    ("Desired Number of Nodes Scheduled", re.compile(r"(\d+)"), ("desired",)),
    ("Current Number of Nodes Scheduled", re.compile(r"(\d+)"), ("current",)),
    ("Number of Nodes Scheduled with Available Pods", re.compile(r"(\d+)"), ("available",)),
    ("Number of Nodes Scheduled with Up-to-date Pods", re.compile(r"(\d+)"), ("updated",)),
    ("Completions", re.compile(r"(\d+)"), ("desired",)),
    ("Pods Statuses", re.compile(r".*?(\d+) Succeeded"), ("ready",)),
)  # fmt: skip
_VOLUME = {"Status": "phase", "Capacity": "capacity", "Access Modes": "access_modes", "StorageClass": "storage_class", "Claim": "claim"}
_SERVICE = {"Type": "type", "IP": "cluster_ip", "Endpoints": "endpoints", "Selector": "selector"}
_CONDITION = re.compile(
    r"\s*(?P<type>\w+)\s+(?P<status>True|False|Unknown)\s+"
    r"(?:(?:\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}\s+){2}(?:(?P<why>\w+)(?:\s{2,}|$))?(?P<said>.*)"
    r"|(?:\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}\s+)?(?P<reason>\w+)(?:\s+(?P<message>.*))?)$"
)
"""Type, Status, LastTransitionTime, Reason, Message; a claim's rows have LastProbeTime too, and may lack a reason (kubectl)."""


def object_observations(document: Document, kind: str, items: Sequence[Item], context: Context) -> Iterator[Observation]:
    """The observations of one described object that is neither a pod nor a node."""
    fields = {item.key: item for item in reversed(items) if isinstance(item, Field) and item.indent == 0}
    if kind == "volumeattachment":
        yield from _attachment(document, items)
        return
    refs, bad = _refs(kind, fields, context), list(_bad(items))
    yield from _row(document, kind, fields, refs, bad[0][1] if bad else None)
    for row, condition in bad:
        reason = condition["reason"] or condition["why"] or condition["type"]
        yield document.status(row.index, reason, condition["message"] or condition["said"] or "", refs)
    for item in items:
        if isinstance(item, Happened):
            yield event_of(document, item.index, item.row, refs, item.end)


def _bad(items: Sequence[Item]) -> Iterator[tuple[Row, re.Match[str]]]:
    """The conditions that are not as they should be: most types are good when True, a few when False."""
    for item in items:
        match = _CONDITION.match(item.line) if isinstance(item, Row) and item.section == "Conditions" else None
        if isinstance(item, Row) and match and (match["status"] == "True") is (match["type"] in BAD_WHEN_TRUE):
            yield item, match


def _refs(kind: str, fields: Mapping[str, Field], context: Context) -> dict[str, str]:
    name = fields["Name"].value if "Name" in fields else _asked_name(context)
    namespace = fields["Namespace"].value if "Namespace" in fields else context.command.namespace
    if kind in ("persistentvolumeclaim", "persistentvolume"):
        bound = fields["Volume"].value if "Volume" in fields and kind == "persistentvolumeclaim" else ""
        return {key: value for key, value in {"namespace": namespace, "volume": bound or name}.items() if value not in ("", "<none>")}
    refs = {"namespace": namespace, "workload": f"{kind}/{name}" if name and kind != "object" else name}
    return {key: value for key, value in refs.items() if value}


def _asked_name(context: Context) -> str:
    words = context.command.words
    return words[2] if len(words) == 3 and words[0] == "describe" else ""


def _row(
    document: Document, kind: str, fields: Mapping[str, Field], refs: Mapping[str, str], bad: re.Match[str] | None
) -> Iterator[Observation]:
    if kind in ("persistentvolumeclaim", "persistentvolume"):
        attrs = _plain(_VOLUME, fields)
        if kind == "persistentvolumeclaim" and "Name" in fields:
            attrs["claim"] = f"{refs.get('namespace', '')}/{fields['Name'].value}"
        if kind == "persistentvolumeclaim" and _is_blank(fields, "StorageClass") and _is_blank(fields, "Volume"):
            attrs["storage_class"] = ""  # nobody will make a volume for it
        yield from _state(document, "Volume", {"kind": _PROPER[kind], **attrs} if attrs else {}, fields, ("Status", "Name"), refs)
    elif kind == "service":
        attrs = _plain(_SERVICE, fields)
        if _is_blank(fields, "Endpoints"):
            attrs["endpoints"] = ""  # addresses there are, and none of them is ready (kubectl's formatEndpoints)
        yield from _state(document, "Service", attrs, fields, ("Endpoints", "Type"), refs)
    elif kind in _PROPER:
        attrs = _counts(fields) | ({key: bad[key] for key in ("reason", "message") if bad[key]} if bad else {})
        yield from _state(
            document, "Workload", {"kind": _PROPER[kind], **attrs} if attrs else {}, fields, tuple(key for key, _, _ in _COUNTS), refs
        )


def _is_blank(fields: Mapping[str, Field], key: str) -> bool:
    return key in fields and not fields[key].value


def _attachment(document: Document, items: Sequence[Item]) -> Iterator[Observation]:
    """A VolumeAttachment, which kubectl describes field by field: attached or not, and whether it is being deleted."""
    told = {item.key: item for item in reversed(items) if isinstance(item, Field)}
    attrs: dict[str, Value] = {"kind": "VolumeAttachment"}
    if "Attached" in told:
        attrs["phase"] = "Attached" if told["Attached"].value == "true" else "Detached"
    if "Deletion Timestamp" in told:
        attrs["reason"] = "Terminating"
    named = {"volume": "Persistent Volume Name", "node": "Node Name"}
    refs = {ref: told[key].value for ref, key in named.items() if key in told and told[key].value}
    if len(attrs) > 1:
        yield from _state(document, "Volume", attrs, told, ("Deletion Timestamp", "Attached"), refs)


def _state(
    document: Document, kind: str, attrs: dict[str, Value], fields: Mapping[str, Field], shown: tuple[str, ...], refs: Mapping[str, str]
) -> Iterator[Observation]:
    if attrs:
        index = next((fields[key].index for key in shown if key in fields), min(item.index for item in fields.values()))
        yield document.state(index, kind, attrs, refs)


def _plain(names: Mapping[str, str], fields: Mapping[str, Field]) -> dict[str, Value]:
    return {attr: fields[key].value for key, attr in names.items() if key in fields and fields[key].value}


def _counts(fields: Mapping[str, Field]) -> dict[str, Value]:
    attrs: dict[str, Value] = {}
    for key, pattern, names in _COUNTS:
        if key in fields and (match := pattern.match(fields[key].value)):
            attrs |= {name: count_or(count, 0) for name, count in zip(names, match.groups(), strict=True) if name not in attrs}
    return attrs
