"""What CRI and Docker say as JSON gives the rows that their tables give."""

import json
from typing import Any

from plegma.evidence.parse.objects import parse_objects
from plegma.model.observations import ATTRS, REF_KEYS, Event, Observation, State

ID = "7d" * 32
BOX = "5e" * 32
UID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
LABELS = {"io.kubernetes.pod.name": "cart-0", "io.kubernetes.pod.namespace": "shop9", "io.kubernetes.pod.uid": UID}


def seen(value: Any) -> tuple[Observation, ...]:
    (part,) = parse_objects("x", json.dumps(value, indent=2).encode()) or ()
    for o in part.observations:
        assert set(o.refs) <= set(REF_KEYS)
        if isinstance(o, State):
            assert set(o.attrs) <= set(ATTRS[o.kind])
    return part.observations


def row(value: Any) -> State:
    return next(o for o in seen(value) if isinstance(o, State))


SANDBOX = {"id": BOX, "metadata": {"name": "cart-0", "uid": UID, "namespace": "shop9", "attempt": 2}, "createdAt": "1740902400000000000"}


def test_a_sandbox_is_the_same_in_a_list_in_inspectp_and_in_a_dump() -> None:
    listed = row({"items": [SANDBOX | {"state": "SANDBOX_NOTREADY"}]})
    assert listed.attrs == {"state": "NotReady", "attempt": 2, "name": "cart-0"}
    assert listed.refs == {"namespace": "shop9", "pod": "cart-0", "pod_uid": UID, "sandbox_id": BOX, "attempt": "2"}
    inspected = row({"status": SANDBOX | {"createdAt": "2025-03-02T08:00:00Z", "state": "SANDBOX_NOTREADY"}, "info": {"pid": 0}})
    assert (inspected.attrs, inspected.refs) == (listed.attrs, listed.refs)
    assert inspected.at is not None
    assert listed.at is not None
    assert inspected.at.wall == listed.at.wall
    snake = {k.replace("createdAt", "created_at"): v for k, v in SANDBOX.items()}
    dumped = next(o for o in seen({"status": {}, "pods": [snake | {"state": "SANDBOX_NOTREADY"}], "containers": []}) if o.refs)
    assert isinstance(dumped, State)
    assert (dumped.attrs, dumped.refs) == (listed.attrs, listed.refs)


def test_a_state_that_protobuf_leaves_out_is_its_zero() -> None:
    assert row({"items": [SANDBOX]}).attrs["state"] == "Ready"
    container = {"id": ID, "podSandboxId": BOX, "metadata": {"name": "cart"}, "labels": LABELS}
    assert row({"containers": [container]}).attrs["state"] == "Created"


def test_a_container_tells_its_sandbox_its_exit_and_why() -> None:
    status = {
        "id": ID,
        "metadata": {"name": "cart", "attempt": 4},
        "state": "CONTAINER_EXITED",
        "createdAt": "2025-03-02T08:00:00Z",
        "finishedAt": "2025-03-02T08:00:09Z",
        "exitCode": 137,
        "reason": "OOMKilled",
        "message": "",
        "image": {"image": "reg.example/cart:1"},
        "labels": LABELS,
    }
    observations = seen({"status": status, "info": {"sandboxID": BOX, "pid": 0}})
    (container,) = (o for o in observations if isinstance(o, State))
    assert container.attrs["exit_code"] == 137
    assert container.refs["sandbox_id"] == BOX
    assert container.refs["container"] == "cart"
    (event,) = (o for o in observations if isinstance(o, Event))
    assert (event.component, event.reason) == ("status", "OOMKilled")


def test_a_runtime_that_is_not_ready_says_why() -> None:
    conditions = [
        {"type": "RuntimeReady", "status": True, "reason": "", "message": ""},
        {
            "type": "NetworkReady",
            "status": False,
            "reason": "NetworkPluginNotReady",
            "message": "Network plugin returns error: cni plugin not initialized",
        },
    ]
    info = {
        "status": {"conditions": conditions},
        "lastCNILoadStatus": "cni config load failed: no network config found",
        "config": {"sandboxImage": "p:3"},
    }
    observations = seen(info)
    assert [(s.attrs["type"], s.attrs["status"]) for s in observations if isinstance(s, State) and s.kind == "Condition"] == [
        ("RuntimeReady", "True"),
        ("NetworkReady", "False"),
    ]
    assert [(e.component, e.reason) for e in observations if isinstance(e, Event)] == [
        ("status", "NetworkPluginNotReady"),
        ("containerd", "lastCNILoadStatus"),
    ]
    assert {"file": "containerd", "key": "sandboxImage", "value": "p:3"} in [s.attrs for s in observations if isinstance(s, State)]


def test_configuration_that_is_text_inside_json_is_opened() -> None:
    config = {
        "status": {"conditions": [{"type": "RuntimeReady", "status": True}]},
        "info": {"config": json.dumps({"cni": {"maxConfNum": 1}})},
    }
    assert {"file": "containerd", "key": "cni.maxConfNum", "value": "1"} in [o.attrs for o in seen(config) if isinstance(o, State)]


def test_docker_names_and_labels_tell_sandboxes_from_containers() -> None:
    state = {
        "Status": "exited",
        "Running": False,
        "ExitCode": 128,
        "Error": "OCI runtime create failed: no such file",
        "FinishedAt": "2025-03-02T08:00:09Z",
    }
    name = f"/k8s_cart_cart-0_shop9_{UID}_3"
    container = {"Id": ID, "Name": name, "State": state, "Created": "2025-03-02T08:00:00.5Z", "Config": {"Image": "i", "Labels": None}}
    pause = {
        "Id": BOX,
        "Name": f"/k8s_POD_cart-0_shop9_{UID}_1",
        "State": {"Status": "running", "Running": True},
        "Created": "",
        "Config": {},
    }
    observations = seen([container, pause])
    first, second = (o for o in observations if isinstance(o, State))
    assert (first.kind, first.attrs["exit_code"], first.attrs["attempt"]) == ("RuntimeContainer", 128, 3)
    assert (second.kind, second.refs["sandbox_id"], second.attrs["state"]) == ("Sandbox", BOX, "Running")
    assert first.refs["pod_uid"] == second.refs["pod_uid"] == UID
    assert [e.message for e in observations if isinstance(e, Event)] == [state["Error"]]
    line = {"ID": ID[:12], "Names": name[1:], "Status": "Exited (128) 2 hours ago", "Image": "i", "Labels": "a=b"}
    listed = row(line)
    assert (listed.attrs["state"], listed.attrs["exit_code"], listed.refs["container"]) == ("Exited", 128, "cart")


def test_the_kubelet_s_live_configuration_is_rows() -> None:
    rows = [
        o.attrs
        for o in seen(
            {"kubeletconfig": {"cgroupDriver": "systemd", "evictionHard": {"memory.available": "100Mi"}, "clusterDNS": ["10.96.0.10"]}}
        )
        if isinstance(o, State)
    ]
    assert [(r["key"], r["value"]) for r in rows] == [
        ("cgroupDriver", "systemd"),
        ("evictionHard.memory.available", "100Mi"),
        ("clusterDNS", "10.96.0.10"),
    ]
