"""`kubectl describe` of anything: cuts the run into objects and reads each by its kind."""

from collections.abc import Iterator, Sequence

from plegma.evidence.parse.blocks import Block, Context, Document
from plegma.evidence.parse.describe import read_description
from plegma.evidence.parse.describe_items import Field, Happened, Item, Row
from plegma.evidence.parse.describe_lines import starts_description
from plegma.evidence.parse.describe_nodes import NODE_KEYS, described_node_refs, latest, node_hints, node_observations
from plegma.evidence.parse.describe_objects import KIND_KEYS, object_observations
from plegma.evidence.parse.describe_pods import POD_KEYS, described_pod_refs, pod_observations
from plegma.evidence.parse.objects_workload import NAMESPACE_TROUBLE
from plegma.evidence.parse.parsed import ClockHints, first_said
from plegma.evidence.parse.stamps import absolute
from plegma.model.observations import Observation

_SHORT = {
    "pods": "pod", "po": "pod", "nodes": "node", "no": "node", "deployments": "deployment", "deploy": "deployment", "rs": "replicaset",
    "replicasets": "replicaset", "ds": "daemonset", "daemonsets": "daemonset", "sts": "statefulset", "statefulsets": "statefulset",
    "pvc": "persistentvolumeclaim", "pv": "persistentvolume", "svc": "service", "services": "service", "jobs": "job",
    "persistentvolumeclaims": "persistentvolumeclaim", "persistentvolumes": "persistentvolume", "rc": "replicationcontroller",
    "volumeattachments": "volumeattachment", "ns": "namespace", "namespaces": "namespace",
}  # fmt: skip
_EVIDENCE = {
    "pod": ("pod-describe",), "node": ("node-describe",), "": ("events",), "deployment": ("workloads",), "replicaset": ("workloads",),
    "daemonset": ("workloads",), "statefulset": ("workloads",), "job": ("workloads",), "persistentvolumeclaim": ("storage-objects",),
    "persistentvolume": ("storage-objects",), "service": ("services",),
    "volumeattachment": ("storage-objects",),
}  # fmt: skip

_STARTS = frozenset({"Start Time", "Started", "Finished"})


def descriptions(document: Document, index: int, context: Context) -> Block | None:
    """A description, or several in one, that starts here; the events alone are a description too."""
    if not starts_description(document, index):
        return None
    description = read_description(document, index)
    if not description.items:
        return None
    found: list[Observation] = []
    kind, hints = "", list[ClockHints]()
    for items in _objects(description.items):
        kind = _kind(items, context)
        found += _observations(document, kind, items, context)
        hints += [node_hints(items)] if kind == "node" else []
    slug = f"kubectl-describe-{kind}" if kind else "kubectl-events"
    evidence = _EVIDENCE.get(kind, ())
    zone = next(_offsets(found, description.items), None)
    return Block(
        slug, description.end, tuple(found), description.missed, first_said(latest(hints), ClockHints(zone=zone)), evidence=evidence
    )


def _offsets(found: Sequence[Observation], items: Sequence[Item]) -> Iterator[int]:
    """The zones that times are written in: of what was seen, then of the starts of pods and containers."""
    yield from (seen.at.offset for seen in found if seen.at is not None and seen.at.offset is not None)
    starts = (absolute(item.value) for item in items if isinstance(item, Field) and item.key in _STARTS)
    yield from (start.offset for start in starts if start is not None and start.offset is not None)


def _objects(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    start = 0
    margin = min((item.indent for item in items if isinstance(item, Field)), default=0)
    for at, item in enumerate(items):
        if at > start and isinstance(item, Field) and item.key == "Name" and item.indent == margin:
            yield items[start:at]
            start = at
    yield items[start:]


def _kind(items: Sequence[Item], context: Context) -> str:
    keys = {item.key for item in items if isinstance(item, Field)}
    if keys & NODE_KEYS or any(isinstance(item, Row) and "ubelet" in item.line and item.section == "Conditions" for item in items):
        return "node"
    if {"State", "Last State", "QoS Class"} & keys:
        return "pod"
    if asked := _asked(context):
        return asked
    if kind := next((kind for kind, own in KIND_KEYS.items() if keys & own), ""):
        return kind
    if any(isinstance(item, Row) and item.line.split(maxsplit=1)[0] in NAMESPACE_TROUBLE for item in items):
        return "namespace"
    if keys & POD_KEYS or {"Status", "Reason", "Message"} & keys:
        return "pod"
    return "" if all(isinstance(item, Happened) for item in items) or keys <= {"Events"} else "object"


def _asked(context: Context) -> str:
    words = context.command.words
    if context.command.program != "kubectl" or "describe" not in words[:1] or len(words) < 2:
        return ""
    kind = words[1].partition("/")[0].partition(".")[0].lower()
    return _SHORT.get(kind, kind)


def _observations(document: Document, kind: str, items: Sequence[Item], context: Context) -> Iterator[Observation]:
    if kind == "node":
        return node_observations(document, items, described_node_refs(context))
    if kind in ("pod", ""):
        return pod_observations(document, items, described_pod_refs(context))
    return object_observations(document, kind, items, context)
