"""Objects as JSON, as YAML and as kubectl's own tables tell the same."""

import json
from typing import Any

import pytest
import yaml

from plegma.evidence.parse.documents import parse_text
from plegma.evidence.parse.objects import parse_objects, read_objects
from plegma.evidence.unreadable import Unreadable
from plegma.model.observations import ATTRS, REF_KEYS, Event, Observation, State


def seen(data: bytes | str) -> list[Observation]:
    raw = data.encode() if isinstance(data, str) else data
    return [o for part in parse_objects("x", raw) or () for o in part.observations]


def states(observations: list[Observation], kind: str, **refs: str) -> list[State]:
    return [o for o in observations if isinstance(o, State) and o.kind == kind and refs.items() <= dict(o.refs).items()]


def facts(observations: list[Observation]) -> list[tuple[object, ...]]:
    """Everything but where it was found."""
    return [
        (o.component, o.reason, o.message, o.at, o.first, o.count, dict(o.refs))
        if isinstance(o, Event)
        else (o.kind, dict(o.attrs), o.at, dict(o.refs))
        for o in observations
    ]


def text_of(data: str) -> list[Observation]:
    return [o for part in parse_text("t", data.encode()) for o in part.observations]


class TestForms:
    def test_json_yaml_and_one_line_json_give_the_same_observations(self, incident: Any) -> None:
        items = (*incident.pods, *incident.nodes, *incident.events)
        pretty = seen(incident.json("List", *items))
        assert len(pretty) > 10
        assert facts(pretty) == facts(seen(incident.yaml("List", *items))) == facts(seen(incident.json("List", *items, indent=None)))
        assert facts(pretty) == facts(seen(json.dumps(items)))
        documents = "\n---\n".join(yaml.safe_dump(item) for item in items)
        lines = "\n".join(json.dumps(item) for item in items)
        for data in (documents, lines):
            assert [f[:2] for f in facts(seen(data))] == [f[:2] for f in facts(pretty)]

    def test_items_without_a_kind_are_told_by_their_list_or_their_fields(self, incident: Any) -> None:
        bare = [{k: v for k, v in item.items() if k not in {"kind", "apiVersion"}} for item in incident.pods]
        whole = facts(seen(incident.json("List", *incident.pods)))
        assert facts(seen(json.dumps({"kind": "PodList", "apiVersion": "v1", "items": bare}))) == whole
        assert facts(seen(json.dumps(bare))) == whole

    def test_a_table_says_no_more_than_the_object_of_the_pod(self, incident: Any) -> None:
        objects = seen(incident.json("List", *incident.pods))
        for row in states(text_of(incident.pods_table), "Pod"):
            (same,) = states(objects, "Pod", pod=row.refs["pod"])
            assert row.refs.items() <= dict(same.refs).items()
            for key in ("status", "ready", "containers", "restarts"):
                assert row.attrs[key] == same.attrs[key]
            assert type(row.attrs["age"]) is type(same.attrs["age"]) is float

    def test_a_description_says_no_more_than_the_object_of_the_container(self, incident: Any) -> None:
        objects = seen(incident.json("List", *incident.pods))
        (described,) = states(text_of(incident.ledger_described), "Container")
        (same,) = states(objects, "Container", pod="ledger-0")
        timeless = {k: v for k, v in described.attrs.items() if k not in {"started", "finished"}}
        assert timeless.items() <= dict(same.attrs).items()
        assert described.refs.items() <= dict(same.refs).items()

    def test_statuses_speak_alike_in_descriptions_and_objects(self, incident: Any) -> None:
        def said(observations: list[Observation]) -> set[tuple[object, ...]]:
            events = (o for o in observations if isinstance(o, Event) and o.component == "status")
            return {
                (e.reason, e.message if e.reason == "KubeletNotReady" else "", e.at) for e in events if e.reason != "ContainersNotReady"
            }

        described = text_of(incident.ledger_described) + text_of(incident.node_described)
        assert said(described) == said(seen(incident.json("List", incident.pods[0], *incident.nodes)))

    def test_node_conditions_are_the_same_rows_in_descriptions_and_objects(self, incident: Any) -> None:
        described = states(text_of(incident.node_described), "Condition")
        same = states(seen(incident.yaml("List", *incident.nodes)), "Condition")
        assert [(dict(s.attrs), dict(s.refs)) for s in described] == [(dict(s.attrs), dict(s.refs)) for s in same]

    def test_an_event_is_the_same_series_in_a_table_and_as_an_object(self, incident: Any) -> None:
        (row,) = (o for o in text_of(incident.events_table) if isinstance(o, Event))
        (same,) = (o for o in seen(incident.json("List", *incident.events)) if isinstance(o, Event))
        assert (row.component, row.reason, row.message, row.count) == (same.component, same.reason, same.message, same.count)
        assert row.refs.items() <= dict(same.refs).items()
        assert same.refs["sandbox_id"] == incident.sandbox

    def test_only_known_attributes_and_references_are_set(self, incident: Any) -> None:
        for o in seen(incident.json("List", *incident.pods, *incident.nodes, *incident.events)):
            assert set(o.refs) <= set(REF_KEYS)
            if isinstance(o, State):
                assert set(o.attrs) <= set(ATTRS[o.kind])


class TestLines:
    @pytest.mark.parametrize("form", ["json", "yaml"])
    def test_the_line_that_is_shown_says_the_thing(self, incident: Any, form: str) -> None:
        data = getattr(incident, form)("List", *incident.pods, *incident.nodes, *incident.events)
        lines = data.decode().split("\n")
        for o in seen(data):
            if isinstance(o, Event) and o.message:
                assert "message" in lines[o.origin.line - 1]
            elif isinstance(o, Event):
                assert o.reason in lines[o.origin.line - 1]
            elif o.kind == "Pod":
                assert str(o.attrs["status"]) in lines[o.origin.line - 1]

    @pytest.mark.parametrize("form", ["json", "yaml"])
    def test_every_observation_points_into_its_own_object(self, incident: Any, form: str) -> None:
        data = getattr(incident, form)("List", *incident.pods)
        lines = data.decode().split("\n")
        second = max(n for n, line in enumerate(lines, 1) if "creationTimestamp" in line)
        for o in seen(data):
            assert (o.origin.line > second) == (o.refs["pod"] == "invoice-x2")

    def test_a_document_on_one_line_is_quoted_in_short(self, incident: Any) -> None:
        (event,) = (o for o in seen(incident.json("List", *incident.events, indent=None)) if isinstance(o, Event))
        assert event.origin.line == 1
        assert event.text == f"message: {incident.no_sandbox}"[:600]

    def test_lines_count_from_where_the_block_stands(self, incident: Any) -> None:
        data = incident.yaml("List", *incident.nodes)
        (here,), (there,) = parse_objects("x", data) or (), parse_objects("x", data, 100) or ()
        assert [o.origin.line + 99 for o in here.observations] == [o.origin.line for o in there.observations]
        assert there.first_line == 100


class TestStatus:
    """After the cases of printers_test.go in kubernetes/kubernetes."""

    def status(self, **changes: Any) -> State:
        pod: dict[str, Any] = {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "p"}, "spec": {"containers": [{"name": "a"}]}}
        pod["metadata"] |= changes.pop("metadata", {})
        pod["spec"] |= changes.pop("spec", {})
        return states(seen(json.dumps(pod | {"status": {"phase": "Running"} | changes})), "Pod")[0]

    def test_init_containers_count(self) -> None:
        init = [{"name": "one"}, {"name": "two"}]
        done = {"name": "one", "restartCount": 3, "state": {"terminated": {"exitCode": 0}}}
        waits = {"name": "two", "restartCount": 0, "state": {"waiting": {"reason": "PodInitializing"}}}
        row = self.status(spec={"initContainers": init}, phase="Pending", initContainerStatuses=[done, waits])
        assert row.attrs["status"] == "Init:1/2"
        crashed = {"name": "two", "state": {"waiting": {"reason": "CrashLoopBackOff"}}}
        assert self.status(spec={"initContainers": init}, initContainerStatuses=[done, crashed]).attrs["status"] == "Init:CrashLoopBackOff"
        ended = {"name": "one", "state": {"terminated": {"exitCode": 7}}}
        assert self.status(spec={"initContainers": init}, initContainerStatuses=[ended]).attrs["status"] == "Init:ExitCode:7"
        signalled = {"name": "one", "state": {"terminated": {"exitCode": 2, "signal": 9}}}
        assert self.status(spec={"initContainers": init}, initContainerStatuses=[signalled]).attrs["status"] == "Init:Signal:9"

    def test_a_sidecar_counts_as_a_container(self) -> None:
        sidecar = {"name": "mesh", "restartPolicy": "Always"}
        up = {"name": "mesh", "ready": True, "started": True, "restartCount": 2, "state": {"running": {}}}
        main = {"name": "a", "ready": True, "restartCount": 1, "state": {"running": {}}}
        row = self.status(spec={"initContainers": [sidecar]}, initContainerStatuses=[up], containerStatuses=[main])
        assert (row.attrs["ready"], row.attrs["containers"], row.attrs["restarts"]) == (2, 2, 3)

    def test_deletion_shows_as_terminating_unless_the_node_is_lost_or_the_pod_has_ended(self) -> None:
        gone = {"deletionTimestamp": "2025-03-02T09:00:00Z"}
        assert self.status(metadata=gone).attrs["status"] == "Terminating"
        assert self.status(metadata=gone, reason="NodeLost").attrs["status"] == "Unknown"
        assert self.status(metadata=gone, phase="Failed", reason="Evicted").attrs["status"] == "Evicted"

    def test_the_reason_of_a_refused_pod_is_its_status(self) -> None:
        assert self.status(phase="Failed", reason="NodeAffinity").attrs["status"] == "NodeAffinity"

    def test_a_completed_container_beside_a_running_one_does_not_make_the_pod_completed(self) -> None:
        done = {"name": "a", "state": {"terminated": {"exitCode": 0, "reason": "Completed"}}}
        up = {"name": "b", "ready": True, "state": {"running": {}}}
        assert self.status(containerStatuses=[done]).attrs["status"] == "Completed"
        assert self.status(containerStatuses=[done, up]).attrs["status"] == "NotReady"
        ready = [{"type": "Ready", "status": "True"}]
        assert self.status(containerStatuses=[done, up], conditions=ready).attrs["status"] == "Running"

    def test_a_gated_pod_says_so(self) -> None:
        gated = [{"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"}]
        assert self.status(phase="Pending", conditions=gated).attrs["status"] == "SchedulingGated"


class TestPieces:
    def test_a_pasted_status_is_read(self) -> None:
        text = "    status:\n      phase: Failed\n      reason: Evicted\n      message: 'The node had condition: [DiskPressure]. '\n"
        observations = seen(text)
        assert states(observations, "Pod")[0].attrs["status"] == "Evicted"
        assert [(o.message.strip(), o.origin.line) for o in observations if isinstance(o, Event)] == [
            ("The node had condition: [DiskPressure].", 4)
        ]

    def test_the_inside_of_a_status_is_read(self) -> None:
        inside = (
            "  containerStatuses:\n  - lastState:\n      terminated:\n        exitCode: 139\n        reason: Error\n"
            "    name: web\n    restartCount: 4\n    state:\n      waiting:\n        reason: CrashLoopBackOff\n  phase: Running\n"
        )
        observations = seen(inside)
        (container,) = states(observations, "Container")
        assert (container.attrs["last_exit_code"], container.attrs["reason"]) == (139, "CrashLoopBackOff")
        assert container.origin.line == 10
        assert states(observations, "Pod")[0].attrs["status"] == "CrashLoopBackOff"

    def test_one_container_state_is_read(self) -> None:
        (event,) = (
            o
            for o in seen('lastState:\n  terminated:\n    exitCode: 1\n    message: "panic: no config"\n    reason: Error\n')
            if isinstance(o, Event)
        )
        assert (event.reason, event.message) == ("Error", "panic: no config")

    def test_json_members_without_their_braces_are_read(self) -> None:
        text = '    "status": {\n        "phase": "Pending",\n        "reason": "UnexpectedAdmissionError"\n    }\n}\n'
        (pod,) = states(seen(text), "Pod")
        assert pod.attrs["status"] == "UnexpectedAdmissionError"
        assert pod.origin.line == 3

    def test_what_stands_before_a_cut_is_read(self, incident: Any) -> None:
        for form in ("json", "yaml"):
            data = getattr(incident, form)("List", *incident.pods)
            cut = data[: data.rindex(b"qosClass")]
            assert [s.refs["pod"] for s in states(seen(cut), "Pod")] == ["ledger-0", "invoice-x2"]

    def test_yaml_goes_on_after_a_broken_line(self, incident: Any) -> None:
        first, second = (yaml.safe_dump(pod) for pod in incident.pods)
        broken = f"{first}\n---\nkind: Pod\n  bad: [indent\n---\n{second}"
        assert [s.refs["pod"] for s in states(seen(broken), "Pod")] == ["ledger-0", "invoice-x2"]

    def test_an_elision_inside_is_stepped_over(self) -> None:
        text = "status:\n  phase: Pending\n  ...\n  reason: Unschedulable\n"
        assert states(seen(text), "Pod")[0].attrs["status"] == "Unschedulable"

    def test_a_watch_and_what_follows_an_object_do_not_disturb(self, incident: Any) -> None:
        watch = "\n".join(json.dumps({"type": "MODIFIED", "object": pod}) for pod in incident.pods)
        assert len(states(seen(watch), "Pod")) == 2
        assert len(states(seen(json.dumps(incident.pods[0], indent=2) + "\n$ exit\n"), "Pod")) == 1


class TestBounds:
    @pytest.mark.parametrize(
        "data",
        [
            "kind: Pod\nmetadata:\n" + "\n".join(" " * n + "a:" for n in range(1, 150)),
            '{"kind": "Pod", "a": ' + "[" * 20_000 + "]" * 20_000 + "}",
            "kind: Pod\na: " + "[" * 100_000,
            "kind: Pod\na:\n" + "- " * 50_000 + "x",
            "kind: Pod\na:\n" + "? " * 50_000 + "x",
            "kind: Pod\na: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
            "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n",
        ],
        ids=["deep yaml", "deep json", "deep flow", "marks in a row", "keys in a row", "billion laughs"],
    )
    def test_what_breaks_the_bounds_is_one_clear_message(self, data: str) -> None:
        found = read_objects("evil.yaml", data.encode())
        assert isinstance(found, Unreadable)
        assert "nested deeper" in found.why.en
        assert found.why.ja
        assert parse_objects("evil.yaml", data.encode()) is None

    def test_few_aliases_and_unknown_tags_are_plain_values(self) -> None:
        text = (
            "kind: Pod\napiVersion: v1\nmetadata: &m {name: !Sub p1, namespace: n}\n"
            "status: {phase: !!python/object:os.system Failed}\ncopy: *m\n"
        )
        (pod,) = states(seen(text), "Pod")
        assert (pod.refs["pod"], pod.attrs["status"]) == ("p1", "Failed")

    @pytest.mark.parametrize(
        "text",
        [
            '{"level":"info","ts":"2025-03-02T08:00:00Z","msg":"ready"}\n' * 5,
            "Name:         ledger-0\nNamespace:    billing\nStatus:       Running\n",
            "E0302 08:21:40.120481     911 kubelet.go:2424] message: nothing\n",
            "the status: it hangs\n",
            "",
            "[1, 2, 3]",
        ],
    )
    def test_other_texts_are_left_to_others(self, text: str) -> None:
        assert parse_objects("x", text.encode()) is None


class TestKinds:
    def one(self, kind: str, value: dict[str, Any]) -> State:
        return states(seen(json.dumps({"apiVersion": "v1", "metadata": {"name": "m", "namespace": "n"}} | value)), kind)[0]

    def test_workloads_say_what_is_wanted_and_what_is_there(self) -> None:
        status = {"desiredNumberScheduled": 5, "currentNumberScheduled": 5, "numberReady": 3}
        row = self.one("Workload", {"kind": "DaemonSet", "status": status})
        assert (row.attrs["desired"], row.attrs["ready"], row.attrs["available"]) == (5, 3, 0)
        assert row.refs == {"workload": "daemonset/m", "namespace": "n"}
        failed = {"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate", "message": "exceeded quota: team"}
        row = self.one("Workload", {"kind": "ReplicaSet", "spec": {"replicas": 2}, "status": {"replicas": 0, "conditions": [failed]}})
        assert (row.attrs["reason"], row.attrs["message"], row.attrs["ready"]) == ("FailedCreate", "exceeded quota: team", 0)

    def test_claims_volumes_and_attachments(self) -> None:
        claim = self.one(
            "Volume", {"kind": "PersistentVolumeClaim", "spec": {"accessModes": ["ReadWriteOnce"]}, "status": {"phase": "Pending"}}
        )
        assert (claim.attrs["phase"], claim.attrs["access_modes"], claim.attrs["claim"]) == ("Pending", "RWO", "n/m")
        value = {
            "kind": "VolumeAttachment",
            "spec": {"attacher": "x", "nodeName": "wk-7", "source": {"persistentVolumeName": "pvc-1"}},
            "status": {"attached": False, "attachError": {"message": "volume is in use by wk-3", "time": "2025-03-02T08:00:00Z"}},
        }
        observations = seen(json.dumps({"apiVersion": "storage.k8s.io/v1", "metadata": {"name": "csi-1"}} | value))
        assert states(observations, "Volume")[0].refs == {"volume": "pvc-1", "node": "wk-7"}
        assert [o.message for o in observations if isinstance(o, Event)] == ["volume is in use by wk-3"]

    @pytest.mark.parametrize(
        ("spec", "annotations", "told"),
        [
            ({}, {}, True),
            ({"storageClassName": ""}, {}, True),
            ({"storageClassName": "fast"}, {}, False),
            ({"volumeName": "ledger-disk"}, {}, False),
            ({}, {"volume.beta.kubernetes.io/storage-class": "fast"}, False),
        ],
    )
    def test_a_claim_that_names_neither_class_nor_volume_says_that(
        self, spec: dict[str, str], annotations: dict[str, str], told: bool
    ) -> None:
        meta = {"name": "m", "namespace": "n", "annotations": annotations}
        row = self.one("Volume", {"kind": "PersistentVolumeClaim", "metadata": meta, "spec": spec, "status": {"phase": "Pending"}})
        assert (row.attrs.get("storage_class") == "") is told

    def test_an_attachment_that_is_being_deleted_says_so(self) -> None:
        meta = {"name": "csi-1", "deletionTimestamp": "2025-03-02T08:00:00Z", "finalizers": ["external-attacher/x"]}
        value = {"kind": "VolumeAttachment", "metadata": meta, "spec": {"attacher": "x", "nodeName": "wk-7"}, "status": {"attached": True}}
        (row,) = states(seen(json.dumps({"apiVersion": "storage.k8s.io/v1"} | value)), "Volume")
        assert (row.attrs["phase"], row.attrs["reason"]) == ("Attached", "Terminating")

    def test_endpoints_show_only_what_is_ready(self) -> None:
        subsets = [{"addresses": [{"ip": "10.1.0.4"}], "notReadyAddresses": [{"ip": "10.1.0.5"}], "ports": [{"port": 80}]}]
        assert self.one("Service", {"kind": "Endpoints", "subsets": subsets}).attrs["endpoints"] == "10.1.0.4:80"
        assert self.one("Service", {"kind": "Endpoints"}).attrs["endpoints"] == "<none>"
        lock = {"annotations": {"control-plane.alpha.kubernetes.io/leader": "{}"}}
        assert seen(json.dumps({"kind": "Endpoints", "apiVersion": "v1", "metadata": {"name": "cart", **lock}})) == []
        slices = {"kind": "EndpointSlice", "endpoints": [{"addresses": ["10.1.0.5"], "conditions": {"ready": False}}]}
        assert self.one("Service", slices).attrs["endpoints"] == "<none>"

    def test_a_node_lease_belongs_to_its_node(self) -> None:
        lease = {"kind": "Lease", "metadata": {"name": "wk-7", "namespace": "kube-node-lease"}}
        row = self.one(
            "Lease", lease | {"spec": {"holderIdentity": "wk-7", "renewTime": "2025-03-02T08:00:00.123Z", "leaseDurationSeconds": 40}}
        )
        assert row.refs == {"node": "wk-7"}
        assert row.attrs["renewed"] == "2025-03-02T08:00:00.123Z"

    def test_both_event_apis_and_series_are_read(self) -> None:
        new = {
            "apiVersion": "events.k8s.io/v1",
            "kind": "Event",
            "eventTime": "2025-03-02T08:00:00.5Z",
            "note": "0/3 nodes are available: 3 Insufficient cpu.",
            "reason": "FailedScheduling",
            "regarding": {"kind": "Pod", "name": "p", "namespace": "n"},
            "reportingController": "default-scheduler",
            "reportingInstance": "default-scheduler-cp-1",
            "series": {"count": 12, "lastObservedTime": "2025-03-02T08:30:00.5Z"},
        }
        (event,) = (o for o in seen(json.dumps(new)) if isinstance(o, Event))
        assert (event.count, event.message, event.refs) == (12, new["note"], {"pod": "p", "namespace": "n"})
        assert event.first is not None
        assert event.at is not None
        assert (event.at.wall - event.first.wall).total_seconds() == 1800

    def test_an_answer_that_a_request_failed_is_what_kubectl_would_print(self) -> None:
        status = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": 'pods "cart-0" not found'}
        (event,) = (o for o in seen(json.dumps(status | {"reason": "NotFound", "code": 404})) if isinstance(o, Event))
        assert (event.component, event.reason, event.message) == ("shell", "NotFound", status["message"])

    def test_secrets_are_never_read(self) -> None:
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "data": {"password": "aHVudGVyMg=="}}
        assert seen(json.dumps(secret)) == []


def test_what_a_cni_plugin_prints_when_it_fails_reads_as_libcni_says_it() -> None:
    told = '{"cniVersion": "1.0.0", "code": 7, "msg": "invalid network config", "details": "missing field \\"bridge\\""}'
    (event,) = seen(told)
    assert isinstance(event, Event)
    assert (event.component, event.message) == ("cni", 'invalid network config; missing field "bridge"')
    assert not seen('{"code": 0, "msg": "success", "data": {"id": 4}}')


def test_what_a_clouds_api_answers_to_a_failed_request_is_an_event() -> None:
    (event,) = seen('{"error": {"code": "OperationNotAllowed", "message": "no more disks for this size", "target": "dataDisks"}}')
    assert isinstance(event, Event)
    assert (event.component, event.message) == ("shell", "OperationNotAllowed: no more disks for this size")
    assert not seen('{"error": {"code": 7}}')


@pytest.mark.parametrize(("grace", "held"), [(0, "foregroundDeletion"), (30, None)])
def test_a_deleted_pod_without_grace_is_held_by_its_finalizers(grace: int, held: str | None) -> None:
    meta = {
        "name": "p",
        "deletionTimestamp": "2024-03-05T09:00:00Z",
        "deletionGracePeriodSeconds": grace,
        "finalizers": ["foregroundDeletion"],
    }
    (row,) = states(seen(json.dumps({"apiVersion": "v1", "kind": "Pod", "metadata": meta, "status": {"phase": "Running"}})), "Pod")
    assert row.attrs.get("finalizers") == held


def test_conditions_of_a_namespace_are_trouble_when_they_hold() -> None:
    condition = {"lastTransitionTime": "2024-03-05T09:00:00Z", "message": "Some resources are remaining", "reason": "SomeResourcesRemain"}
    kept = condition | {"type": "NamespaceContentRemaining", "status": "True"}
    done = condition | {"type": "NamespaceDeletionContentFailure", "status": "False", "reason": "ContentDeleted"}
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}, "status": {"conditions": [kept, done]}}
    assert [o.reason for o in seen(json.dumps(namespace)) if isinstance(o, Event)] == ["SomeResourcesRemain"]


def test_the_status_of_a_namespace_alone_is_known_by_its_conditions() -> None:
    condition = "    - type: NamespaceDeletionDiscoveryFailure\n      status: 'True'\n      reason: DiscoveryFailed\n"
    text = f"status:\n  phase: Terminating\n  conditions:\n{condition}"
    assert [o.reason for o in seen(text) if isinstance(o, Event)] == ["DiscoveryFailed"]
    assert not states(seen(text), "Pod")


@pytest.mark.parametrize(
    ("kind", "address", "waits"), [("LoadBalancer", "", True), ("LoadBalancer", "192.0.2.7", False), ("ClusterIP", "", False)]
)
def test_a_load_balancer_without_an_address_is_pending_in_objects_and_tables(kind: str, address: str, waits: bool) -> None:
    ingress = {"ingress": [{"ip": address}]} if address else {}
    spec = {"type": kind, "clusterIP": "10.96.0.9", "ports": [{"port": 80, "protocol": "TCP"}]}
    service = {
        "apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"},
        "spec": spec, "status": {"loadBalancer": ingress},
    }  # fmt: skip
    shown = address or ("<pending>" if waits else "<none>")
    table = (
        "NAMESPACE   NAME   TYPE           CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE\n"
        f"shop        web    {kind:<14} 10.96.0.9    {shown:<13} 80:30453/TCP   13m\n"
    )
    for seen_in in (seen(json.dumps(service)), text_of(table)):
        (row,) = states(seen_in, "Service")
        assert row.attrs.get("external_ip") == ("<pending>" if waits else None)
