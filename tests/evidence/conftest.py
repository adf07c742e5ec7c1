"""One made incident, told in every form in which evidence comes: objects, tables, descriptions, logs."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
import yaml

NODE = "wk-7"
NAMESPACE = "billing"
LEDGER_UID = "5b0c6a9e-6b1f-4c7e-9f52-0f9f4f1f7a11"
INVOICE_UID = "c8d4f1e2-3a5b-4d6c-8e7f-901234567890"
SANDBOX = "4f6d0c2b9a8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a392817060504"
PLEG = "PLEG is not healthy: pleg was last seen active 4m2.113s ago; threshold is 3m0s"
NO_SANDBOX = (
    f'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "{SANDBOX}": '
    'plugin type="bridge" failed (add): failed to allocate for range 0: no IP addresses available in range set: 10.80.7.1-10.80.7.254'
)


def ledger() -> dict[str, Any]:
    """A StatefulSet's pod whose container ends at once."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "creationTimestamp": "2025-03-02T08:00:00Z",
            "name": "ledger-0",
            "namespace": NAMESPACE,
            "ownerReferences": [{"apiVersion": "apps/v1", "controller": True, "kind": "StatefulSet", "name": "ledger"}],
            "uid": LEDGER_UID,
        },
        "spec": {
            "containers": [{"image": "reg.example/ledger:4.1", "name": "ledger", "resources": {"limits": {"memory": "256Mi"}}}],
            "nodeName": NODE,
        },
        "status": {
            "conditions": [
                {"lastTransitionTime": "2025-03-02T08:00:00Z", "status": "True", "type": "Initialized"},
                {
                    "lastTransitionTime": "2025-03-02T08:20:05Z",
                    "message": "containers with unready status: [ledger]",
                    "reason": "ContainersNotReady",
                    "status": "False",
                    "type": "Ready",
                },
            ],
            "containerStatuses": [
                {
                    "containerID": f"containerd://{'ab' * 32}",
                    "image": "reg.example/ledger:4.1",
                    "lastState": {
                        "terminated": {
                            "exitCode": 137,
                            "finishedAt": "2025-03-02T08:20:04Z",
                            "reason": "OOMKilled",
                            "startedAt": "2025-03-02T08:19:50Z",
                        }
                    },
                    "name": "ledger",
                    "ready": False,
                    "restartCount": 9,
                    "state": {
                        "waiting": {
                            "message": f"back-off 5m0s restarting failed container=ledger pod=ledger-0_{NAMESPACE}({LEDGER_UID})",
                            "reason": "CrashLoopBackOff",
                        }
                    },
                }
            ],
            "phase": "Running",
            "qosClass": "Burstable",
            "startTime": "2025-03-02T08:00:00Z",
        },
    }


def invoice() -> dict[str, Any]:
    """A pod that never gets a sandbox."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"creationTimestamp": "2025-03-02T08:10:00Z", "name": "invoice-x2", "namespace": NAMESPACE, "uid": INVOICE_UID},
        "spec": {"containers": [{"image": "reg.example/invoice:1.9", "name": "app"}], "nodeName": NODE},
        "status": {
            "containerStatuses": [
                {
                    "image": "reg.example/invoice:1.9",
                    "lastState": {},
                    "name": "app",
                    "ready": False,
                    "restartCount": 0,
                    "state": {"waiting": {"reason": "ContainerCreating"}},
                }
            ],
            "phase": "Pending",
            "qosClass": "BestEffort",
        },
    }


def node() -> dict[str, Any]:
    """A node whose PLEG hangs."""
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"creationTimestamp": "2025-01-01T00:00:00Z", "name": NODE},
        "spec": {"podCIDR": "10.80.7.0/24", "taints": [{"effect": "NoSchedule", "key": "node.kubernetes.io/not-ready"}]},
        "status": {
            "conditions": [
                {
                    "lastHeartbeatTime": "2025-03-02T08:24:30Z",
                    "lastTransitionTime": "2025-01-01T00:00:10Z",
                    "message": "kubelet has sufficient memory available",
                    "reason": "KubeletHasSufficientMemory",
                    "status": "False",
                    "type": "MemoryPressure",
                },
                {
                    "lastHeartbeatTime": "2025-03-02T08:24:30Z",
                    "lastTransitionTime": "2025-03-02T08:21:40Z",
                    "message": PLEG,
                    "reason": "KubeletNotReady",
                    "status": "False",
                    "type": "Ready",
                },
            ],
            "nodeInfo": {
                "containerRuntimeVersion": "containerd://1.7.22",
                "kernelVersion": "6.1.0-28-amd64",
                "kubeletVersion": "v1.30.4",
                "osImage": "Debian GNU/Linux 12 (bookworm)",
            },
        },
    }


def event() -> dict[str, Any]:
    """What the kubelet said of the pod without a sandbox, 17 times."""
    return {
        "apiVersion": "v1",
        "count": 17,
        "eventTime": None,
        "firstTimestamp": "2025-03-02T08:10:05Z",
        "involvedObject": {"kind": "Pod", "name": "invoice-x2", "namespace": NAMESPACE, "uid": INVOICE_UID},
        "kind": "Event",
        "lastTimestamp": "2025-03-02T08:24:00Z",
        "message": NO_SANDBOX,
        "metadata": {"creationTimestamp": "2025-03-02T08:10:05Z", "name": "invoice-x2.18a", "namespace": NAMESPACE},
        "reason": "FailedCreatePodSandBox",
        "reportingComponent": "kubelet",
        "reportingInstance": NODE,
        "source": {"component": "kubelet", "host": NODE},
        "type": "Warning",
    }


PODS_TABLE = f"""\
NAMESPACE   NAME         READY   STATUS              RESTARTS   AGE   IP           NODE   NOMINATED NODE   READINESS GATES
{NAMESPACE}     ledger-0     0/1     CrashLoopBackOff    9          24m   10.80.7.9    {NODE}   <none>           <none>
{NAMESPACE}     invoice-x2   0/1     ContainerCreating   0          14m   <none>       {NODE}   <none>           <none>
"""
LEDGER_DESCRIBED = f"""\
Name:             ledger-0
Namespace:        {NAMESPACE}
Priority:         0
Node:             {NODE}/10.0.0.7
Start Time:       Sun, 02 Mar 2025 08:00:00 +0000
Status:           Running
Controlled By:    StatefulSet/ledger
Containers:
  ledger:
    Container ID:   containerd://{"ab" * 32}
    Image:          reg.example/ledger:4.1
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
      Started:      Sun, 02 Mar 2025 08:19:50 +0000
      Finished:     Sun, 02 Mar 2025 08:20:04 +0000
    Ready:          False
    Restart Count:  9
    Limits:
      memory:     256Mi
Conditions:
  Type              Status
  Initialized       True
  Ready             False
QoS Class:                   Burstable
"""
NODE_DESCRIBED = f"""\
Name:               {NODE}
Taints:             node.kubernetes.io/not-ready:NoSchedule
Unschedulable:      false
Conditions:
  Type             Status  LastHeartbeatTime                 LastTransitionTime                Reason                       Message
  ----             ------  -----------------                 ------------------                ------                       -------
  MemoryPressure   False   Sun, 02 Mar 2025 08:24:30 +0000   Wed, 01 Jan 2025 00:00:10 +0000   KubeletHasSufficientMemory   kubelet has sufficient memory available
  Ready            False   Sun, 02 Mar 2025 08:24:30 +0000   Sun, 02 Mar 2025 08:21:40 +0000   KubeletNotReady              {PLEG}
System Info:
  Kernel Version:             6.1.0-28-amd64
  OS Image:                   Debian GNU/Linux 12 (bookworm)
  Container Runtime Version:  containerd://1.7.22
  Kubelet Version:            v1.30.4
PodCIDR:                      10.80.7.0/24
"""  # noqa: E501 - as wide as kubectl prints it
EVENTS_TABLE = f"""\
NAMESPACE   LAST SEEN             TYPE      REASON                   OBJECT           MESSAGE
{NAMESPACE}     25s (x17 over 14m)    Warning   FailedCreatePodSandBox   pod/invoice-x2   {NO_SANDBOX}
"""
KUBELET_LOG = f"""\
Mar 02 08:21:40 {NODE} kubelet[911]: E0302 08:21:40.120481     911 kubelet.go:2424] "Skipping pod synchronization" err="{PLEG}"
Mar 02 08:24:00 {NODE} kubelet[911]: E0302 08:24:00.551200     911 pod_workers.go:1301] "Error syncing pod, skipping" \
err="failed to \\"CreatePodSandbox\\" for \\"invoice-x2_{NAMESPACE}({INVOICE_UID})\\"" pod="{NAMESPACE}/invoice-x2" podUID="{INVOICE_UID}"
"""
APP_LOG = "FATAL ledger: cannot allocate page cache\n"


def as_list(kind: str, *items: dict[str, Any]) -> dict[str, Any]:
    """What `kubectl get -o json` gives."""
    return {"apiVersion": "v1", "items": list(items), "kind": kind, "metadata": {"resourceVersion": ""}}


@dataclass(frozen=True)
class Incident:
    """The incident in its forms."""

    node: str = NODE
    namespace: str = NAMESPACE
    ledger_uid: str = LEDGER_UID
    sandbox: str = SANDBOX
    pleg: str = PLEG
    no_sandbox: str = NO_SANDBOX
    pods: tuple[dict[str, Any], ...] = field(default_factory=lambda: (ledger(), invoice()))
    nodes: tuple[dict[str, Any], ...] = field(default_factory=lambda: (node(),))
    events: tuple[dict[str, Any], ...] = field(default_factory=lambda: (event(),))
    pods_table: str = PODS_TABLE
    ledger_described: str = LEDGER_DESCRIBED
    node_described: str = NODE_DESCRIBED
    events_table: str = EVENTS_TABLE
    kubelet_log: str = KUBELET_LOG
    app_log: str = APP_LOG

    def json(self, kind: str, *items: dict[str, Any], indent: int | None = 4) -> bytes:
        """A list as kubectl writes it."""
        return json.dumps(as_list(kind, *items), indent=indent).encode()

    def yaml(self, kind: str, *items: dict[str, Any]) -> bytes:
        """The same as YAML, items not indented, as kubectl writes it."""
        return yaml.safe_dump(as_list(kind, *items), default_flow_style=False, width=80).encode()


@pytest.fixture
def incident() -> Incident:
    return Incident()
