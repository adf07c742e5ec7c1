"""`kubectl get events -o json` and `kubectl get nodes -o json`."""

import json
from typing import Any

from plegma.lab.controllers import owner
from plegma.lab.housekeeping import reported
from plegma.lab.worlds import World
from plegma.lab.writing.clocks import Clock
from plegma.lab.writing.kubectl_lists import ordered, teller
from plegma.lab.writing.pod_views import PodView, memory, pod_views


def _list(items: list[dict[str, Any]]) -> str:
    return json.dumps({"apiVersion": "v1", "items": items, "kind": "List", "metadata": {"resourceVersion": ""}}, indent=4) + "\n"


def events_json(world: World, clock: Clock) -> str:
    """Events with their counts and times."""
    items = []
    for number, event in enumerate(ordered(world)):
        series, what = event.series, event.series.happening
        items.append({
            "apiVersion": "v1", "count": series.count, "firstTimestamp": clock.iso(series.first, event.host),
            "lastTimestamp": clock.iso(series.last, event.host),
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
            {"type": c.type, "status": c.status, "reason": c.reason, "message": c.message,
             "lastTransitionTime": clock.iso(c.changed, teller(node.name, c)),
             "lastHeartbeatTime": clock.iso(reported(world, node) if c.beat is None else c.beat, node.name)}
            for c in world.api.conditions[node.name].values()
        ]  # fmt: skip
        taints = [{"effect": "NoSchedule", "key": key} for key in sorted(world.api.taints[node.name])]
        info = {"kubeletVersion": world.profile.kubelet, "containerRuntimeVersion": world.profile.runtime_version}
        meta = {"name": node.name, "creationTimestamp": clock.iso(0)}
        status = {"conditions": conditions, "nodeInfo": info, "addresses": [{"address": node.ip, "type": "InternalIP"}]}
        items.append({"apiVersion": "v1", "kind": "Node", "metadata": meta, "spec": {"taints": taints} if taints else {}, "status": status})
    return _list(items)


def pods_json(world: World, clock: Clock) -> str:
    """Pods with their container's status."""
    return _list([_pod(world, view, clock) for view in pod_views(world)])


def _template(world: World, view: PodView) -> dict[str, Any]:
    resources = {kind: {"memory": size} for kind, size in memory(world, view.pod).items()}
    return {"name": view.pod.spec.container, "image": view.pod.spec.image, **({"resources": resources} if resources else {})}


def _pod(world: World, view: PodView, clock: Clock) -> dict[str, Any]:
    pod, spec = view.pod, view.pod.spec
    kind, name = owner(pod.workload)
    meta: dict[str, Any] = {
        "name": spec.name, "namespace": spec.namespace, "uid": spec.uid, "creationTimestamp": clock.iso(pod.created),
        "ownerReferences": [{"apiVersion": "apps/v1", "kind": kind, "name": name, "controller": True}],
    }  # fmt: skip
    if pod.deleting is not None:
        meta["deletionTimestamp"] = clock.iso(pod.deleting + spec.grace)
    body: dict[str, Any] = {"containers": [_template(world, view)], "hostNetwork": spec.host_network}
    status: dict[str, Any] = {"phase": view.phase, **({"reason": pod.reason, "message": pod.message} if pod.reason else {})}
    if view.node:
        body["nodeName"] = view.node.name
        status |= {"hostIP": view.node.ip, "containerStatuses": [_container(world, view, clock)]}
    if view.ip != "<none>":
        status["podIP"] = view.ip
    types = (("PodScheduled", pod.scheduled is not None), ("Initialized", view.node is not None), ("Ready", view.ready))
    status["conditions"] = [{"type": t, "status": str(ok)} for t, ok in types]
    return {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": body, "status": status}


def _container(world: World, view: PodView, clock: Clock) -> dict[str, Any]:
    host = view.node.name if view.node else ""
    last: dict[str, Any] = {}
    if view.last:
        ended = {"exitCode": view.last.code, "reason": view.last.reason, "startedAt": clock.iso(view.last.started, host),
                 "finishedAt": clock.iso(view.last.finished, host)}  # fmt: skip
        last = {"terminated": ended | ({"message": view.last.message} if view.last.message else {})}
    state, before = last, {}
    if view.running is not None:
        state, before = {"running": {"startedAt": clock.iso(view.running, host)}}, last
    elif view.waiting[0]:
        waits = {"reason": view.waiting[0], **({"message": view.waiting[1]} if view.waiting[1] else {})}
        state, before = {"waiting": waits}, last
    prefix = world.profile.runtime
    return {
        "name": view.pod.spec.container, "image": view.pod.spec.image, "ready": view.ready, "restartCount": view.restarts,
        "containerID": f"{prefix}://{view.container_id}" if view.container_id else "", "state": state, "lastState": before,
    }  # fmt: skip
