"""`--this-node`'s readers on real sockets, processes and files of this machine (no runtime needed; about 3 s)."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from plegma.app.diagnosing import diagnose_paths
from plegma.evidence.read.artifacts import Artifact
from plegma.evidence.read.node.nodes import owners_of, read_node
from plegma.evidence.read.node.places import Places
from plegma.evidence.read.node.processes import processes, told_processes
from plegma.evidence.read.node.sockets import cri_sockets
from plegma.evidence.read.node.takings import Taking
from plegma.evidence.unreadable import Unreadable

DEAD_ID = "4f1c0d" * 10


def places(**more: object) -> Places:
    return Places(node="n1", since=datetime.now(UTC) - timedelta(hours=1), **more)  # type: ignore[arg-type]


def texts(found: list[Artifact | Unreadable]) -> dict[str, str]:
    return {f.name.removeprefix("this-node/n1/"): f.open().read().decode() if isinstance(f, Artifact) else f.why.en for f in found}


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[Path]:
    """A socket at which somebody listens and never says a word, as a stopped runtime does."""
    path = tmp_path / "r.sock"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen(8)
        yield path


def test_a_runtime_that_is_silent_is_told_with_the_call_and_the_seconds(silent: Path) -> None:
    found = texts(read_node(places(cri=f"unix://{silent}", docker=f"unix://{silent}", deadline=0.5)))
    assert found["cri/Version.txt"].startswith("plegma: crictl version: no answer within 0.5 s (Version on unix://")
    assert found["docker/ps.txt"].startswith("plegma: docker ps -a: no answer within 0.5 s (containers on unix://")


def test_the_process_that_listens_is_known_by_its_socket(silent: Path) -> None:
    assert owners_of(places(cri=str(silent))) == {os.getpid()}


def test_a_socket_that_refuses_is_told_in_the_words_of_the_kubelets_client(tmp_path: Path) -> None:
    path = tmp_path / "containerd.sock"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
    found = texts(read_node(places(cri=f"unix://{path}")))
    said = f'code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix {path}: connect: '
    assert f"{said}connection refused" in found["cri/Version.txt"]


def test_a_reader_that_stumbles_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    for name, text in (("proc/7/stat", "7 (odd)"), ("proc/7/cmdline", "odd"), ("proc/7/wchan", "0"), ("var/log/kubelet.log", "a line\n")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = texts(read_node(places(root=tmp_path, longest=10)))
    assert "it could not be read: IndexError" in found["ps.txt"]
    assert "a line" in "".join(found.values())


def test_a_reader_that_does_not_come_back_is_named_and_the_others_are_read(silent: Path, tmp_path: Path) -> None:
    pipe, over = tmp_path / "containerd.log", Event()
    os.mkfifo(pipe)  # opening it waits for a writer, for ever
    began = monotonic()
    found = texts(read_node(places(cri=str(silent), logs=(("containerd", pipe),), deadline=0.2, longest=1.5)))
    Thread(target=lambda: (pipe.open("wb").close(), over.set()), daemon=True).start()
    assert over.wait(5)  # the thread that waited has gone
    assert "it took longer than 1.5 s" in found["logs"]
    assert "PID" in found["ps.txt"]
    assert monotonic() - began < 10


def test_a_stopped_process_is_shown_with_its_state_and_kernel_stack() -> None:
    child = subprocess.Popen(["sleep", "60"])
    try:
        os.kill(child.pid, signal.SIGSTOP)
        os.waitid(os.P_PID, child.pid, os.WSTOPPED | os.WNOWAIT)
        found = {f.name: f.output for f in told_processes(places(), frozenset()) if isinstance(f, Taking)}
    finally:
        child.kill()
        child.wait()
    row = next(line.split() for line in found["ps.txt"].splitlines() if line.split()[0] == str(child.pid))
    assert row[3] == "T"
    assert row[5:] == ["sleep", "60"]
    if os.geteuid() == 0 and Path("/proc/self/stack").exists():
        assert "do_signal_stop" in found[f"stacks/{child.pid}.txt"]


def test_a_plugin_call_is_known_by_its_environment_and_told_when_it_is_old() -> None:
    environment = {"CNI_COMMAND": "ADD", "CNI_CONTAINERID": DEAD_ID, "SECRET_TOKEN": "hunter2"}
    with subprocess.Popen(["sleep", "60"], env=environment) as old, subprocess.Popen(["sleep", "60"]) as other:
        try:
            found = {p.pid: p for p in processes(places())}
            assert {old.pid, other.pid} <= set(found)
            sleep(10.2)
            told = [f.output for f in told_processes(places(), frozenset()) if isinstance(f, Taking) and f.name == "cni/calls.txt"]
        finally:
            old.kill()
            other.kill()
    assert f"plegma: CNI_COMMAND=ADD CNI_CONTAINERID={DEAD_ID} sleep 60: no answer within 10." in told[0]
    assert f"process {old.pid}, state S" in told[0]
    assert str(other.pid) not in told[0]
    assert "hunter2" not in told[0]


def test_reservations_are_listed_with_their_owners(tmp_path: Path) -> None:
    network = tmp_path / "var/lib/cni/networks/podnet"
    network.mkdir(parents=True)
    (network / "10.9.0.2").write_text(f"{DEAD_ID}\r\neth0")
    (network / "last_reserved_ip.0").write_text("10.9.0.2")
    (network / "lock").touch()
    (tmp_path / "proc").mkdir()
    found = texts(read_node(places(root=tmp_path)))
    assert found["cni/networks/podnet.txt"].splitlines()[1:] == [f"/var/lib/cni/networks/podnet/10.9.0.2:{DEAD_ID}"]
    assert "no container runtime's socket was found" in found["cri"]


def test_a_shim_tells_where_the_socket_of_a_runtime_was_that_has_ended(tmp_path: Path) -> None:
    folder = tmp_path / "proc/77"
    folder.mkdir(parents=True)
    arguments = ["/usr/bin/containerd-shim-runc-v2", "-namespace", "k8s.io", "-id", DEAD_ID, "-address", "/run/x/containerd.sock", ""]
    (folder / "cmdline").write_text("\0".join(arguments))
    assert cri_sockets(places(root=tmp_path)) == (tmp_path / "run/x/containerd.sock",)


def test_a_shim_of_another_namespace_is_not_the_kubelets(tmp_path: Path) -> None:
    folder = tmp_path / "proc/77"
    folder.mkdir(parents=True)
    (folder / "cmdline").write_text("\0".join(["containerd-shim-runc-v2", "-namespace", "moby", "-address", "/run/x/containerd.sock", ""]))
    assert cri_sockets(places(root=tmp_path)) == ()


def test_the_kernel_log_holds_what_the_kernel_wrote_and_not_what_programs_did() -> None:
    if not os.access("/dev/kmsg", os.R_OK | os.W_OK):
        pytest.skip("/dev/kmsg cannot be read and written here")
    with Path("/dev/kmsg").open("w") as log:
        log.write("<14>plegma-test: written by a program\n")
    log_text = texts(read_node(places(deadline=0.5)))["dmesg.txt"]
    assert "written by a program" not in log_text
    assert log_text.startswith("[root@n1 ~]# dmesg --time-format iso\n")


def test_a_node_whose_runtime_was_not_found_is_not_called_healthy(tmp_path: Path) -> None:
    (tmp_path / "proc").mkdir()
    answer = diagnose_paths((), more=read_node(places(root=tmp_path, kernel_log=Path("/dev/null"))))
    assert answer.diagnosis.verdict == "insufficient"
    assert answer.diagnosis.gaps[0].evidence == "container-list"
