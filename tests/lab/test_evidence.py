"""What a folder of evidence holds, and whose clock tells each time."""

import json
from datetime import datetime

import pytest

from plegma.app.simulating import Options, evidence_of
from plegma.lab.scenarios import scenarios

KINDS = {"kubectl-get-pods.txt", "kubectl-get-nodes.txt", "kubectl-get-events.txt", "kubectl-describe-pods.txt",
         "kubectl-describe-nodes.txt", "pods.json", "nodes.json", "events.json"}  # fmt: skip


def files_of(name, **options):
    return evidence_of(scenarios()[name], Options(**options))


def of_node(files, name):
    return next((text for path, text in files.items() if path.endswith(f"/{name}")), "")


@pytest.mark.parametrize(("profile", "own"), [("v1.12", ("docker-ps-a.txt", "dockerd.log")), ("v1.36", ("crictl.txt", "containerd.log"))])
def test_a_case_holds_tables_descriptions_json_logs_and_the_nodes_own_lists(profile, own):
    files = files_of("crash-and-disk", profile=profile)
    assert set(files) >= KINDS | {"truth.json"}
    on_node = {path.partition("/")[2] for path in files if "/" in path}
    assert on_node >= {own[0], "dmesg.txt", "cni.txt", "journalctl-kubelet.txt"}


def test_pods_as_json_say_what_the_table_says():
    files = files_of("app-exit")
    table = {row.split()[1]: row.split()[3] for row in files["kubectl-get-pods.txt"].splitlines()[1:]}
    for pod in json.loads(files["pods.json"])["items"]:
        status = pod["status"]["containerStatuses"][0]["state"]
        kind, told = next(iter(status.items()))
        assert table[pod["metadata"]["name"]] == ("Running" if kind == "running" else told["reason"])


def test_what_a_kubelet_told_the_api_bears_its_nodes_skew_and_what_a_controller_told_does_not():
    plain, ahead = (json.loads(files_of("image-missing", skew=skew)["events.json"])["items"] for skew in (0.0, 400.0))
    shifts = {"kubelet": set(), "default-scheduler": set()}
    for before, after in zip(plain, ahead, strict=True):
        moved = datetime.fromisoformat(after["lastTimestamp"]) - datetime.fromisoformat(before["lastTimestamp"])
        shifts.setdefault(before["source"]["component"], set()).add(moved.total_seconds())
    assert shifts["kubelet"] == {400.0}
    assert shifts["default-scheduler"] == {0.0}


def test_a_time_in_the_future_is_no_duration_for_kubectl():
    assert "<invalid>" in files_of("app-exit", skew=400.0)["kubectl-describe-pods.txt"]


@pytest.mark.parametrize(
    ("name", "profile", "own", "said"),
    [
        ("docker-hangs", "v1.12", "docker-ps-a.txt", "^C"),
        ("dockerd-stopped", "v1.12", "docker-ps-a.txt", "Is the docker daemon running?"),
        ("containerd-hangs", "v1.36", "crictl.txt", "DeadlineExceeded"),
        ("containerd-stopped", "v1.36", "crictl.txt", "connection refused"),
    ],
)
def test_a_runtime_that_does_not_answer_lists_nothing(name, profile, own, said):
    listed = of_node(files_of(name, profile=profile), own)
    assert said in listed
    assert "pause" not in listed
    assert "kube-proxy" not in listed


def test_the_cni_configuration_names_the_plugin_that_refuses_and_is_gone_when_it_was_removed():
    assert '"type": "calico"' in of_node(files_of("calico-token"), "cni.txt")
    assert ".conflist" not in of_node(files_of("config-gone"), "cni.txt")


def test_the_kernel_reports_a_hung_task_ten_times_at_most():
    lines = of_node(files_of("hung-task"), "dmesg.txt")
    assert lines.count("blocked for more than 120 seconds") == 10
    assert "6.8.0" not in of_node(files_of("hung-task", profile="v1.12"), "dmesg.txt")


def test_the_runtimes_log_is_told_by_the_nodes_clock_in_the_order_of_its_times():
    lines = of_node(files_of("pause-killed", profile="v1.36"), "containerd.log").splitlines()
    ahead = of_node(files_of("pause-killed", profile="v1.36", skew=400.0), "containerd.log").splitlines()
    stamps = [line.split('"')[1] for line in lines]
    assert stamps == sorted(stamps)
    assert len(lines) == len(ahead)
    assert (datetime.fromisoformat(ahead[0].split('"')[1]) - datetime.fromisoformat(stamps[0])).total_seconds() == 400


def test_a_memory_limit_stands_in_the_descriptions_and_json_of_the_pods_that_have_one():
    files = files_of("app-oom")
    limited = [p for p in json.loads(files["pods.json"])["items"] if "resources" in p["spec"]["containers"][0]]
    assert {p["spec"]["containers"][0]["resources"]["limits"]["memory"] for p in limited} == {"512Mi"}
    assert files["kubectl-describe-pods.txt"].count("memory:  512Mi") == len(limited) == 2


@pytest.mark.parametrize("profile", ["v1.12", "v1.36"])
def test_ps_shows_tasks_in_state_d_and_a_shim_for_each_ready_sandbox_of_containerd(profile):
    rows = of_node(files_of("hung-task", profile=profile), "node.txt").partition("WCHAN")[2].splitlines()[1:]
    assert [row.split()[2:] for row in rows if row.split()[1] == "D"] == [["rpc_wait_bit_killable", "df"]]
    shims = sum("containerd-shim-runc-v2" in row for row in rows)
    assert (shims > 2) is (profile == "v1.36")
