"""Hands on a node's files and processes, without a runtime: what is done only while it is as it was found."""

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from plegma.remedy.actions import ContinueProcess, MoveCheckpoint, ReleaseAddresses, RemoveSandbox, RunUnit
from plegma.remedy.facts import AddressFacts, CheckpointFacts, ProcessFacts, SandboxFacts, UnitFacts
from plegma.remedy.nodes import Host, NodeHands
from plegma.remedy.outcomes import Done, Failed

OWNER, OTHER = "dead0" * 12 + "aaaa", "a11ce" * 12 + "bbbb"


def hands(root: Path, **more: object) -> NodeHands:
    return NodeHands(Host("n1", more.pop("cri", None), None, root, aside=root / "aside", deadline=0.5, **more))  # type: ignore[arg-type]


@pytest.fixture
def network(tmp_path: Path) -> Path:
    folder = tmp_path / "var/lib/cni/networks/podnet"
    folder.mkdir(parents=True)
    (folder / "10.9.0.2").write_text(f"{OWNER}\r\neth0")
    (folder / "10.9.0.3").write_text(f"{OTHER}\r\neth0")
    (folder / "last_reserved_ip.0").write_text("10.9.0.3")
    return folder


def leaked(network: Path) -> AddressFacts:
    return AddressFacts(2, ((str(network / "10.9.0.2"), OWNER),))


def test_a_reservation_is_moved_aside_and_can_be_put_back(tmp_path: Path, network: Path) -> None:
    outcome = hands(tmp_path).act(ReleaseAddresses(), leaked(network))
    assert isinstance(outcome, Done)
    assert sorted(p.name for p in network.glob("10.*")) == ["10.9.0.3"]
    (moved,) = (tmp_path / "aside").glob("*/podnet/10.9.0.2")
    assert moved.read_bytes() == f"{OWNER}\r\neth0".encode()


def test_a_reservation_that_was_given_to_another_meanwhile_stays(tmp_path: Path, network: Path) -> None:
    (network / "10.9.0.2").write_text(f"{OTHER}\r\neth0")
    assert isinstance(hands(tmp_path).act(ReleaseAddresses(), leaked(network)), Failed)
    assert (network / "10.9.0.2").exists()


def test_nothing_is_moved_while_host_local_gives_out_an_address(tmp_path: Path, network: Path) -> None:
    with (network / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert isinstance(hands(tmp_path, patience=0.2).act(ReleaseAddresses(), leaked(network)), Failed)
    assert (network / "10.9.0.2").exists()


def test_without_the_runtimes_list_no_reservation_is_called_leaked(tmp_path: Path, network: Path) -> None:
    facts = hands(tmp_path, cri=tmp_path / "no.sock").facts(ReleaseAddresses())
    assert isinstance(facts, AddressFacts)
    assert facts.unknown
    sandbox = hands(tmp_path, cri=tmp_path / "no.sock").facts(RemoveSandbox(OWNER))
    assert isinstance(sandbox, SandboxFacts)
    assert sandbox.unknown


def test_a_daemon_is_continued_by_the_socket_that_it_listens_at(tmp_path: Path) -> None:
    path = tmp_path / "c.sock"
    code = (
        f"import ctypes, socket, time; s = socket.socket(socket.AF_UNIX); s.bind({str(path)!r}); s.listen();"
        "ctypes.CDLL(None).prctl(15, b'containerd'); print('up', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as daemon:
        try:
            assert daemon.stdout is not None
            daemon.stdout.readline()
            side = hands(Path("/"), cri=path)
            running = side.facts(ContinueProcess("containerd"))
            os.kill(daemon.pid, signal.SIGSTOP)
            os.waitid(os.P_PID, daemon.pid, os.WSTOPPED | os.WNOWAIT)
            stopped = side.facts(ContinueProcess("containerd"))
            assert isinstance(running, ProcessFacts)
            assert (running.pid, running.state in "SR") == (daemon.pid, True)
            assert stopped == ProcessFacts(daemon.pid, "T")
            assert side.facts(ContinueProcess("crio")) == ProcessFacts()  # another program listens there
            assert isinstance(side.act(ContinueProcess("containerd"), stopped), Done)
            assert isinstance(side.act(ContinueProcess("containerd"), stopped), Failed)  # not stopped any more
        finally:
            daemon.kill()


def test_a_unit_command_is_split_as_a_shell_does_and_never_run_by_one(tmp_path: Path) -> None:
    side = hands(tmp_path, unit_command="echo {verb} '{unit}; touch x'")
    assert side.facts(RunUnit("restart", "kubelet")) == UnitFacts(True)
    assert side.act(RunUnit("restart", "kubelet"), UnitFacts(True)) == Done("echo restart 'kubelet; touch x'")
    assert isinstance(hands(tmp_path, unit_command="/no/such/program").act(RunUnit("start", "kubelet"), UnitFacts(True)), Failed)


def test_a_checkpoint_is_moved_only_when_docker_says_that_there_is_no_container(tmp_path: Path) -> None:
    folder = tmp_path / "var/lib/dockershim/sandbox"
    folder.mkdir(parents=True)
    (folder / OWNER).write_text("{}")
    side = hands(tmp_path)
    assert side.facts(MoveCheckpoint(OWNER)) == CheckpointFacts(True)
    assert side.facts(MoveCheckpoint(OTHER)) == CheckpointFacts(False)
    assert isinstance(side.act(MoveCheckpoint(OWNER), CheckpointFacts(True, container=False)), Done)
    assert [p.name for p in (tmp_path / "aside").glob("*/sandbox/*")] == [OWNER]
