"""`kubectl describe` of anything: cuts the run into objects and reads each by its kind."""

from collections.abc import Iterator

from plegma.evidence.parse.blocks import Block, Context, Document
from plegma.evidence.parse.describe import Field, Happened, Item, Row, read_description, starts_description
from plegma.evidence.parse.describe_nodes import NODE_KEYS, described_node_refs, node_hints, node_observations
from plegma.evidence.parse.describe_pods import POD_KEYS, described_pod_refs, pod_observations
from plegma.evidence.parse.parsed import NO_HINTS, ClockHints, first_said
from plegma.model.observations import Observation


def descriptions(document: Document, index: int, context: Context) -> Block | None:
    """A description, or several in one, that starts here; the events alone are a description too."""
    if not starts_description(document, index):
        return None
    description = read_description(document, index)
    if not description.items:
        return None
    found: list[Observation] = []
    kinds: list[str] = []
    hints: ClockHints = NO_HINTS
    for items in _objects(description.items):
        kind = _kind(items, context)
        kinds.append(kind)
        found += _observations(document, kind, items, context)
        hints = first_said(node_hints(items), hints) if kind == "node" else hints
    name = next((kind for kind in kinds if kind), "")
    evidence = {"pod": ("pod-describe",), "node": ("node-describe",), "": ("events",)}.get(name, ())
    return Block(f"kubectl-describe-{name}" if name else "kubectl-events", description.end, tuple(found), hints=hints, evidence=evidence)


def _objects(items: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
    start = 0
    for at, item in enumerate(items):
        if at > start and isinstance(item, Field) and item.key == "Name" and item.indent == 0:
            yield items[start:at]
            start = at
    yield items[start:]


def _kind(items: tuple[Item, ...], context: Context) -> str:
    keys = {item.key for item in items if isinstance(item, Field)}
    if keys & NODE_KEYS or any(isinstance(item, Row) and "kubelet" in item.line and item.section == "Conditions" for item in items):
        return "node"
    if {"State", "Last State"} & keys:
        return "pod"
    asked = _asked(context)
    if asked:
        return asked
    if keys & POD_KEYS or {"Status", "Reason", "Message"} & keys:
        return "pod"
    return "" if all(isinstance(item, Happened) for item in items) or keys <= {"Events"} else "object"


_KINDS = {
    "pod": "pod", "pods": "pod", "po": "pod", "node": "node", "nodes": "node", "no": "node",
}  # fmt: skip


def _asked(context: Context) -> str:
    words = context.command.words
    if context.command.program != "kubectl" or "describe" not in words:
        return ""
    kind = words[words.index("describe") + 1].partition("/")[0] if words[-1] != "describe" else ""
    return _KINDS.get(kind, kind)


def _observations(document: Document, kind: str, items: tuple[Item, ...], context: Context) -> list[Observation]:
    if kind == "node":
        return list(node_observations(document, items, described_node_refs(context)))
    return list(pod_observations(document, items, described_pod_refs(context)))
