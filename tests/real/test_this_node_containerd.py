"""`plegma diagnose --this-node` and `plegma fix` on a real containerd with real faults. About 60 s, half of it one wait."""

import os
import threading
import time
from pathlib import Path

import pytest
from containerds import fresh_containerd  # noqa: F401  # a fixture
from nodes_at_work import KERNEL, OTHERS, AtWork

from plegma.runtime.containerds import Containerd
from plegma.runtime.faults import FAULTS
from plegma.runtime.networks import leases
from plegma.runtime.requests import Work
from plegma.runtime.rpc_errors import CallError
from plegma.runtime.single_pods import make_pod

UID, OTHER_UID = "3c1f7a52-08d4-4e0b-9a6f-b1c2d3e4f506", "7d20e6b1-55aa-4b3c-8f91-0a1b2c3d4e5f"
UNIT = """#!/bin/sh
[ "$2" = containerd ] || exit 1
[ "$1" = restart ] && pkill -KILL -x containerd
rm -f /run/containerd/containerd.sock
setsid containerd --config {config} >>{log} 2>&1 &
for _ in $(seq 50); do [ -S /run/containerd/containerd.sock ] && exit 0; sleep 0.1; done
exit 1
"""


@pytest.fixture
def node(fresh_containerd: Containerd, tmp_path: Path) -> tuple[Containerd, AtWork]:
    unit = tmp_path / "unit"
    unit.write_text(UNIT.format(config=fresh_containerd.places.config, log=fresh_containerd.places.log))
    unit.chmod(0o755)
    make_pod(fresh_containerd, "web", UID)
    options = (*OTHERS, "--log", f"containerd={fresh_containerd.places.log}")
    return fresh_containerd, AtWork(fresh_containerd.inside, tmp_path, options)


def tries_a_pod(own: Containerd) -> None:
    with pytest.raises(CallError):
        make_pod(own, "late", OTHER_UID)


def test_a_node_with_nothing_wrong_is_healthy(node: tuple[Containerd, AtWork]) -> None:
    _, plegma = node
    assert plegma.diagnosed()["verdict"] == "healthy"
    assert plegma.fix("--apply", "--yes").code == 0


def test_a_killed_pause_container_is_named_and_its_sandbox_removed(node: tuple[Containerd, AtWork]) -> None:
    own, plegma = node
    FAULTS["pause-killed"].begin(own, (UID,))
    time.sleep(0.5)
    assert plegma.causes()[0] == ("pause-container-dead", "web")
    saved = plegma.saved()
    assert plegma.verify(saved).code == 1
    run = plegma.fix("--apply", "--yes", "--allow-risk", "disruptive")  # the pod's own container may still run
    assert run.code == 0, run.out + run.err
    assert "cured: has the cause 1 -> 0" in run.words
    assert [line["event"] for line in plegma.audited()] == ["act", "acted", "proof"]
    assert plegma.verify(saved).code == 0
    again = plegma.fix(str(saved), "--apply", "--yes")
    assert (again.code, "no such sandbox any more" in again.words) == (5, True)


def test_leaked_reservations_are_named_and_moved_aside_and_a_pod_can_start_then(node: tuple[Containerd, AtWork]) -> None:
    own, plegma = node
    FAULTS["ipam-full"].begin(own, ())
    tries_a_pod(own)
    assert plegma.causes()[0][0] == "host-local-ipam-exhausted"
    young = plegma.fix("--apply", "--yes")
    assert (young.code, "the range is really used up" in young.words) == (5, True)  # perhaps of sandboxes that are being made
    hour_ago = time.time() - 3600
    for lease in leases(own.places).glob("10.*"):
        os.utime(lease, (hour_ago, hour_ago))
    run = plegma.fix("--apply", "--yes")
    assert run.code == 0, run.out + run.err
    assert "28 of 29 reservations have no sandbox" in run.words
    assert "cured" in run.out
    assert len(list((plegma.folder / "aside").glob("*/pods/10.*"))) == 28
    make_pod(own, "late", OTHER_UID)


def test_a_configuration_that_is_gone_is_named_and_left_to_a_person(node: tuple[Containerd, AtWork]) -> None:
    own, plegma = node
    FAULTS["config-gone"].begin(own, ())
    tries_a_pod(own)
    assert plegma.causes()[0][0] == "cni-config-missing"
    run = plegma.fix("--apply", "--yes")
    assert (run.code, "By hand, for now" in run.out) == (5, True)


def test_a_stopped_containerd_is_named_with_the_call_and_continued(node: tuple[Containerd, AtWork]) -> None:
    own, plegma = node
    own.freeze()
    try:
        found = plegma.diagnosed("--call-timeout", "1")
        first = found["hypotheses"][0]
        assert (first["cause"], first["confidence"]) == ("containerd-hang", "confirmed")
        lines = [e["text"] for step in first["chain"] for e in step["evidence"]]
        assert any("crictl version: no answer within 1.0 s (Version on unix:///run/containerd/containerd.sock)" in line for line in lines)
        assert any("do_signal_stop" in line for line in lines)
        run = plegma.fix("--apply", "--yes", "--call-timeout", "1", "--allow-risk", "none")
    finally:
        own.thaw()
    assert run.code == 0, run.out + run.err
    assert "is stopped" in run.out
    assert "cured: has the cause 1 -> 0" in run.words


def test_a_containerd_that_ended_is_named_and_started(node: tuple[Containerd, AtWork]) -> None:
    own, plegma = node
    own.stop()  # its socket goes with it; the shims know where it was
    assert plegma.causes()[0][0] == "containerd-stopped"
    run = plegma.fix("--apply", "--yes", "--unit-command", f"{plegma.folder}/unit {{verb}} {{unit}}")
    assert run.code == 0, run.out + run.err
    assert "cured: has the cause 1 -> 0" in run.words
    assert plegma.diagnosed()["verdict"] == "healthy"


def test_a_unit_that_does_not_start_is_a_step_that_failed(node: tuple[Containerd, AtWork]) -> None:
    own, plegma = node
    own.kill()
    run = plegma.fix("--apply", "--yes", "--unit-command", "sh -c 'echo no such unit >&2; exit 5' {verb} {unit}")
    assert (run.code, "no such unit" in run.words) == (1, True)
    assert plegma.audited()[-1]["ok"] is False


def test_a_bad_entrypoint_is_named_and_belongs_to_its_owner(node: tuple[Containerd, AtWork]) -> None:
    own, plegma = node
    with pytest.raises(CallError):
        make_pod(own, "bad", OTHER_UID, Work(command=("/no/such/program",)))
    assert plegma.causes()[0] == ("container-command-not-found", "bad")
    run = plegma.fix("--apply", "--yes")
    assert (run.code, "plegma fix --cluster" in run.words) == (5, True)


def test_a_container_that_met_its_memory_limit_is_named(node: tuple[Containerd, AtWork]) -> None:
    own, plegma = node
    make_pod(own, "hog", OTHER_UID, Work(command=("/bin/sh", "-c", "tail /dev/zero"), memory=16 << 20))
    time.sleep(1)
    assert ("app-oomkilled", "hog") in plegma.causes(*KERNEL)


def test_a_plugin_that_never_returns_is_named_with_its_age(node: tuple[Containerd, AtWork]) -> None:
    own, plegma = node
    FAULTS["plugin-hangs"].begin(own, ())
    call = threading.Thread(target=tries_a_pod, args=(own,), daemon=True)
    call.start()
    time.sleep(31)
    first = plegma.diagnosed()["hypotheses"][0]
    assert first["cause"] == "cni-plugin-hang-or-lock"
    lines = [e["text"] for step in first["chain"] for e in step["evidence"]]
    assert any(line.startswith("plegma: CNI_COMMAND=ADD CNI_CONTAINERID=") and "no answer within 3" in line for line in lines)
    FAULTS["plugin-hangs"].end(own, ())
    call.join(20)


def test_fixing_stops_while_the_node_is_paused(node: tuple[Containerd, AtWork]) -> None:
    own, plegma = node
    FAULTS["pause-killed"].begin(own, (UID,))
    time.sleep(0.5)
    own.inside.run("mkdir", "-p", "/run/root/etc/plegma")
    own.inside.run("sh", "-c", "for d in proc run var tmp; do mkdir -p /run/root/$d; mount --rbind /$d /run/root/$d; done")
    own.inside.run("touch", "/run/root/etc/plegma/paused")
    run = plegma.fix("--root", "/run/root", "--apply", "--yes")
    assert (run.code, "hands off" in run.words) == (5, True), run.out + run.err


def test_a_shim_that_stands_still_is_named_and_is_not_taken_for_the_runtime(node: tuple[Containerd, AtWork]) -> None:
    own, plegma = node
    own.inside.run("pkill", "-STOP", "containerd-shim")
    first = plegma.diagnosed("--call-timeout", "1")["hypotheses"][0]
    assert (first["cause"], first["confidence"]) == ("containerd-shim-deadlock", "likely")
    lines = [e["text"] for step in first["chain"] for e in step["evidence"]]
    assert any("crictl inspectp" in line and "no answer within 1.0 s (PodSandboxStatus on" in line for line in lines)
    own.inside.run("pkill", "-CONT", "containerd-shim")
