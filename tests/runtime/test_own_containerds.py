"""The containerd that the real tests run on (about 6 s)."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from containerds import fresh_containerd, needs_containerd, own_containerd  # noqa: F401 - fixtures

from plegma.runtime.clients import Client
from plegma.runtime.containerds import Containerd
from plegma.runtime.faults import FAULTS
from plegma.runtime.namespaces import StartError, wait_until
from plegma.runtime.requests import POD_UID, Work
from plegma.runtime.rpc_errors import CallError
from plegma.runtime.single_pods import make_pod

EXPECTED = {
    "ipam-full": "no IP addresses available in range set: 10.88.0.1-10.88.0.30",
    "config-gone": "cni plugin not initialized",
    "runc-fails": "OCI runtime create failed: runc create failed: unable to start container process",
    "runc-missing": "fork/exec",
    "pause-image": 'failed to get sandbox image "registry.test/pause:1"',
    "plugin-hangs": "rpc error: code = DeadlineExceeded desc = context deadline exceeded",
    "containerd-hangs": "rpc error: code = DeadlineExceeded desc = context deadline exceeded",
    "containerd-stopped": 'connection error: desc = "transport: Error while dialing: dial unix',
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_fault_makes_a_pod_fail_in_the_kubelets_words_and_leaves_no_trace_when_it_ends(own_containerd, name):
    FAULTS[name].begin(own_containerd, ())
    try:
        with pytest.raises(CallError) as failed:
            make_pod(own_containerd, "broken", f"{name}-0", timeout=1)
    finally:
        FAULTS[name].end(own_containerd, ())
    assert EXPECTED[name] in str(failed.value)
    make_pod(own_containerd, "whole", f"{name}-1")


def test_a_killed_pause_process_leaves_a_sandbox_that_is_not_ready(own_containerd):
    sandbox, _ = make_pod(own_containerd, "paused", "p-0")
    FAULTS["pause-killed"].begin(own_containerd, ("p-0",))
    with Client(own_containerd.places.socket, 10) as client:
        assert wait_until(lambda: client.sandbox(sandbox).state == 1, 10)
        assert [s.id for s in client.sandboxes({POD_UID: "p-0"})] == [sandbox]


def test_containers_write_their_log_in_the_kubelets_layout(own_containerd):
    make_pod(own_containerd, "talks", "t-0", Work(("/bin/sh", "-c", "echo spoken; sleep 600")))
    log = own_containerd.places.pods / "default_talks_t-0" / "main" / "0.log"
    assert wait_until(lambda: log.exists() and log.read_text().endswith(" stdout F spoken\n"), 10)


def test_two_at_once_do_not_meet(own_containerd, fresh_containerd):
    make_pod(own_containerd, "mine", "m-0")
    make_pod(fresh_containerd, "other", "o-0")
    with Client(fresh_containerd.places.socket, 10) as client:
        assert [s.metadata.name for s in client.sandboxes()] == ["other"]


OWNER = """
import sys, time
from plegma.runtime.containerds import Containerd
from plegma.runtime.single_pods import make_pod
own = Containerd()
make_pod(own, "left", "l-0")
print(own.places.root, own.inside.first, own.pid, flush=True)
time.sleep(600)
"""


def test_a_killed_owner_leaves_no_process_and_its_folder_goes_with_the_next_start():
    needs_containerd()
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is too deep for a socket
        _owner_is_killed(Path(folder))


def _owner_is_killed(tmp_path):
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, env=env, text=True) as owner:
        root, *pids = owner.stdout.readline().split()
        owner.send_signal(signal.SIGKILL)
    _ended(pids)
    assert Path(root).exists()
    with Containerd(tmp_path):
        assert not Path(root).exists()
    assert list(tmp_path.iterdir()) == []
    assert list(Path("/sys/fs/cgroup").glob(f"*/{Path(root).name}")) == []


def _ended(pids):
    assert wait_until(lambda: not any(_runs(p) for p in pids), 10)


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_folder_too_deep_for_a_socket_is_refused_in_words(tmp_path):
    deep = tmp_path / ("d" * 90)
    deep.mkdir()
    with pytest.raises(StartError, match="too long for a unix socket"):
        Containerd(deep)
    assert list(deep.iterdir()) == []
