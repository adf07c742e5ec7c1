"""`plegma diagnose --this-node` and `plegma fix` on a real dockerd with real faults. About 20 s."""

import time
from collections.abc import Iterator
from pathlib import Path

import docker
import pytest
from dockerds import ENVIRONMENT, Dockerd, needs_dockerd
from nodes_at_work import KERNEL, OTHERS, AtWork

from plegma.remedy.actions import MoveCheckpoint, RunUnit
from plegma.remedy.facts import CheckpointFacts, UnitFacts
from plegma.remedy.nodes import Host, NodeHands


@pytest.fixture
def node(tmp_path: Path) -> Iterator[tuple[Dockerd, AtWork]]:
    needs_dockerd()
    with Dockerd() as own:
        own.inside.run("sysctl", "-w", "net.ipv4.ip_forward=1")  # as on every node; docker warns where it is off
        yield own, AtWork(own.inside, tmp_path, OTHERS)


def test_what_docker_runs_is_read_and_nothing_is_wrong(node: tuple[Dockerd, AtWork]) -> None:
    own, plegma = node
    own.make_pod("web")
    assert plegma.diagnosed()["verdict"] == "healthy"
    out = plegma.folder / "node.tar"
    run = plegma.run("collect", "--this-node", "--out", str(out), *OTHERS)
    assert run.code == 0, run.err
    assert b"GREETING=***(environment)" in out.read_bytes()
    assert ENVIRONMENT["GREETING"].encode() not in out.read_bytes()


def test_a_pause_container_that_is_stale_is_named_and_where_its_pod_is_mended(node: tuple[Dockerd, AtWork]) -> None:
    own, plegma = node
    pause, main = own.make_pod("web")
    own.api.kill(pause)
    own.api.kill(main)
    own.api.wait(main, timeout=10)
    with pytest.raises(docker.errors.APIError, match="non running container"):
        own.api.start(main)
    first = plegma.diagnosed()["hypotheses"][0]
    assert (first["cause"], first["confidence"], first["entity"]["name"]) == ("pause-container-dead", "confirmed", "web")


def test_a_container_that_met_its_memory_limit_is_named(node: tuple[Dockerd, AtWork]) -> None:
    own, plegma = node
    own.make_pod("hog", 16 << 20, ("/bin/tail", "/dev/zero"))
    time.sleep(1)
    assert ("app-oomkilled", "hog") in plegma.causes(*KERNEL)


def test_a_stopped_dockerd_is_named_with_the_call_and_continued(node: tuple[Dockerd, AtWork]) -> None:
    own, plegma = node
    own.freeze()
    try:
        first = plegma.diagnosed("--call-timeout", "1")["hypotheses"][0]
        run = plegma.fix("--apply", "--yes", "--call-timeout", "1", "--allow-risk", "none")
    finally:
        own.thaw()
    assert (first["cause"], first["confidence"]) == ("docker-hang", "confirmed")
    lines = [e["text"] for step in first["chain"] for e in step["evidence"]]
    assert any("docker ps -a: no answer within 1.0 s (containers on unix:///run/docker.sock)" in line for line in lines)
    assert run.code == 0, run.out + run.err
    assert "cured: has the cause 1 -> 0" in run.words


def test_a_dockerd_that_was_killed_is_named_and_its_start_is_as_risky_as_it_is(node: tuple[Dockerd, AtWork]) -> None:
    own, plegma = node
    own.kill()
    assert plegma.causes()[0][0] == "dockerd-stopped"
    run = plegma.fix("--apply", "--yes")
    assert (run.code, "--allow-risk disruptive" in run.words) == (5, True)


def test_a_checkpoint_is_stale_only_when_docker_says_so(node: tuple[Dockerd, AtWork], tmp_path: Path) -> None:
    own, _ = node
    pause, _ = own.make_pod("web")
    gone = "0" * 64
    folder = tmp_path / "var/lib/dockershim/sandbox"
    folder.mkdir(parents=True)
    for name in (pause, gone):
        (folder / name).write_text("{}")
    hands = NodeHands(Host("n1", None, own.socket, tmp_path))
    assert hands.facts(MoveCheckpoint(pause)) == CheckpointFacts(True, container=True)
    assert hands.facts(MoveCheckpoint(gone)) == CheckpointFacts(True, container=False)
    assert hands.facts(RunUnit("restart", "docker")) == UnitFacts(False)  # live-restore is off
