"""`kubectl get nodes,pods -A -o json` of a large cluster, made: nearly all of it well."""

import json
import random
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

_TIME = "2026-03-02T08:21:40Z"
_SICK_EVERY = 500


def write(path: Path, nodes: int, pods: int) -> None:
    """The list, indented as kubectl writes it: about 10 kB a pod."""
    dice = random.Random(7)
    with path.open("w") as out:
        out.write('{\n    "apiVersion": "v1",\n    "items": [\n')
        for number, item in enumerate(chain(_nodes(nodes), _pods(dice, pods, nodes))):
            text = json.dumps(item, indent=4)
            out.write((",\n" if number else "") + "\n".join("        " + line for line in text.split("\n")))
        out.write('\n    ],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n')


def _condition(kind: str, status: str, reason: str = "", **more: Any) -> dict[str, Any]:
    return {"lastTransitionTime": _TIME, "status": status, "type": kind, **({"reason": reason} if reason else {}), **more}


def _nodes(count: int) -> Iterator[dict[str, Any]]:
    calm = ("KubeletHasSufficientMemory", "KubeletHasNoDiskPressure", "KubeletHasSufficientPID", "KubeletReady")
    for number in range(count):
        name = f"wk-{number}"
        conditions = [
            _condition(kind, str(kind == "Ready"), reason, lastHeartbeatTime=_TIME, message="as it should be")
            for kind, reason in zip(("MemoryPressure", "DiskPressure", "PIDPressure", "Ready"), calm, strict=True)
        ]
        images = [
            {"names": [f"registry.example.com/app{n}@sha256:{n:064x}", f"registry.example.com/app{n}:v1"], "sizeBytes": 81264512}
            for n in range(40)
        ]
        yield {
            "apiVersion": "v1", "kind": "Node",
            "metadata": {"creationTimestamp": _TIME, "labels": {"kubernetes.io/hostname": name}, "name": name, "uid": f"{number:08x}-0000-4000-8000-000000000000"},
            "spec": {"podCIDR": f"10.{number // 256}.{number % 256}.0/24"},
            "status": {"conditions": conditions, "images": images, "nodeInfo": {"kubeletVersion": "v1.36.2", "containerRuntimeVersion": "containerd://2.1.4"}},
        }  # fmt: skip


def _pods(dice: random.Random, count: int, nodes: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        name, app = f"app{number % 400}-7c9d8f6b5d-{number:05x}", f"app{number % 400}"
        uid = f"{dice.getrandbits(32):08x}-6b1f-4c7e-9f52-{number:012x}"
        yield _pod(dice, name, app, uid, f"wk-{number % nodes}", number % _SICK_EVERY == 0)


def _pod(dice: random.Random, name: str, app: str, uid: str, node: str, sick: bool) -> dict[str, Any]:
    image = f"registry.example.com/{app}:v1"
    env = [{"name": f"SETTING_{n}", "value": f"value-{n}"} for n in range(30)]
    volumes = [{"name": f"config-{n}", "configMap": {"defaultMode": 420, "name": f"{app}-{n}"}} for n in range(6)]
    mounts = [{"mountPath": f"/etc/app/{n}", "name": f"config-{n}", "readOnly": True} for n in range(6)]
    fields = {
        f"f:{n}": {"f:value": {}, "f:name": {}} for n in ("env", "image", "resources", "volumeMounts", "ports", "terminationMessagePath")
    }
    probe = {
        "failureThreshold": 3,
        "httpGet": {"path": "/healthz", "port": 8080, "scheme": "HTTP"},
        "periodSeconds": 10,
        "timeoutSeconds": 1,
    }
    container = {"name": "app", "image": image, "env": env, "volumeMounts": mounts, "livenessProbe": probe, "readinessProbe": probe,
                 "resources": {"limits": {"memory": "512Mi"}, "requests": {"cpu": "100m", "memory": "256Mi"}}}  # fmt: skip
    state: dict[str, Any] = {"running": {"startedAt": _TIME}}
    last: dict[str, Any] = {}
    if sick:
        state = {
            "waiting": {"reason": "CrashLoopBackOff", "message": f"back-off 5m0s restarting failed container=app pod={name}_team({uid})"}
        }
        last = {
            "terminated": {
                "exitCode": 1,
                "reason": "Error",
                "startedAt": _TIME,
                "finishedAt": _TIME,
                "containerID": f"containerd://{dice.getrandbits(256):064x}",
            }
        }
    status = {"containerID": f"containerd://{dice.getrandbits(256):064x}", "image": image, "imageID": f"{image}@sha256:{1:064x}", "lastState": last,
              "name": "app", "ready": not sick, "restartCount": 9 if sick else 0, "started": not sick, "state": state}  # fmt: skip
    conditions = [
        _condition(kind, str(not sick or kind not in {"Ready", "ContainersReady"}))
        for kind in ("Initialized", "Ready", "ContainersReady", "PodScheduled")
    ]
    return {
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"creationTimestamp": _TIME, "generateName": name[:-5], "labels": {"app": app, "pod-template-hash": "7c9d8f6b5d"},
                     "managedFields": [{"manager": "kubelet", "operation": "Update", "fieldsV1": {"f:status": fields, "f:spec": fields}}],
                     "name": name, "namespace": f"team-{len(app)}", "ownerReferences": [{"apiVersion": "apps/v1", "controller": True, "kind": "ReplicaSet", "name": name[:-6], "uid": uid}], "uid": uid},
        "spec": {"containers": [container], "nodeName": node, "restartPolicy": "Always", "volumes": volumes},
        "status": {"conditions": conditions, "containerStatuses": [status], "hostIP": "10.0.0.1", "phase": "Running", "podIP": "10.1.2.3", "qosClass": "Burstable", "startTime": _TIME},
    }  # fmt: skip
