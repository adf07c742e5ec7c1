"""A small made cluster with a Deployment, its ReplicaSets and pods, and what plays their controllers."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from made_clusters import MadeCluster
from recorded_apis import Call, RecordedApi

Thing = dict[str, Any]
LONG_AGO = "2026-01-02T03:04:05Z"


def owned(kind: str, name: str) -> list[Thing]:
    return [{"apiVersion": "apps/v1", "kind": kind, "name": name, "uid": f"{kind}-{name}".lower(), "controller": True}]


def a_pod(name: str, ready: bool = True, node: str = "n1", owner: list[Thing] | None = None, **spec: object) -> Thing:
    conditions = [{"type": "Ready", "status": "True" if ready else "False", "lastTransitionTime": LONG_AGO}]
    container: Thing = {
        "name": "main",
        "ready": ready,
        "restartCount": 0,
        "image": "web:2",
        "imageID": "",
        "state": {"running": {"startedAt": LONG_AGO}},
    }
    meta = {"name": name, "namespace": "shop", "uid": f"uid-{name}", "labels": {"app": "web"}, "creationTimestamp": LONG_AGO}
    return {
        "metadata": {**meta, "ownerReferences": owned("ReplicaSet", "web-7f9") if owner is None else owner},
        "spec": {"nodeName": node, "containers": [{"name": "main", "image": "web:2"}], **spec},
        "status": {"phase": "Running", "startTime": LONG_AGO, "conditions": conditions, "containerStatuses": [container]},
    }


def without_sandbox(pod: Thing) -> Thing:
    """What the kubelet with Docker reports while the pause container is gone."""
    said = "Error response from daemon: cannot join network of a non running container: 4e0c11aa77d2"
    waiting = {"waiting": {"reason": "RunContainerError", "message": f'failed to start container "77aa0101ffee": {said}'}}
    pod["status"]["containerStatuses"][0] |= {"state": waiting, "ready": False, "restartCount": 4}
    pod["status"]["conditions"][0]["status"] = "False"
    return pod


def a_node(name: str, ready: bool = True) -> Thing:
    condition = {
        "type": "Ready",
        "status": "True" if ready else "False",
        "reason": "KubeletReady",
        "message": "kubelet is posting ready status",
    }
    condition |= {"lastHeartbeatTime": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "lastTransitionTime": LONG_AGO}
    return {
        "metadata": {"name": name, "uid": name},
        "spec": {},
        "status": {"conditions": [condition], "nodeInfo": {"kubeletVersion": "v1.36.0"}},
    }


def a_set(name: str, revision: int, image: str) -> Thing:
    template = {
        "metadata": {"labels": {"app": "web", "pod-template-hash": name[-3:]}},
        "spec": {"containers": [{"name": "main", "image": image}]},
    }
    meta = {"name": name, "namespace": "shop", "uid": f"replicaset-{name}", "ownerReferences": owned("Deployment", "web")}
    meta["annotations"] = {"deployment.kubernetes.io/revision": str(revision)}
    return {
        "metadata": meta,
        "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "web"}}, "template": template},
        "status": {"replicas": 1},
    }


def a_deployment() -> Thing:
    meta = {"name": "web", "namespace": "shop", "uid": "deployment-web"}
    spec = {
        "replicas": 2,
        "strategy": {},
        "selector": {"matchLabels": {"app": "web"}},
        "template": deepcopy(a_set("web-7f9", 2, "web:2")["spec"]["template"]),
    }
    return {"metadata": meta, "spec": spec, "status": {"replicas": 2, "readyReplicas": 1}}


def a_budget(allowed: int) -> Thing:
    spec = {"selector": {"matchLabels": {"app": "web"}}, "minAvailable": 1}
    return {"metadata": {"name": "web", "namespace": "shop"}, "spec": spec, "status": {"disruptionsAllowed": allowed}}


def cluster(after_write: Callable[[MadeCluster, Call], None] | None = None) -> MadeCluster:
    made = MadeCluster(after_write)
    made.add("namespaces", {"metadata": {"name": "shop"}})
    for n in range(1, 5):
        made.add("nodes", a_node(f"n{n}"))
    made.add("deployments", a_deployment())
    made.add("replicasets", a_set("web-5c1", 1, "web:1"))
    made.add("replicasets", a_set("web-7f9", 2, "web:2"))
    made.add("pods", a_pod("web-7f9-a"))
    return made


def makes_it_anew(made: MadeCluster, call: Call) -> None:
    """The ReplicaSet controller, the scheduler and the kubelet in one."""
    if call.method == "DELETE" and "/pods/" in call.path:
        made.add("pods", a_pod("web-7f9-z"))


def writes(api: RecordedApi) -> list[tuple[str, str, bool]]:
    return [(c.method, c.path, c.query.get("dryRun") == "All") for c in api.log if c.method != "GET"]
