# ruff: noqa: E501 - the output of tools stands as they print it
"""Log lines in all their carriers."""

from datetime import date, datetime

import pytest
from readings import events, kinds, parts

from plegma.evidence.parse.log_lines import line_event
from plegma.model.observations import Stamp

SANDBOX = "4f6d0c2b9a8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a392817060504"
UID = "5b0c6a9e-6b1f-4c7e-9f52-0f9f4f1f7a11"
KLOG = f'E0305 17:11:02.223344     900 pod_workers.go:190] Error syncing pod {UID} ("ledger-0_billing({UID})"), skipping: boom'


def test_a_klog_head_glued_to_the_time_of_a_web_page_is_read() -> None:
    (event,) = events("3/5/2024 8:11:02 AME0305 17:11:02.223344     900 pod_workers.go:190] Error syncing pod, skipping: boom\n")
    assert (event.component, event.message) == ("kubelet", "Error syncing pod, skipping: boom")
    (other,) = events("3/5/2024 8:11:02 AME0305 is the name of a wheel\n")
    assert other.message != "is the name of a wheel"


@pytest.mark.parametrize(
    "line",
    [
        f"3月 05 17:11:02 wk-3 kubelet[900]: {KLOG}",
        f" 3月  5 17:11:02 wk-3 kubelet[900]: {KLOG}",
        f"Mar 05 17:11:02 wk-3 kubelet[900]: {KLOG}",
        f"mars 05 17:11:02 wk-3 kubelet[900]: {KLOG}",
        f"Mär 05 17:11:02 wk-3 kubelet.service[900]: {KLOG}",
        f"мар 05 17:11:02 wk-3 kubelet[900]: {KLOG}",
        f"3월 05 17:11:02 wk-3 kubelet[900]: {KLOG}",
        f"Mar  5 17:11:02 wk-3 kubelet: {KLOG}",
        f"Mar 05 17:11:02.223344 wk-3 kubelet[900]: {KLOG}",
        f"<30>Mar  5 17:11:02 wk-3 kubelet[900]: {KLOG}",
        f"2024-03-05T17:11:02+0900 wk-3 kubelet[900]: {KLOG}",
        f"2024-03-05T17:11:02.223344+09:00 wk-3 kubelet 900 - -  {KLOG}",
        f"火 2024-03-05 17:11:02 JST wk-3 kubelet[900]: {KLOG}",
        f"<165>1 2024-03-05T17:11:02.223344+09:00 wk-3 kubelet 900 ID47 - {KLOG}",
    ],
)
def test_every_carrier_gives_the_same_event(line: str) -> None:
    (event,) = events(line + "\n")
    assert event.component == "kubelet"
    assert event.message.startswith("Error syncing pod")
    assert dict(event.refs) == {"node": "wk-3", "pod": "ledger-0", "namespace": "billing", "pod_uid": UID}
    assert event.at is not None
    assert event.at.wall is not None
    assert event.at.wall.replace(year=2024, microsecond=0) == datetime(2024, 3, 5, 17, 11, 2)


def test_a_journals_header_gives_its_range_and_zone() -> None:
    text = (
        f"-- Logs begin at 月 2018-11-19 12:14:46 JST, end at 月 2019-02-04 16:29:22 JST. --\n 1月 24 01:49:36 wk-3 kubelet[900]: {KLOG}\n"
    )
    (part,) = parts(text)
    assert part.hints.zone_name == "JST"
    assert part.hints.zone == 32400
    assert (part.hints.begins, part.hints.ends) == (datetime(2018, 11, 19, 12, 14, 46), datetime(2019, 2, 4, 16, 29, 22))
    assert part.evidence == ("kubelet-log",)


def test_a_rotated_name_gives_its_day() -> None:
    (part,) = parts(f"# less /var/log/messages-20240310\nMar  5 17:11:02 wk-3 kubelet: {KLOG}\n")
    assert part.hints.rotated == date(2024, 3, 10)


def test_the_lag_of_a_header_behind_the_klog_time_in_the_same_line_is_a_hint_and_the_header_is_the_time() -> None:
    (part,) = parts(f"Mar  5 08:11:02 wk-3 kubelet: {KLOG}\n")
    assert part.hints.carrier_lag == 32400
    (event,) = events(f"Mar  5 08:11:02 wk-3 kubelet: {KLOG}\n")
    assert event.at == Stamp(wall=datetime(1904, 3, 5, 8, 11, 2), has_year=False, grain=1.0)


def test_the_finer_klog_time_is_taken_where_both_clocks_agree() -> None:
    (event,) = events(f"Mar  5 17:11:02 wk-3 kubelet[900]: {KLOG}\n")
    assert event.at == Stamp(wall=datetime(1904, 3, 5, 17, 11, 2, 223344), has_year=False, grain=1e-6)


def test_a_time_inside_that_says_year_and_zone_wins_and_tells_the_zone_of_the_header() -> None:
    text = 'Mar 05 17:11:02 wk-3 containerd[812]: time="2024-03-05T08:11:02.5Z" level=error msg="x"\n'
    (event,) = events(text)
    assert event.at == Stamp(wall=datetime(2024, 3, 5, 8, 11, 2, 500000), offset=0, grain=0.1)
    assert parts(text)[0].hints.zone == 32400


UNREADY = (
    'I0305 17:11:02.223344     900 setters.go:547] "Node became not ready" node="wk-3" condition={"type":"Ready","status":"False",'
    '"lastHeartbeatTime":"2024-03-05T08:11:02Z","lastTransitionTime":"2024-03-05T08:11:02Z","reason":"KubeletNotReady"}\n'
)


def test_a_condition_that_the_kubelet_logs_as_it_sets_it_tells_the_zone_of_klog_and_of_the_header() -> None:
    assert parts(UNREADY)[0].hints.zone == 32400
    (carried,) = parts(f"Mar  5 10:11:02 wk-3 kubelet: {UNREADY}")
    assert (carried.hints.carrier_lag, carried.hints.zone) == (7 * 3600, 7200)


@pytest.mark.parametrize(
    "line",
    [
        UNREADY.replace("Node became not ready", "Node condition as it was"),  # of another moment, perhaps
        UNREADY.replace("2024-03-05T08", "2024-02-30T08"),
        UNREADY.replace("2024-03-05T08", "2024-03-09T08"),
        UNREADY.replace("lastHeartbeatTime", "lastProbeTime"),
    ],
)
def test_a_condition_of_another_moment_or_of_no_day_tells_no_zone(line: str) -> None:
    assert parts(line)[0].hints.zone is None


def test_an_image_that_the_kubelet_pulls_is_named_in_every_wording() -> None:
    for text in ('PullImage "reg.example/a:1" from image service failed: x', 'Pull image "reg.example/a:1" failed: x'):
        (event,) = events(f"E0305 17:11:02.223344     900 remote_image.go:108] {text}\n")
        assert event.refs["image"] == "reg.example/a:1"


def test_logfmt_is_its_message_with_error_and_the_other_keys_unquoted_once() -> None:
    text = f'time="2024-03-05T08:11:02Z" level=error msg="StopPodSandbox for \\"{SANDBOX}\\" failed" id=x error="rpc error: \\"boom\\""\n'
    (event,) = events(text)
    assert event.message == f'StopPodSandbox for "{SANDBOX}" failed error="rpc error: "boom"" id="x"'
    assert event.refs["sandbox_id"] == SANDBOX
    assert event.component == "containerd"


def test_a_structured_value_that_runs_over_lines_is_one_event() -> None:
    head = "Mar 05 17:11:02 wk-3 kubelet[900]: "
    text = (
        f'{head}E0305 17:11:02.223344     900 kuberuntime_gc.go:176] "Failed to stop sandbox before removing" err=<\n'
        f'{head}        rpc error: code = Unknown desc = boom\n{head} > sandboxID="{SANDBOX}"\n'
        f"{head}I0305 17:11:03.000000     900 kubelet.go:1] next\n"
    )
    first, second = events(text)
    assert "boom" in first.message
    assert first.refs["sandbox_id"] == SANDBOX
    assert second.message == "next"


def test_the_same_without_carriers() -> None:
    text = 'E0305 17:11:02.223344     900 run.go:74] "command failed" err=<\n\tfailed to run Kubelet: boom\n >\nI0305 17:11:03.000000     900 kubelet.go:1] next\n'
    assert [event.message.endswith("boom >") for event in events(text)] == [True, False]


def test_a_record_that_the_terminal_wrapped_is_one_event_with_its_words_whole() -> None:
    long = f"Mar 05 17:11:02 wk-3 kubelet[900]: {KLOG} because of failed to setup network for sandbox"
    text = "".join(f"{long[start : start + 72]}\n" for start in range(0, len(long), 72)) * 2
    found = events(text)
    assert [event.message for event in found] == [KLOG.partition("] ")[2] + " because of failed to setup network for sandbox"] * 2
    assert found[0].text == long


def test_two_records_on_one_line_are_two_events() -> None:
    text = f"3月 05 17:11:02 wk-3 kubelet[900]: {KLOG[:100]}3月 05 17:11:03 wk-3 systemd[1]: kubelet.service: main process exited\n"
    assert [event.component for event in events(text)] == ["kubelet", "systemd"]


def test_a_dockers_json_file_and_a_log_shippers_record() -> None:
    text = (
        '{"log":"E0305 08:11:02.223344       1 proxier.go:1] boom\\n","stream":"stderr","time":"2024-03-05T08:11:02.2Z"}\n'
        '{"kubernetes":{"pod_name":"ledger-0","namespace_name":"billing","host":"wk-3"},"log":"FATAL: cannot open db","time":"2024-03-05T08:11:02Z"}\n'
        '{"jsonPayload":{"MESSAGE":"Started.","SYSLOG_IDENTIFIER":"systemd"},"resource":{"labels":{"node_name":"wk-4"}},"timestamp":"2024-03-05T08:11:02Z"}\n'
        '{"__REALTIME_TIMESTAMP":"1709626262000000","_HOSTNAME":"wk-3","SYSLOG_IDENTIFIER":"kubelet","MESSAGE":"x"}\n'
    )
    proxy, ledger, systemd, kubelet = events(text)
    assert (proxy.component, proxy.message) == ("kube-proxy", "boom")
    assert (ledger.component, dict(ledger.refs)) == ("pod-log", {"node": "wk-3", "pod": "ledger-0", "namespace": "billing"})
    assert (systemd.component, systemd.refs["node"]) == ("systemd", "wk-4")
    assert kubelet.at is not None
    assert kubelet.at.wall == datetime(2024, 3, 5, 8, 11, 2)


def test_a_cri_log_line_and_the_mark_of_cluster_info_dump() -> None:
    text = (
        "==== START logs for container ledger of pod billing/ledger-0 ====\nstarting up\npanic: no db\n"
        "==== END logs for container ledger of pod billing/ledger-0 ====\n"
    )
    assert [(event.component, event.refs["container"]) for event in events(text)] == [("pod-log", "ledger")] * 2
    (event,) = events("2024-03-05T08:11:02.123456789Z stderr F panic: no db\n", artifact="podlogs/billing-ledger-0")
    assert (event.component, event.message) == ("pod-log", "panic: no db")


@pytest.mark.parametrize(
    ("line", "component"),
    [
        ('{"level":"warn","ts":"2024-03-05T08:11:02.123Z","caller":"etcdserver/util.go:170","msg":"apply request took too long"}', "etcd"),
        ("2019-01-24 01:49:36.768314 W | etcdserver: server is likely overloaded", "etcd"),
        ('{"level":"error","ts":"2024-03-05T08:11:02.123Z","caller":"ipamd/ipamd.go:852","msg":"no free IP"}', "ipamd"),
        ("2024-03-05 08:11:02.002 [ERROR][48795] plugin.go 121: Final result of CNI ADD was an error.", "cni"),
        ("2024-03-05 08:11:02.002 [INFO][67] felix/int_dataplane.go 600: x", "calico-node"),
        ("[ERROR] plugin/errors: 2 example.org. A: i/o timeout", "coredns"),
        ("[12345.678901] nf_conntrack: table full, dropping packet", "kernel"),
        ("[Tue Mar  5 08:11:02 2024] Out of memory: Killed process 1", "kernel"),
        ("kernel:unregister_netdevice: waiting for eth0 to become free. Usage count = 1", "kernel"),
        ("type=AVC msg=audit(1626732057.636:4583): avc:  denied  { read } for pid=1", "audit"),
        ("W0305 08:11:02.000001       1 kubelet.go:1] failed", "kubelet"),
        ('time="2024-03-05T08:11:02Z" level=error msg="Handler for POST /v1.40/x returned error: y"', "dockerd"),
        ("pod_workers.go:190] Error syncing pod", "kubelet"),
    ],
)
def test_lines_without_a_program_tell_their_writer_by_what_they_say(line: str, component: str) -> None:
    (event,) = events(line + "\n")
    assert event.component == component


def test_klog_json_has_its_time_in_milliseconds() -> None:
    (event,) = events('{"ts":1709626262000.5,"caller":"kubelet/kubelet.go:100","msg":"Starting","v":0}\n')
    assert event.at == Stamp(wall=datetime(2024, 3, 5, 8, 11, 2, 500), offset=0, grain=0.001)


def test_a_message_that_was_repeated_has_its_count() -> None:
    (event,) = events("Mar  5 17:11:02 wk-3 kernel: message repeated 3 times: [ nf_conntrack: table full, dropping packet]\n")
    assert (event.count, event.message) == (3, "nf_conntrack: table full, dropping packet")


def test_the_log_of_a_pod_by_its_command() -> None:
    text = '$ kubectl logs -n billing ledger-0 -c ledger --previous\nStarting the ledger.\nTraceback (most recent call last):\n  File "x", line 1\nKeyError: db\n'
    found = events(text)
    assert {event.component for event in found} == {"pod-log"}
    assert dict(found[0].refs) == {"namespace": "billing", "container": "ledger", "pod": "ledger-0"}


def test_the_journal_in_export_form() -> None:
    text = (
        "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1709626262000000\n_HOSTNAME=wk-3\nSYSLOG_IDENTIFIER=kubelet\nMESSAGE=" + KLOG + "\n\n"
        "__CURSOR=s=2\n__REALTIME_TIMESTAMP=1709626263000000\n_HOSTNAME=wk-3\nSYSLOG_IDENTIFIER=systemd\nMESSAGE=Started kubelet.\n"
    )
    assert [(event.component, event.refs["node"]) for event in events(text)] == [("kubelet", "wk-3"), ("systemd", "wk-3")]
    assert kinds(text) == ["log"]


def test_the_sections_of_minikube_logs_are_each_their_programs() -> None:
    text = (
        "* ==> Docker <==\n* -- Logs begin at Tue 2021-06-01 10:00:00 UTC, end at Tue 2021-06-01 10:30:00 UTC. --\n"
        '* Jun 01 10:01:00 minikube dockerd[201]: time="2021-06-01T10:01:00Z" level=info msg="ignoring event"\n* \n'
        "* ==> coredns [aaaa11112222b] <==\n* [ERROR] plugin/errors: 2 example.org. A: i/o timeout\n"
    )
    assert [event.component for event in events(text)] == ["dockerd", "coredns"]


def test_one_line_alone_is_read_as_in_a_file() -> None:
    raw = f"Mar  5 17:11:02 wk-3 kubelet[900]: {KLOG}\r\n"
    event = line_event(raw, 77, "bundle.tar!messages", "", {"node": "other"})
    assert event is not None
    assert (event.origin.artifact, event.origin.line, event.component) == ("bundle.tar!messages", 77, "kubelet")
    assert event.refs["node"] == "other"
    assert line_event("  \n", 1, "x", "", {}) is None


def test_a_bare_line_in_a_named_log_belongs_to_its_program() -> None:
    (event,) = events("skipping pod synchronization - PLEG is not healthy: pleg was last seen active 7m51s ago\n", artifact="kubelet.log")
    assert event.component == "kubelet"


def test_quotes_that_lost_their_escapes_do_not_cut_a_value() -> None:
    text = f'time="2024-03-05T08:11:02Z" level=error msg="StopPodSandbox for "{SANDBOX}" failed" error="network for "{SANDBOX}": boom"\n'
    (event,) = events(text)
    assert event.message == f'StopPodSandbox for "{SANDBOX}" failed error="network for "{SANDBOX}": boom"'


def test_an_event_that_its_recorder_logged_is_the_event() -> None:
    text = (
        'I0305 08:11:02.000001       1 event.go:294] "Event occurred" object="billing/api" kind="Deployment" apiVersion="apps/v1" type="Normal"'
        ' reason="ScalingReplicaSet" message="Scaled up replica set api-7 to 1"\n'
        'I0305 08:11:03.000001       1 event.go:211] Event(v1.ObjectReference{Kind:"Pod", Namespace:"billing", Name:"ledger-0", UID:"'
        f'{UID}", APIVersion:"v1", ResourceVersion:"197", FieldPath:""}}): type: \'Warning\' reason: \'FailedScheduling\' no nodes available\n'
    )
    scaled, failed = events(text)
    assert (scaled.component, scaled.reason, dict(scaled.refs)) == (
        "k8s-event",
        "ScalingReplicaSet",
        {"namespace": "billing", "workload": "deployment/api"},
    )
    assert (failed.reason, failed.message) == ("FailedScheduling", "no nodes available")
    assert dict(failed.refs) == {"namespace": "billing", "pod": "ledger-0", "pod_uid": UID}


def test_klog_json_with_the_node_before_it_names_its_pod() -> None:
    text = '10.0.0.3: {"ts":1709626262157.4,"caller":"kubelet/pod_workers.go:1301","msg":"Error syncing pod","pod":{"name":"ledger-0","namespace":"billing"},"err":"boom"}\n'
    (event,) = events(text)
    assert event.component == "kubelet"
    assert dict(event.refs) == {"node": "10.0.0.3", "pod": "ledger-0", "namespace": "billing"}
    assert event.message == 'Error syncing pod err="boom" pod="billing/ledger-0"'


@pytest.mark.parametrize(
    ("program", "component"),
    [
        ("hyperkube", "kubelet"),
        ("kubenswrapper", "kubelet"),
        ("origin-node", "kubelet"),
        ("microk8s.daemon-kubelet", "kubelet"),
        ("d8-kubelet-forker", "kubelet"),
        ("start.sh", "kubelet"),
    ],
)
def test_programs_that_are_the_kubelet_by_another_name(program: str, component: str) -> None:
    (event,) = events(f"Mar 05 17:11:02 wk-3 {program}[900]: {KLOG}\n")
    assert event.component == component


@pytest.mark.parametrize(
    ("program", "component"),
    [
        ("cri-containerd", "containerd"),
        ("docker-containerd", "containerd"),
        ("containerd-shim-runc-v2", "containerd-shim"),
        ("containers", "containers"),
    ],
)
def test_programs_that_are_a_runtime_by_another_name(program: str, component: str) -> None:
    (event,) = events(f"Mar 05 17:11:02 wk-3 {program}[900]: failed to get sandbox image\n")
    assert event.component == component


def test_the_date_that_a_web_console_glues_before_a_line_is_taken_off() -> None:
    (event,) = events(f"5/18/2016 11:26:54 AM{KLOG}\n")
    assert event.message.startswith("Error syncing pod")


def test_a_list_item_below_a_log_is_not_the_rest_of_its_last_line() -> None:
    (event,) = events(f"Mar  5 17:11:02 wk-3 kubelet: {KLOG}\n  • the next node\n")
    assert event.message.endswith("skipping: boom")


def test_records_as_pretty_printed_json() -> None:
    record = (
        '{\n  "__REALTIME_TIMESTAMP" : "1709626262000000",\n  "_HOSTNAME" : "wk-3",\n  "SYSLOG_IDENTIFIER" : "kubelet",\n'
        '  "MESSAGE" : "E0305 08:11:02.000001    900 kubelet.go:1] boom"\n}\n'
    )
    store = '[\n  {\n    "textPayload": "panic: no db",\n    "timestamp": "2024-03-05T08:11:02Z",\n    "resource": {"labels": {"pod_name": "ledger-0"}}\n  }\n]\n'
    (event,) = events(record)
    assert (event.component, event.message, event.origin.line) == ("kubelet", "boom", 5)
    (event,) = events(store)
    assert (event.component, event.refs["pod"], event.origin.line) == ("pod-log", "ledger-0", 3)


def test_a_value_over_lines_may_say_please_and_end_like_an_output() -> None:
    text = (
        'E0203 06:02:32.171922    1198 run.go:72] "command failed" err=<\n'
        "\tfailed to run Kubelet: running with swap on is not supported, please disable swap or set --fail-swap-on flag to false\n"
        "\tFilename\t\tType\n"
        " >\n"
    )
    (event,) = events(text)
    assert "please disable swap" in event.message
    assert "Filename" in event.message


def test_a_record_that_was_broken_between_words_is_one_message_with_its_spaces() -> None:
    text = (
        "E0921 12:26:15.586713    7538 kuberuntime_manager.go:646] createPodSandbox for pod\n"
        '"ledger-0_billing(0b6d)" failed: rpc error: code = Unknown desc = failed to start sandbox\n'
        "container that it really needs: Error response from daemon: cgroups: cannot found one\n"
        "single cgroup mount destination: unknown\n"
    )
    assert events(text)[0].message.endswith(
        "failed to start sandbox container that it really needs: Error response from daemon: cgroups: cannot found one single cgroup mount destination: unknown"
    )


def test_an_open_quote_of_logfmt_goes_on_on_the_next_line() -> None:
    text = 'time="2022-06-20T10:00:00Z" level=warning msg="failed to load plugin\nio.containerd.grpc.v1.cri" error="invalid config"\n'
    (event,) = events(text)
    assert "failed to load plugin io.containerd.grpc.v1.cri" in event.message


def test_an_error_that_was_broken_around_its_url_is_one_message() -> None:
    text = (
        "E0301 10:00:00.000001    4321 controller.go:144] failed to ensure lease exists, will retry in 7s, error: Get\n"
        '"https://10.1.0.10:6443/leases/wk-5?timeout=10s"\n'
        ": net/http: request canceled while waiting for connection\n"
        "E0301 10:00:07.000001    4321 controller.go:144] failed to ensure lease exists, will retry in 7s, error:\n"
        'Get "https://10.1.0.10:6443/leases/wk-5?timeout=10s":\n'
        "context deadline exceeded\n"
    )
    first, second = events(text)
    assert first.message.endswith(
        'error: Get "https://10.1.0.10:6443/leases/wk-5?timeout=10s" : net/http: request canceled while waiting for connection'
    )
    assert second.message.endswith('error: Get "https://10.1.0.10:6443/leases/wk-5?timeout=10s": context deadline exceeded')


def test_a_bare_line_behind_a_whole_record_is_not_its_rest() -> None:
    whole, bare = events("E0301 10:00:00.000001    4321 controller.go:144] failed, error: refused\nunexpected fault address 0x10\n")
    assert whole.message == "failed, error: refused"
    assert bare.message == "unexpected fault address 0x10"


def test_the_kernels_own_prefix_is_neither_a_host_nor_a_program() -> None:
    text = (
        "[12345.678901] NMI watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [java:9123]\n"
        "[12345.678902] EXT4-fs (sda2): Remounting filesystem read-only\n"
        "[12345.678903] wk-3 kubelet[812]: started\n"
    )
    assert [event.component for event in events(text)] == ["kernel", "kernel", "kubelet"]


def test_what_the_kernel_prints_behind_a_waiting_shells_prompt_is_the_kernels() -> None:
    text = "[root@wk-3 ~]# [12345.678901] NMI watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [java:9123]\n[root@wk-3 ~]# [ -e /x ] && date\n"
    (event,) = events(text)
    assert event.component == "kernel"
    assert event.message == "NMI watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [java:9123]"
    assert dict(event.refs)["node"] == "wk-3"


def test_stern_puts_pod_and_container_before_a_logs_own_header() -> None:
    (event,) = events("kube-proxy-9xk2v kube-proxy E0305 17:11:02.223344       1 proxier.go:647] Failed to ensure that nat chain exists\n")
    assert event.message == "Failed to ensure that nat chain exists"
    assert dict(event.refs)["pod"] == "kube-proxy-9xk2v"
    (prose,) = events("the pod is broken since 2024-03-05\n")
    assert "pod" not in prose.refs
