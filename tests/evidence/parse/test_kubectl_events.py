# ruff: noqa: E501 - the output of tools stands as they print it
"""Events in all the shapes that kubectl has given them."""

import pytest
from readings import events, kinds

from plegma.model.observations import Stamp

MODERN = """\
Events:
  Type     Reason      Age                  From           Message
  ----     ------      ----                 ----           -------
  Normal   Scheduled   4h3m                 default-scheduler  Successfully assigned billing/ledger-0 to wk-3
  Warning  FailedSync  8s (x12345 over 3d)  kubelet, wk-3  error determining status: rpc error: code = DeadlineExceeded
  Normal   Pulled      <invalid>            kubelet        Container image "ledger:1" already present on machine
"""


def test_a_series_has_its_count_and_both_ends_with_their_grain() -> None:
    event = events(MODERN)[1]
    assert (event.component, event.reason, event.count) == ("k8s-event", "FailedSync", 12345)
    assert event.at == Stamp(age=8.0, grain=1.0)
    assert event.first == Stamp(age=259200.0, grain=86400.0)
    assert event.refs["node"] == "wk-3"


def test_all_events_of_one_description_speak_of_the_pod_that_one_of_them_names() -> None:
    assert {(event.refs["namespace"], event.refs["pod"]) for event in events(MODERN)} == {("billing", "ledger-0")}


def test_an_age_that_kubectl_could_not_tell_is_none() -> None:
    assert events(MODERN)[2].at is None
    assert events(MODERN)[2].refs["image"] == "ledger:1"


def test_a_message_on_several_lines_is_one_event() -> None:
    text = MODERN + (
        '  Warning  FailedMount  16s (x8 over 80s)  kubelet  MountVolume.SetUp failed for volume "data" : mount failed: exit status 32\n'
        "Mounting command: systemd-run\n"
        "Output: Running scope as unit run-1.scope.\n"
        "mount.nfs: Connection timed out\n"
        "  Normal  Pulled  5s  kubelet  ok\n"
    )
    event = events(text)[3]
    assert event.message.endswith(
        "exit status 32 Mounting command: systemd-run Output: Running scope as unit run-1.scope. mount.nfs: Connection timed out"
    )
    assert event.text.endswith("mount.nfs: Connection timed out")
    assert event.refs["volume"] == "data"
    assert len(events(text)) == 5


def test_rows_of_1_5_with_first_and_last_seen() -> None:
    text = (
        "  FirstSeen\tLastSeen\tCount\tFrom\t\tSubObjectPath\tType\tReason\tMessage\n"
        "  ---------\t--------\t-----\t----\t\t-------------\t--------\t------\t-------\n"
        "  1d\t\t40m\t\t894\t{kubelet wk-3}\tspec.containers{ledger}\tWarning\t\tBackOff\tBack-off restarting failed docker container\n"
    )
    (event,) = events(text)
    assert (event.reason, event.count) == ("BackOff", 894)
    assert dict(event.refs) == {"node": "wk-3", "container": "ledger"}
    assert event.first == Stamp(age=86400.0, grain=86400.0)


def test_get_events_with_header_namespaces_and_an_object() -> None:
    text = (
        "NAMESPACE   LAST SEEN   TYPE      REASON    OBJECT         MESSAGE\n"
        "billing     37s         Warning   Failed    pod/ledger-0   Error: ErrImagePull\n"
        "default     2m          Normal    NodeNotReady   node/wk-3   Node wk-3 status is now: NodeNotReady\n"
        "billing     75s         Normal    ScalingReplicaSet   deployment/api   Scaled up replica set api-7 to 1\n"
    )
    pod, node, workload = events(text)
    assert dict(pod.refs) == {"namespace": "billing", "pod": "ledger-0"}
    assert node.refs["node"] == "wk-3"
    assert workload.refs["workload"] == "deployment/api"


def test_get_events_of_1_10_with_an_empty_column() -> None:
    text = (
        "LAST SEEN   FIRST SEEN   COUNT     NAME                        KIND      SUBOBJECT                 TYPE      REASON    SOURCE          MESSAGE\n"
        "2m          9m           14        ledger-0.15a1b2c3d4e5f607   Pod                                 Warning   FailedSync   kubelet, wk-3   error determining status\n"
    )
    (event,) = events(text)
    assert (event.reason, event.count, event.message) == ("FailedSync", 14, "error determining status")
    assert (event.refs["pod"], event.refs["node"]) == ("ledger-0", "wk-3")


def test_custom_columns_with_absolute_times() -> None:
    text = "TIME                   REASON      MSG\n<nil>                  Scheduled   Successfully assigned billing/ledger-0 to wk-3\n2024-03-05T08:11:02Z   Unhealthy   Liveness probe failed: x\n"
    first, second = events(text)
    assert first.at is None
    assert second.at is not None
    assert second.at.offset == 0


def test_a_row_that_was_wrapped_at_the_width_of_the_terminal_loses_no_letter_and_gains_no_space() -> None:
    row = "59m         Warning   FailedCreatePodSandBox   pod/ledger-0   Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox"
    wrapped = "\n".join(row[start : start + 70] for start in range(0, len(row), 70))
    text = "LAST SEEN   TYPE      REASON                   OBJECT         MESSAGE\n" + wrapped + "\n"
    (event,) = events(text)
    assert event.message == row.partition("pod/ledger-0   ")[2]


def test_the_event_page_of_openshift() -> None:
    text = '3:05:26 PM  Warning  Back off   Back-off pulling image "ledger:2"\n4 times in the last minute\n'
    (event,) = events(text)
    assert (event.reason, event.count, event.refs["image"]) == ("BackOff", 4, "ledger:2")


def test_a_person_who_tells_something_below_the_events_is_not_part_of_the_last_one() -> None:
    text = MODERN + "So this is what the scheduler did after the upgrade, and then it stopped.\n"
    assert events(text)[2].message.endswith("on machine")
    assert kinds(text) == ["kubectl-events", "prose"]


def test_rows_that_lost_their_gaps_keep_source_and_message_apart() -> None:
    text = 'Warning FailedMount 16s (x8 over 80s) kubelet, wk-3 MountVolume.SetUp failed for volume "data"\n'
    (event,) = events(text)
    assert (event.reason, event.refs["node"], event.message) == ("FailedMount", "wk-3", 'MountVolume.SetUp failed for volume "data"')


KLOG = 'E0102 09:36:40.433340       1 main.go:359] Error registering network: failed to acquire lease: node "wk-3" pod cidr not assigned'


@pytest.mark.parametrize(
    "line",
    [
        KLOG,
        f"Jan 02 09:36:40 wk-3 kubelet[22]: {KLOG}",
        'time="2023-02-03T02:08:24.656Z" level=error msg="no network"',
        "[  514.220911] nfs: server 10.0.0.9 not responding, still trying",
        'FATA[0002] removing the pod sandbox "77aa" failed: rpc error: code = Unknown desc = no network',
        '{"level":"warn","ts":"2024-01-10T20:46:28.541Z","caller":"ipamd/rpc_handler.go:230","msg":"no available IP/Prefix addresses"}',
    ],
)
@pytest.mark.parametrize(
    "table", [MODERN, "LAST SEEN   TYPE      REASON   OBJECT   MESSAGE\n3m   Warning   Failed   pod/a   Error: ErrImagePull\n"]
)
def test_a_log_right_below_the_events_is_not_the_rest_of_the_last_one(table: str, line: str) -> None:
    before, found = events(table), events(f"{table}{line}\n")
    assert [event.message for event in found[:-1]] == [event.message for event in before]
    assert found[-1].component != "k8s-event"


def test_a_row_without_its_type_is_known_by_its_series() -> None:
    (event,) = events("SandboxChanged  4m31s (x3 over 4m50s)   kubelet            Pod sandbox changed, it will be killed and re-created.\n")
    assert (event.reason, event.count, event.message) == ("SandboxChanged", 3, "Pod sandbox changed, it will be killed and re-created.")


def test_the_events_of_kubernetes_1_1_have_no_type() -> None:
    text = (
        "Events:\n  FirstSeen\tLastSeen\tCount\tFrom\t\tSubobjectPath\tReason\tMessage\n"
        "  3h\t\t8s\t\t611\t{kubelet wk-3}\t\tFailedSync\tError syncing pod, skipping: no network\n"
        "  3h\t\t3h\t\t1\t{kubelet wk-3}\timplicitly required container POD\tPulled\tContainer image already present\n"
    )
    assert [(e.reason, e.message, e.count, e.refs["node"]) for e in events(text)] == [
        ("FailedSync", "Error syncing pod, skipping: no network", 611, "wk-3"),
        ("Pulled", "Container image already present", 1, "wk-3"),
    ]
    assert [e.reason for e in events("  3h  8s  611  {kubelet wk-3}  said so\n")] == [""]
