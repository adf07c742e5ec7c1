"""A made cluster with two faults: a pod that cannot start for want of addresses on its node, and one whose container is killed
for memory. Times are set relative to `now`."""

from datetime import UTC, datetime, timedelta
from typing import Any

from made_clusters import MadeCluster
from recorded_apis import Reply

Thing = dict[str, Any]
SANDBOX = "7c1e0f5b3a294d8c6b7a5f4e3d2c1b0a998877665544332211ffeeddccbbaa00"
NO_ADDRESS = (
    f'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "{SANDBOX}": '
    'plugin type="bridge" failed (add): failed to allocate for range 0: no IP addresses available in range set: 10.64.2.1-10.64.2.254'
)
PASSWORD = "correct-horse-battery"
"""Must not come out anywhere."""


def ago(now: datetime, **span: float) -> str:
    return (now - timedelta(**span)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def node(name: str, now: datetime, ready: bool = True) -> Thing:
    kinds = {"MemoryPressure": "False", "DiskPressure": "False", "PIDPressure": "False", "Ready": "True" if ready else "Unknown"}
    conditions = [
        {
            "type": kind, "status": status, "lastHeartbeatTime": ago(now, seconds=20), "lastTransitionTime": ago(now, days=3),
            "reason": "NodeStatusUnknown" if status == "Unknown" else "KubeletReady" if kind == "Ready" else f"KubeletHasNo{kind}",
            "message": "Kubelet stopped posting node status." if status == "Unknown" else "kubelet is posting ready status",
        }
        for kind, status in kinds.items()
    ]  # fmt: skip
    info = {"kubeletVersion": "v1.36.0", "containerRuntimeVersion": "containerd://2.1.4", "kernelVersion": "6.12.0", "osImage": "Debian 13"}
    images = [{"names": [f"reg.example/image-{n}:1"], "sizeBytes": 5_000_000} for n in range(20)]
    return {
        "metadata": {"name": name, "uid": f"uid-{name}", "creationTimestamp": ago(now, days=30), "managedFields": [{"manager": "kubelet"}]},
        "spec": {"podCIDR": "10.64.2.0/24"},
        "status": {"conditions": conditions, "nodeInfo": info, "images": images},
    }


def lease(name: str, now: datetime, age: float = 5) -> Thing:
    meta = {"name": name, "namespace": "kube-node-lease", "creationTimestamp": ago(now, days=30)}
    return {"metadata": meta, "spec": {"holderIdentity": name, "leaseDurationSeconds": 40, "renewTime": ago(now, seconds=age)}}


def pod(namespace: str, name: str, on: str, now: datetime, status: Thing | None = None, owner: Thing | None = None) -> Thing:
    container = {"name": "app", "image": "reg.example/app:1.4", "env": [{"name": "DB_PASSWORD", "value": PASSWORD}]}
    meta: Thing = {"name": name, "namespace": namespace, "uid": f"uid-{name}", "creationTimestamp": ago(now, hours=5)}
    if owner:
        meta["ownerReferences"] = [{"controller": True, **owner}]
    well = {
        "phase": "Running", "startTime": ago(now, hours=5), "qosClass": "Burstable",
        "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": ago(now, hours=5)}],
        "containerStatuses": [{
            "name": "app", "image": "reg.example/app:1.4", "ready": True, "started": True, "restartCount": 0, "lastState": {},
            "containerID": f"containerd://{name:0>64}"[:77], "state": {"running": {"startedAt": ago(now, hours=5)}},
        }],
    }  # fmt: skip
    return {"metadata": meta, "spec": {"nodeName": on, "containers": [container]}, "status": status or well}


def no_sandbox(now: datetime) -> Thing:
    waiting = {"state": {"waiting": {"reason": "ContainerCreating"}}, "lastState": {}}
    unready = {"type": "Ready", "status": "False", "reason": "ContainersNotReady", "lastTransitionTime": ago(now, minutes=20)}
    container = {
        "name": "app",
        "image": "reg.example/app:1.4",
        "imageID": "",
        "ready": False,
        "restartCount": 0,
        "started": False,
        **waiting,
    }
    return {
        "phase": "Pending",
        "qosClass": "BestEffort",
        "startTime": ago(now, minutes=20),
        "conditions": [unready],
        "containerStatuses": [container],
    }


def killed(now: datetime, container_id: str = "ab" * 32) -> Thing:
    last = {"exitCode": 137, "reason": "OOMKilled", "startedAt": ago(now, minutes=8), "finishedAt": ago(now, minutes=4)}
    text = "back-off 5m0s restarting failed container=app"
    container = {
        "name": "app", "image": "reg.example/app:1.4", "ready": False, "restartCount": 9, "started": False,
        "state": {"waiting": {"reason": "CrashLoopBackOff", "message": text}}, "lastState": {"terminated": last},
        "containerID": f"containerd://{container_id}",
    }  # fmt: skip
    unready = {"type": "Ready", "status": "False", "reason": "ContainersNotReady", "lastTransitionTime": ago(now, minutes=4)}
    return {
        "phase": "Running",
        "qosClass": "Burstable",
        "startTime": ago(now, hours=5),
        "conditions": [unready],
        "containerStatuses": [container],
    }


def event(namespace: str, about: str, reason: str, message: str, now: datetime, kind: str = "Pod", host: str = "", count: int = 1) -> Thing:
    return {
        "metadata": {
            "name": f"{about}.{reason.lower()}", "namespace": namespace, "uid": f"uid-{about}-{reason}",
            "creationTimestamp": ago(now, minutes=20),
        },
        "involvedObject": {"kind": kind, "name": about, "namespace": namespace, "uid": f"uid-{about}"},
        "reason": reason, "message": message, "type": "Warning", "count": count, "eventTime": None,
        "firstTimestamp": ago(now, minutes=20), "lastTimestamp": ago(now, seconds=40),
        "source": {"component": "kubelet", "host": host}, "reportingComponent": "kubelet", "reportingInstance": host,
    }  # fmt: skip


def kubelet_log(now: datetime, on: str) -> str:
    stamp = (now - timedelta(minutes=2)).astimezone(UTC)
    if on != "wk-2":
        head = f"{stamp:%b %d %H:%M:%S.%f} {on} kubelet[812]: I{stamp:%m%d %H:%M:%S.%f}     812 "
        return f'{head}kubelet.go:2405] "SyncLoop UPDATE" source="api" pods=[]\n'
    head = f"{stamp:%b %d %H:%M:%S.%f} {on} kubelet[812]: E{stamp:%m%d %H:%M:%S.%f}     812 "
    return (
        f'{head}pod_workers.go:1324] "Error syncing pod, skipping" err="failed to \\"CreatePodSandbox\\" for \\"web-1_shop(uid-web-1)\\" '
        f'with CreatePodSandboxError: \\"{NO_ADDRESS}\\"" pod="shop/web-1" podUID="uid-web-1"\n'
    ) * 3


def incident(now: datetime) -> MadeCluster:
    """The cluster: nodes wk-1 and wk-2, five pods of which two are sick."""
    made = MadeCluster()
    for name in ("wk-1", "wk-2"):
        made.add("nodes", node(name, now))
        made.add("leases", lease(name, now))
        made.proxy[f"{name}/proxy/healthz"] = Reply(200, b"ok", "text/plain")
        made.proxy[f"{name}/proxy/configz"] = Reply(200, b'{"kubeletconfig":{"maxPods":110,"cgroupDriver":"systemd"}}')
        made.proxy[f"{name}/proxy/metrics"] = Reply(200, b"# TYPE kubelet_running_pods gauge\nkubelet_running_pods 3\n", "text/plain")
        made.proxy[f"{name}/proxy/logs/?query=kubelet"] = Reply(200, kubelet_log(now, name).encode(), "text/plain")
        made.proxy[f"{name}/proxy/logs/?query=containerd"] = Reply(200, b"", "text/plain")
    owner = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "uid-rs-web"}
    made.add("pods", pod("shop", "web-1", "wk-2", now, no_sandbox(now), owner))
    made.add("pods", pod("shop", "ledger-0", "wk-1", now, killed(now)))
    for name, on in (("web-2", "wk-1"), ("web-3", "wk-1")):
        made.add("pods", pod("shop", name, on, now, None, owner))
    made.add("pods", pod("kube-system", "agent-x", "wk-2", now))
    made.add("events", event("shop", "web-1", "FailedCreatePodSandBox", NO_ADDRESS, now, host="wk-2", count=88))
    made.add(
        "events",
        event("shop", "ledger-0", "BackOff", "Back-off restarting failed container app in pod ledger-0", now, host="wk-1", count=40),
    )
    made.logs["shop", "ledger-0", "app", True] = f"starting ledger\nconnecting with password={PASSWORD}\nloading 4 GiB of entries\n"
    rs = {
        "name": "web",
        "namespace": "shop",
        "uid": "uid-rs-web",
        "ownerReferences": [{"kind": "Deployment", "name": "web", "uid": "d", "controller": True}],
    }
    made.add("replicasets", {"metadata": rs, "spec": {"replicas": 3}, "status": {"replicas": 3, "readyReplicas": 2}})
    made.add(
        "deployments",
        {"metadata": {"name": "web", "namespace": "shop"}, "spec": {"replicas": 3}, "status": {"replicas": 3, "readyReplicas": 2}},
    )
    return made
