"""A made cluster of any size, drawn from a seed: nodes, leases, pods and events are written page by page as they are asked for.

Of every thousand pods one is killed for memory; of every two thousand nodes one has no addresses left, and one keeps
silent. Everything else is well.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from made_incidents import NO_ADDRESS, SANDBOX, event, killed, kubelet_log, lease, no_sandbox, node, pod
from recorded_apis import Call, Reply, not_found, of_json, status

Thing = dict[str, Any]
PODS_WITHOUT_ADDRESS = 12
_OOM_EVERY = 1000
_FAULT_EVERY = 2000


@dataclass
class LargeCluster:
    """Answers as the API server of a cluster with so many nodes and pods."""

    nodes: int
    pods: int
    now: datetime
    seed: int = 7
    filler: Thing = field(init=False)
    well: str = field(init=False)
    """A well pod as JSON, with @n@, @app@, @team@ and @node@ in the place of its numbers."""

    def __post_init__(self) -> None:
        self.filler = _filler(Random(self.seed))
        self.well = json.dumps(self._pod("@n@", "@app@", "@team@", "@node@", None), separators=(",", ":"))

    def __call__(self, call: Call) -> Reply:
        """The answer to a call."""
        lists: dict[str, tuple[str, int, Callable[[int], Thing | str]]] = {
            "/api/v1/nodes": ("NodeList", self.nodes, self.node),
            "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases": ("LeaseList", self.nodes, self.lease),
            "/api/v1/pods": ("PodList", self.pods, self.pod),
            "/api/v1/events": ("EventList", self.pods // 10, self.event),
        }
        if call.path in lists:
            return _page(*lists[call.path], call)
        return self._other(call)

    def _other(self, call: Call) -> Reply:
        if "/proxy/" in call.path:
            return self._proxied(call)
        if call.path.endswith("/log"):
            return Reply(200, b"loading entries\n", "text/plain")
        if call.path.startswith("/apis/apps/v1/") and "/replicasets/" in call.path:
            name = call.path.rpartition("/")[2]
            return of_json(
                {"kind": "ReplicaSet", "apiVersion": "apps/v1", "metadata": {"name": name, "namespace": "team-0"}, "spec": {"replicas": 9}}
            )
        return not_found(call)

    def _proxied(self, call: Call) -> Reply:
        name = call.path.split("/")[4]
        if int(name.removeprefix("node-")) % _FAULT_EVERY == _FAULT_EVERY - 1:
            return status(503, "ServiceUnavailable", "error trying to reach service: dial tcp: i/o timeout")
        if call.query.get("query") == "kubelet":
            return Reply(200, kubelet_log(self.now, "wk-2").replace("wk-2", name).encode(), "text/plain")
        return Reply(200, b"ok", "text/plain") if call.path.endswith("/healthz") else not_found(call)

    def node(self, i: int) -> Thing:
        """The i-th node; the last of every two thousand is not Ready."""
        return node(f"node-{i}", self.now, ready=i % _FAULT_EVERY != _FAULT_EVERY - 1)

    def lease(self, i: int) -> Thing:
        """Its lease."""
        return lease(f"node-{i}", self.now, age=900 if i % _FAULT_EVERY == _FAULT_EVERY - 1 else 5)

    def pod(self, i: int) -> Thing | str:
        """The i-th pod, with all that a real one carries; a well one as JSON."""
        names = str(i), str(i // 20), str(i % 50), str(self._place(i))
        if self._lacks_address(i):
            return self._pod(*names, no_sandbox(self.now))
        if i % _OOM_EVERY == 17:
            return self._pod(*names, killed(self.now, f"{i:064x}"[::-1]))
        n, app, team, place = names
        return self.well.replace("@n@", n).replace("@app@", app).replace("@team@", team).replace("@node@", place)

    def _pod(self, n: str, app: str, team: str, place: str, status_: Thing | None) -> Thing:
        owner = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": f"app-{app}", "uid": f"rs-{app}"}
        made = pod(f"team-{team}", f"app-{app}-{n}", f"node-{place}", self.now, status_, owner)
        made["metadata"] |= self.filler["metadata"]
        made["spec"] = {**self.filler["spec"], **made["spec"]}
        return made

    def _place(self, i: int) -> int:
        """Pods without an address are the first ones of the first node of every two thousand; the rest go round."""
        return i // PODS_WITHOUT_ADDRESS * _FAULT_EVERY if self._lacks_address(i) else i % self.nodes

    def _lacks_address(self, i: int) -> bool:
        return i < PODS_WITHOUT_ADDRESS * -(-self.nodes // _FAULT_EVERY)

    def event(self, i: int) -> Thing:
        """Of every ten pods one has an event: sick ones a warning, the others that their image was there."""
        name = f"app-{i // 20}-{i}"
        if self._lacks_address(i):
            return event(
                f"team-{i % 50}",
                name,
                "FailedCreatePodSandBox",
                NO_ADDRESS.replace(SANDBOX, f"{i:064x}"[::-1]),
                self.now,
                host=f"node-{self._place(i)}",
                count=30,
            )
        n = i * 10
        pulled = event(f"team-{n % 50}", f"app-{n // 20}-{n}", "Pulled", 'Container image "reg.example/app:1.4" already present', self.now)
        return pulled | {"type": "Normal"}


def _page(kind: str, count: int, make: Callable[[int], Thing | str], call: Call) -> Reply:
    start, limit = int(call.query.get("continue") or 0), int(call.query.get("limit") or count)
    end = min(count, start + limit)
    meta: Thing = {"resourceVersion": "1"} | ({"continue": str(end), "remainingItemCount": count - end} if end < count else {})
    head = json.dumps({"kind": kind, "apiVersion": "coordination.k8s.io/v1" if kind == "LeaseList" else "v1", "metadata": meta})[:-1]
    return Reply(200, f'{head},"items":[{",".join(_items(make, start, end))}]}}'.encode())


def _items(make: Callable[[int], Thing | str], start: int, end: int) -> Iterator[str]:
    things = (make(i) for i in range(start, end))
    return (thing if isinstance(thing, str) else json.dumps(thing, separators=(",", ":")) for thing in things)


def _filler(random: Random) -> Thing:
    """What makes a real pod six kilobytes: managed fields, volumes, tolerations, probes, annotations."""
    words = [f"{random.getrandbits(64):016x}" for _ in range(24)]
    fields: Thing = {f"f:{word}": {"f:value": {}} for word in words}
    probe = {
        "httpGet": {"path": "/healthz", "port": 8080, "scheme": "HTTP"},
        "periodSeconds": 10,
        "timeoutSeconds": 1,
        "failureThreshold": 3,
    }
    spec = {
        "volumes": [{"name": f"v-{word}", "configMap": {"name": word, "defaultMode": 420}} for word in words[:6]],
        "tolerations": [{"key": f"example.com/{word}", "operator": "Exists", "effect": "NoExecute"} for word in words[:4]],
        "readinessGates": [], "dnsPolicy": "ClusterFirst", "schedulerName": "default-scheduler", "serviceAccountName": "app",
        "initContainers": [{"name": "setup", "image": "reg.example/setup:1", "livenessProbe": probe, "readinessProbe": probe}],
    }  # fmt: skip
    managed = [
        {"manager": m, "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": fields} for m in ("a", "kubelet")
    ]
    return {
        "metadata": {"managedFields": managed, "labels": dict.fromkeys(words[:6], "x"), "annotations": {words[0]: "y" * 200}},
        "spec": spec,
    }
