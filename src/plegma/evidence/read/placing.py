"""Gives the parts of a bundle what their paths, and their neighbours, tell of whose they are."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from plegma.evidence.parse.parsed import Parsed
from plegma.evidence.read.layouts import Place, one_node_root
from plegma.model.observations import Event, Observation, State

_LOGS = frozenset({"log", "text", "prose"})
_SPLIT = re.compile(r"[/!]")


def placed(part: Parsed, place: Place) -> Parsed:
    """The part with what its path tells: refs of the whole, and who wrote lines that do not say it."""
    is_log = part.kind in _LOGS
    named = place.component if is_log else ""
    command = "kubectl logs --previous" if place.previous and is_log and not part.command else part.command
    return replace(
        part,
        observations=tuple(_written_by(o, named) for o in part.observations) if named else part.observations,
        components=part.components or ((named,) if named else ()),
        evidence=tuple(sorted({*part.evidence, *place.evidence})),
        context={**place.context, **part.context},
        command=command,
    )


def _written_by(observation: Observation, component: str) -> Observation:
    if isinstance(observation, Event) and not observation.component:
        return replace(observation, component=component)
    return observation


def on_nodes(parts: Iterable[Parsed]) -> tuple[Parsed, ...]:
    """The parts with the node that they are of, where a folder has a known node's name or the bundle is of one node."""
    parts = tuple(parts)
    nodes, roots = _nodes(parts), _sole_nodes(parts)
    return tuple(_on_node(part, nodes, roots) for part in parts)


def _nodes(parts: Iterable[Parsed]) -> frozenset[str]:
    """Nodes that objects and tables name."""
    rows = (o for part in parts for o in part.observations if isinstance(o, State))
    return frozenset(row.refs["node"] for row in rows if row.kind in {"Node", "Pod", "Lease"} and "node" in row.refs)


def _sole_nodes(parts: Iterable[Parsed]) -> Mapping[str, str]:
    """The node of each bundle of one node: as the kubelet's log in it most often names it."""
    named: dict[str, Counter[str]] = {}
    for part in parts:
        if "kubelet" in part.components and (root := one_node_root(part.artifact)):
            found = (o.refs["node"] for o in part.observations if isinstance(o, Event) and o.component == "kubelet" and "node" in o.refs)
            named.setdefault(root, Counter()).update(found)
    return {root: names.most_common(1)[0][0] for root, names in named.items() if names}


def _on_node(part: Parsed, nodes: frozenset[str], roots: Mapping[str, str]) -> Parsed:
    if "node" in part.context:
        return part
    folders = _SPLIT.split(part.artifact)[:-1]
    node = next((folder for folder in reversed(folders) if folder in nodes), "") or roots.get(one_node_root(part.artifact), "")
    return replace(part, context={**part.context, "node": node}) if node else part
