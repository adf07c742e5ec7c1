"""`kubectl get events -o json` and `kubectl get nodes -o json`."""

import json
from typing import Any

from plegma.lab.worlds import World
from plegma.lab.writing.clocks import Clock
from plegma.lab.writing.kubectl_lists import ordered


def _list(items: list[dict[str, Any]]) -> str:
    return json.dumps({"apiVersion": "v1", "items": items, "kind": "List", "metadata": {"resourceVersion": ""}}, indent=4) + "\n"


def events_json(world: World, clock: Clock) -> str:
    """Events with their counts and times."""
    items = []
    for number, event in enumerate(ordered(world)):
        series, what = event.series, event.series.happening
        items.append({
            "apiVersion": "v1", "count": series.count, "firstTimestamp": clock.iso(series.first), "lastTimestamp": clock.iso(series.last),
            "involvedObject": {"kind": what.kind, "name": event.object, "namespace": event.namespace, "uid": event.uid},
            "kind": "Event", "message": what.message, "reason": what.reason, "type": "Warning" if what.warning else "Normal",
            "metadata": {"name": f"{event.object}.{number:016x}", "namespace": event.namespace},
            "source": {"component": event.component, **({"host": event.host} if event.host else {})},
        })  # fmt: skip
    return _list(items)


def nodes_json(world: World, clock: Clock) -> str:
    """Nodes with their conditions and versions."""
    items = []
    for node in world.nodes.values():
        conditions = [
            {"type": c.type, "status": c.status, "reason": c.reason, "message": c.message, "lastTransitionTime": clock.iso(c.changed),
             "lastHeartbeatTime": clock.iso(world.now - 4 if c.beat is None else c.beat)}
            for c in world.api.conditions[node.name].values()
        ]  # fmt: skip
        taints = [{"effect": "NoSchedule", "key": key} for key in sorted(world.api.taints[node.name])]
        info = {"kubeletVersion": world.profile.kubelet, "containerRuntimeVersion": world.profile.runtime_version}
        meta = {"name": node.name, "creationTimestamp": clock.iso(0)}
        status = {"conditions": conditions, "nodeInfo": info, "addresses": [{"address": node.ip, "type": "InternalIP"}]}
        items.append({"apiVersion": "v1", "kind": "Node", "metadata": meta, "spec": {"taints": taints} if taints else {}, "status": status})
    return _list(items)
