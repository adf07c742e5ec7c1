# ruff: noqa: E501, W291 - the output of tools stands as they print it
"""`kubectl describe` whole, several in one, cut, old and new."""

from datetime import datetime

import pytest
from readings import events, kinds, observations, parts, states

from plegma.evidence.parse.documents import parse_text
from plegma.model.observations import Event, Stamp

POD = """\
Name:             ledger-0
Namespace:        billing
Priority:         0
Service Account:  default
Node:             wk-3/10.0.0.3
Start Time:       Tue, 05 Mar 2024 08:00:00 +0000
Labels:           app=ledger
                  tier=back
Annotations:      <none>
Status:           Running
IP:               10.80.7.3
IPs:
  IP:           10.80.7.3
Controlled By:  StatefulSet/ledger
Init Containers:
  migrate:
    Container ID:  containerd://aaaa0000bbbb1111cccc2222dddd3333eeee4444ffff5555aaaa6666bbbb7777
    Image:         reg.example/migrate:2
    State:          Terminated
      Reason:       Completed
      Exit Code:    0
      Started:      Tue, 05 Mar 2024 08:00:01 +0000
      Finished:     Tue, 05 Mar 2024 08:00:02 +0000
    Ready:          True
    Restart Count:  0
Containers:
  ledger:
    Container ID:  containerd://4f6d0c2b9a8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a392817060504
    Image:         reg.example/ledger:4
    Port:          8080/TCP
    Command:
      /bin/ledger
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       Error
      Message:      cannot open /data/ledger.db
first line of more

second line of more
      Exit Code:    1
      Started:      Tue, 05 Mar 2024 17:10:00 +0900
      Finished:     Tue, 05 Mar 2024 17:10:05 +0900
    Ready:          False
    Restart Count:  7
    Limits:
      cpu:     100m
      memory:  64Mi
    Requests:
      memory:     32Mi
    Environment:
      STATE:  open
    Mounts:
      /data from data (rw)
Conditions:
  Type              Status
  Initialized       True 
  Ready             False 
Volumes:
  data:
    Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
    ClaimName:  data-ledger-0
QoS Class:       Burstable
Node-Selectors:  <none>
Tolerations:     node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
Events:
  Type     Reason   Age                From     Message
  ----     ------   ----               ----     -------
  Warning  BackOff  4s (x9 over 9m1s)  kubelet  Back-off restarting failed container ledger in pod ledger-0_billing(5b0c6a9e-6b1f-4c7e-9f52-0f9f4f1f7a11)
"""


def test_a_pod_has_the_columns_that_get_pods_would_show() -> None:
    (pod,) = states(POD, "Pod")
    assert dict(pod.attrs) == {
        "status": "CrashLoopBackOff",
        "phase": "Running",
        "ready": 0,
        "containers": 1,
        "restarts": 7,
        "owner": "StatefulSet/ledger",
        "qos": "Burstable",
    }
    assert dict(pod.refs) == {"namespace": "billing", "pod": "ledger-0", "node": "wk-3", "pod_uid": "5b0c6a9e-6b1f-4c7e-9f52-0f9f4f1f7a11"}


def test_each_container_is_a_state_with_both_its_states() -> None:
    migrate, ledger = states(POD, "Container")
    assert (migrate.refs["container"], migrate.attrs["init"], migrate.attrs["exit_code"]) == ("migrate", True, 0)
    assert ledger.attrs["state"] == "Waiting"
    assert ledger.attrs["last_reason"] == "Error"
    assert ledger.attrs["last_exit_code"] == 1
    assert ledger.attrs["restarts"] == 7
    assert ledger.attrs["ready"] is False
    assert ledger.attrs["memory_limit"] == "64Mi"
    assert "finished" not in ledger.attrs
    assert str(ledger.refs["container_id"]).startswith("4f6d0c2b")


def test_a_state_that_says_something_is_an_event_at_the_time_when_it_ended() -> None:
    died = next(event for event in events(POD, "status") if event.reason == "Error")
    assert died.at == Stamp(wall=datetime(2024, 3, 5, 17, 10, 5), offset=32400, grain=1.0)
    assert died.refs["container"] == "ledger"


def test_a_termination_message_with_blank_lines_is_whole() -> None:
    died = next(event for event in events(POD, "status") if event.reason == "Error")
    assert died.message == "cannot open /data/ledger.db first line of more  second line of more"


def test_all_lines_of_a_whole_description_are_understood() -> None:
    (part,) = parts(POD)
    assert part.kind == "kubectl-describe-pod"
    assert part.understood + part.blank == part.lines
    assert part.blank == 1


def test_several_pods_in_one_are_told_apart() -> None:
    second = POD.replace("ledger-0", "ledger-1").replace("CrashLoopBackOff", "ImagePullBackOff")
    pods = states(POD + "\n\n" + second, "Pod")
    assert [(pod.refs["pod"], pod.attrs["status"]) for pod in pods] == [("ledger-0", "CrashLoopBackOff"), ("ledger-1", "ImagePullBackOff")]


def test_a_description_that_was_cut_above_takes_the_pod_from_its_command() -> None:
    text = (
        "$ kubectl -n billing describe pod ledger-0\n(略)\n    State:          Waiting\n      Reason:       CrashLoopBackOff\n"
        "    Last State:     Terminated\n      Reason:       OOMKilled\n      Exit Code:    137\n(中略)\nEvents:\n"
        "  Type     Reason   Age   From           Message\n  ----     ------   ----  ----           -------\n"
        "  Warning  BackOff  4s    kubelet, wk-3  Back-off restarting failed container\n"
    )
    (container,) = states(text, "Container")
    assert container.attrs["last_exit_code"] == 137
    assert dict(container.refs) == {"namespace": "billing", "pod": "ledger-0"}
    assert dict(events(text, "k8s-event")[0].refs) == {"namespace": "billing", "pod": "ledger-0", "node": "wk-3"}


def test_a_description_that_lost_its_indents_keeps_reason_and_state_together() -> None:
    text = "State: Waiting\nReason: CrashLoopBackOff\nLast State: Terminated\nReason: Error\nExit Code: 2\nRestart Count: 9\n"
    (container,) = states(text, "Container")
    assert (container.attrs["reason"], container.attrs["last_reason"], container.attrs["last_exit_code"]) == (
        "CrashLoopBackOff",
        "Error",
        2,
    )


def test_a_pod_that_the_kubelet_refused() -> None:
    text = "Name:         ledger-0\nNamespace:    billing\nStatus:       Failed\nReason:       Evicted\nMessage:      The node was low on resource: memory.\n"
    (pod,) = states(text, "Pod")
    assert (pod.attrs["status"], pod.attrs["phase"]) == ("Evicted", "Failed")
    (said,) = events(text, "status")
    assert (said.reason, said.message) == ("Evicted", "The node was low on resource: memory.")


def test_a_pod_that_is_being_deleted() -> None:
    (pod,) = states("Name:         ledger-0\nNamespace:    billing\nStatus:       Terminating (lasts 3m9s)\n", "Pod")
    assert (pod.attrs["status"], pod.attrs["deletion"]) == ("Terminating", "lasts 3m9s")


def test_init_containers_give_the_status_that_kubectl_computes() -> None:
    text = POD.replace(
        "Terminated\n      Reason:       Completed\n      Exit Code:    0", "Terminated\n      Reason:       Error\n      Exit Code:    3"
    )
    assert states(text, "Pod")[0].attrs["status"] == "Init:Error"


NODE = """\
Name:               wk-3
Roles:              <none>
Labels:             kubernetes.io/os=linux
CreationTimestamp:  Mon, 04 Mar 2024 08:00:00 +0000
Taints:             node.kubernetes.io/not-ready:NoExecute
                    node.kubernetes.io/not-ready:NoSchedule
Unschedulable:      true
Lease:
  HolderIdentity:  wk-3
  AcquireTime:     <unset>
  RenewTime:       Tue, 05 Mar 2024 08:12:01 +0000
Conditions:
  Type             Status    LastHeartbeatTime                 LastTransitionTime                Reason                       Message
  ----             ------    -----------------                 ------------------                ------                       -------
  MemoryPressure   False     Tue, 05 Mar 2024 08:11:58 +0000   Mon, 04 Mar 2024 08:00:00 +0000   KubeletHasSufficientMemory   kubelet has sufficient memory available
  Ready            False     Tue, 05 Mar 2024 08:11:58 +0000   Tue, 05 Mar 2024 08:05:00 +0000   KubeletNotReady              PLEG is not healthy: pleg was last seen active 4m2s ago; threshold is 3m0s
Addresses:
  InternalIP:  10.0.0.3
Capacity:
  cpu:     2
System Info:
  Kernel Version:             5.10.0
  OS Image:                   Debian GNU/Linux 11 (bullseye)
  Container Runtime Version:  docker://19.3.1
  Kubelet Version:            v1.18.2
PodCIDR:                      10.80.7.0/24
Non-terminated Pods:          (1 in total)
  Namespace                   Name                        CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age
  ---------                   ----                        ------------  ----------  ---------------  -------------  ---
  billing                     ledger-0                    0 (0%)        0 (0%)      0 (0%)           0 (0%)         74s
Allocated resources:
  (Total limits may be over 100 percent, i.e., overcommitted.)
  Resource           Requests   Limits
  --------           --------   ------
  cpu                45m (2%)   0 (0%)
Events:              <none>
"""


def test_a_node_with_its_conditions_lease_and_taints() -> None:
    (node,) = states(NODE, "Node")
    assert dict(node.attrs) == {
        "status": "NotReady,SchedulingDisabled",
        "ready": "False",
        "version": "v1.18.2",
        "runtime": "docker://19.3.1",
        "kernel": "5.10.0",
        "os": "Debian GNU/Linux 11 (bullseye)",
        "unschedulable": True,
        "taints": "node.kubernetes.io/not-ready:NoExecute,node.kubernetes.io/not-ready:NoSchedule",
        "pod_cidr": "10.80.7.0/24",
    }
    (lease,) = states(NODE, "Lease")
    assert dict(lease.attrs) == {"holder": "wk-3", "renewed": "2024-03-05T08:12:01Z"}
    ready = states(NODE, "Condition")[1]
    assert (ready.attrs["type"], ready.attrs["status"], ready.attrs["reason"]) == ("Ready", "False", "KubeletNotReady")


def test_a_condition_is_an_event_at_its_last_transition() -> None:
    said = events(NODE, "status")[1]
    assert said.message.startswith("PLEG is not healthy")
    assert said.at == Stamp(wall=datetime(2024, 3, 5, 8, 5), offset=0, grain=1.0)
    assert dict(said.refs) == {"node": "wk-3"}


def test_the_latest_heartbeat_or_renewal_tells_when_the_output_was_taken() -> None:
    (part,) = parts(NODE)
    assert part.hints.taken == Stamp(wall=datetime(2024, 3, 5, 8, 12, 1), offset=0, grain=1.0)
    assert part.hints.zone == 0


def test_the_node_is_named_by_its_kubelets_events_rather_than_by_what_was_typed() -> None:
    text = (
        "# kubectl describe node node\nConditions:\n"
        "  Type    Status  LastHeartbeatTime                 LastTransitionTime                Reason         Message\n"
        "  ----    ------  -----------------                 ------------------                ------         -------\n"
        "  Ready   True    Tue, 05 Mar 2024 08:11:58 +0000   Tue, 05 Mar 2024 08:05:00 +0000   KubeletReady   kubelet is posting ready status\n"
        "(略)\nEvents:\n  Type    Reason        Age                   From           Message\n  ----    ------        ----                  ----           -------\n"
        "  Normal  NodeNotReady  4m15s (x12 over 24d)  kubelet, wk-3  Node wk-3 status is now: NodeNotReady\n"
    )
    assert {seen.refs["node"] for seen in observations(text)} == {"wk-3"}


def test_a_condition_that_was_wrapped_is_one_row() -> None:
    text = (
        "MemoryPressure \tTrue \tWed, 13 Sep 2017 12:54:10 +0800 \tWed, 13 Sep 2017 11:54:03 +0800 \tKubeletHasInsufficientM\n"
        "emory \tkubelet has insufficient memory available\n"
    )
    (condition,) = states(text, "Condition")
    assert condition.attrs["reason"] == "KubeletHasInsufficientMemory"
    assert kinds(text) == ["kubectl-describe-node"]


def test_a_workload_with_its_counts_conditions_and_events() -> None:
    text = (
        "Name:                   api\nNamespace:              billing\nSelector:               app=api\n"
        "Replicas:               3 desired | 1 updated | 3 total | 2 available | 1 unavailable\nStrategyType:           RollingUpdate\n"
        "Conditions:\n  Type           Status  Reason\n  ----           ------  ------\n  Available      True    MinimumReplicasAvailable\n"
        "  Progressing    False   ProgressDeadlineExceeded\nOldReplicaSets:  <none>\nNewReplicaSet:   api-7 (1/1 replicas created)\n"
        "Events:\n  Type     Reason        Age  From                   Message\n  ----     ------        ---- ----                   -------\n"
        "  Warning  FailedCreate  13s  replicaset-controller  Error creating: pods is forbidden: exceeded quota: q\n"
    )
    (workload,) = states(text, "Workload")
    assert dict(workload.attrs) == {
        "kind": "Deployment", "desired": 3, "updated": 1, "current": 3, "available": 2, "reason": "ProgressDeadlineExceeded",
    }  # fmt: skip
    assert workload.refs["workload"] == "deployment/api"
    assert [event.reason for event in events(text, "status")] == ["ProgressDeadlineExceeded"]
    assert events(text, "k8s-event")[0].refs["workload"] == "deployment/api"


def test_a_claims_condition_has_two_times_and_may_have_no_reason() -> None:
    head = "Name:          data-0\nNamespace:     billing\nStorageClass:  fast\nConditions:\n  Type  Status  LastProbeTime  LastTransitionTime  Reason  Message\n"
    times = "Mon, 01 Jan 0001 00:00:00 +0000   Tue, 05 Mar 2024 08:00:00 +0000"
    waits = f"{head}  FileSystemResizePending   True    {times}           Waiting for user to (re-)start a pod to finish file system resize of volume on node.\n"
    (event,) = events(waits, "status")
    assert (event.reason, event.message[:16]) == ("FileSystemResizePending", "Waiting for user")
    (event,) = events(f"{head}  NodeResizeError   True    {times}   Refused  too often\n", "status")
    assert (event.reason, event.message) == ("Refused", "too often")
    assert not events(f"{head}  Resizing   True    {times}\n", "status")


def test_a_claim_that_waits() -> None:
    text = "Name:          data-ledger-0\nNamespace:     billing\nStorageClass:  fast\nStatus:        Pending\nVolume:        \nUsed By:       ledger-0\n"
    (claim,) = states(text, "Volume")
    assert dict(claim.attrs) == {
        "kind": "PersistentVolumeClaim",
        "phase": "Pending",
        "storage_class": "fast",
        "claim": "billing/data-ledger-0",
    }


@pytest.mark.parametrize(("cls", "volume", "told"), [("", "", True), ("fast", "", False), ("", "ledger-disk", False)])
def test_a_claim_that_names_neither_class_nor_volume_says_that(cls: str, volume: str, told: bool) -> None:
    text = f"Name:          data-ledger-0\nNamespace:     billing\nStorageClass:  {cls}\nStatus:        Pending\nVolume:        {volume}\nUsed By:       ledger-0\n"
    (claim,) = states(text, "Volume")
    assert (claim.attrs.get("storage_class") == "") is told


ATTACHMENT = """\
$ kubectl describe volumeattachments.storage.k8s.io csi-5c77
Name:         csi-5c77
Namespace:
Labels:       <none>
API Version:  storage.k8s.io/v1
Kind:         VolumeAttachment
Metadata:
  Creation Timestamp:             2024-03-05T08:00:00Z
  Deletion Grace Period Seconds:  0
  Deletion Timestamp:             2024-03-05T09:00:00Z
  Finalizers:
    external-attacher/disk-lab-example
Spec:
  Attacher:   disk.lab.example
  Node Name:  wk-3
  Source:
    Persistent Volume Name:  pvc-5c
Status:
  Attached:  true
Events:      <none>
"""


def test_an_attachment_that_is_being_deleted() -> None:
    (row,) = states(ATTACHMENT, "Volume")
    assert row.attrs == {"kind": "VolumeAttachment", "phase": "Attached", "reason": "Terminating"}
    assert row.refs["volume"] == "pvc-5c"
    assert row.refs["node"] == "wk-3"


def test_an_attachment_that_was_cut_and_stays_is_only_attached() -> None:
    kept = "\n".join(line for line in ATTACHMENT.splitlines()[1:] if "Deletion" not in line)
    (row,) = states(kept, "Volume")
    assert row.attrs == {"kind": "VolumeAttachment", "phase": "Attached"}


NAMESPACE = """\
Name:         shop
Labels:       kubernetes.io/metadata.name=shop
Annotations:  <none>
Status:       Terminating
Conditions:
  Type                                         Status  LastTransitionTime               Reason                Message
  ----                                         ------  ------------------               ------                -------
  NamespaceDeletionDiscoveryFailure            True    Tue, 05 Mar 2024 09:00:00 +0000  DiscoveryFailed       Discovery failed for some groups, 1 failing
  NamespaceDeletionGroupVersionParsingFailure  False   Tue, 05 Mar 2024 09:00:00 +0000  ParsedGroupVersions   All legacy kube types successfully parsed

No resource quota.
"""


def test_a_namespace_tells_what_keeps_it() -> None:
    (event,) = events(NAMESPACE)
    assert (event.reason, event.message) == ("DiscoveryFailed", "Discovery failed for some groups, 1 failing")
    assert not states(NAMESPACE, "Pod")


@pytest.mark.parametrize(("shown", "told"), [("", ""), ("<none>", "<none>"), ("10.1.0.4:80", "10.1.0.4:80")])
def test_a_service_whose_pods_are_not_ready_has_blank_endpoints(shown: str, told: str) -> None:
    text = f"Name:              cart\nNamespace:         shop\nSelector:          app=cart\nType:              ClusterIP\nEndpoints:         {shown}\nSession Affinity:  None\n"
    (row,) = states(text, "Service")
    assert row.attrs["endpoints"] == told


def test_a_namespace_that_was_emptied_tells_nothing() -> None:
    assert not events(NAMESPACE.replace(" True ", " False"))


def test_a_line_that_nothing_explains_is_missed_and_the_description_goes_on() -> None:
    text = POD.replace("QoS Class:", "??? strange\nQoS Class:")
    (part,) = parts(text)
    assert len(part.missed) == 1
    assert part.understood + part.blank + 1 == part.lines


def test_a_single_message_line_is_a_status() -> None:
    (said,) = observations("Message:          Pod was rejected: Allocate failed due to no healthy devices present\n")[1:]
    assert isinstance(said, Event)
    assert said.component == "status"


def test_a_single_condition_in_the_kubelets_words_is_the_nodes() -> None:
    line = "Ready  False  Mon, 02 Jan 2023 05:34:34 -0500  Mon, 02 Jan 2023 05:03:03 -0500  KubeletNotReady  container runtime is down\n"
    assert [event.message for event in events(line, "status")] == ["container runtime is down"]


def test_a_condition_whose_message_has_a_colon_goes_on_over_the_edge_of_the_terminal() -> None:
    row = "  {:<16} False   Fri, 25 Oct 2019 17:19:21 +0700   Fri, 25 Oct 2019 17:05:17 +0700   {:<27} {}"
    rows = (
        row.format("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        row.format(
            "Ready",
            "KubeletNotReady",
            "network not ready: NetworkReady=false reason:NetworkPluginNotReady message:cni config uninitialized",
        ),
    )
    cut = "".join(f"{line[at : at + 100]}\n" for line in rows for at in range(0, len(line), 100))
    (ready,) = (state for state in states(f"Conditions:\n{cut}", "Condition") if state.attrs["type"] == "Ready")
    assert ready.attrs["reason"] == "KubeletNotReady"
    assert str(ready.attrs["message"]).endswith("cni config uninitialized")


def test_what_a_grep_left_of_a_state_is_still_that_state() -> None:
    (container,) = states("      Reason:       OOMKilled\n      Exit Code:    137\n", "Container")
    assert (container.attrs["last_reason"], container.attrs["last_exit_code"]) == ("OOMKilled", 137)


def collapsed(text: str) -> str:
    """As a web page leaves it that gives only words: no indents, one space between cells."""
    return "".join(" ".join(line.split()) + "\n" for line in text.splitlines())


def test_a_description_that_lost_its_indents_and_gaps_tells_the_same() -> None:
    whole, plain = states(POD, "Container"), states(collapsed(POD), "Container")
    assert [dict(container.attrs) for container in plain] == [dict(container.attrs) for container in whole]
    assert [dict(container.refs) for container in plain] == [dict(container.refs) for container in whole]
    assert states(collapsed(POD), "Pod")[0].attrs["status"] == "CrashLoopBackOff"
    assert [event.message for event in events(collapsed(POD), "k8s-event")] == [event.message for event in events(POD, "k8s-event")]


def test_a_nodes_description_that_lost_its_indents_and_gaps_tells_the_same() -> None:
    plain, whole = states(collapsed(NODE), "Condition"), states(NODE, "Condition")
    assert [dict(condition.attrs) for condition in plain] == [dict(condition.attrs) for condition in whole]
    assert states(collapsed(NODE), "Node")[0].attrs["status"] == "NotReady,SchedulingDisabled"


def test_the_starts_of_a_pod_tell_the_zone_that_its_describer_is_in() -> None:
    started = "Start Time:   Wed, 03 Apr 2024 16:02:26 +0900\n"
    told = f"Name:         ledger-0\nNamespace:    billing\n{started}Status:       Running\nQoS Class:    Burstable\n"
    assert [part.hints.zone for part in parse_text("pod.txt", told.encode())] == [32400]
    assert all(part.hints.zone is None for part in parse_text("pod.txt", told.replace(" +0900", "").encode()))
