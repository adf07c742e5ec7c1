"""What a node's runtime, network and kernel do over time. About 5 s."""

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from plegma.agent.inputs import RecordsListed
from plegma.lab.cri.runtimes import Health
from plegma.lab.effects import AddressesHeld, FillsUp, PluginHangs, RuntimeStops
from plegma.lab.housekeeping import renewed, reported
from plegma.lab.scenarios import Fault, alone, scenarios
from plegma.lab.simulations import build, simulate
from plegma.lab.writing.runtime_tables import docker_ps


def faulty(world):
    return world.nodes[world.faulty[0]]


def playing(fault, profile, until, **changes):
    world = build(replace(alone(fault), **changes), profile, Random(4))
    world.until = until
    world.run()
    return world


def texts(world, reason):
    return [e.series.happening.message for e in world.api.events.values() if e.series.happening.reason == reason]


def fault(*effects, **changes):
    return Fault("made", "no-fault", "cni", "made", effects, **changes)


def test_containers_that_ended_and_sandboxes_that_died_go_but_for_the_newest():
    world = simulate(scenarios()["app-exit"], "v1.36", Random(2))
    rows = [rows for uid, rows in faulty(world).runtime.containers.items() if world.is_victim(world.api.pods[uid])]
    assert all(len(r) <= 3 and r[-1].attempt > 5 for r in rows)
    failing = simulate(scenarios()["ipam-full"], "v1.12", Random(2))
    dead = [s for rows in faulty(failing).runtime.sandboxes.values() for s in rows if not s.ready]
    assert dead
    assert max(s.attempt for s in dead) > 20
    assert len(dead) < 20


def test_dead_sandboxes_show_in_docker_ps_until_garbage_is_collected():
    world = playing(fault(AddressesHeld(), begins=100, new_pods=True), "v1.12", 178.0, victim_since=115)
    node = faulty(world)
    before = docker_ps(world, node).count("k8s_POD_")
    assert before > len(node.kubelet.pods)
    world.until = 185.0
    world.run()
    assert docker_ps(world, node).count("k8s_POD_") < before


def test_leaked_addresses_end_in_exhaustion_by_themselves():
    world = simulate(scenarios()["ipam-leak"], "v1.36", Random(3))
    here = {row.id for rows in faulty(world).runtime.sandboxes.values() for row in rows}
    held = faulty(world).network.addresses.held
    assert len(held) == 60
    assert len(set(held.values()) - here) > 50
    assert any("no IP addresses available" in text for text in texts(world, "FailedCreatePodSandBox"))


def test_a_hanging_add_holds_the_name_and_then_leaves_a_dead_sandbox_with_containerd():
    world = playing(fault(PluginHangs(), begins=100, new_pods=True), "v1.36", 700.0, victim_since=115)
    said = texts(world, "FailedCreatePodSandBox")
    assert any("DeadlineExceeded" in text for text in said)
    assert any("is reserved for" in text for text in said)
    assert texts(world, "SandboxChanged")
    assert any("DeadlineExceeded" in text for text in texts(world, "FailedKillPod") + said)


def test_a_hanging_add_holds_the_pods_lock_with_dockershim_so_that_its_status_hangs_too():
    world = playing(fault(PluginHangs(), begins=100, new_pods=True), "v1.12", 1500.0, victim_since=115)
    assert faulty(world).network.locks == faulty(world).hung != set()
    assert any("DeadlineExceeded" in text for text in texts(world, "FailedSync"))
    assert any(c.reason == "KubeletNotReady" for c in world.api.conditions[world.faulty[0]].values()) or texts(world, "NodeNotReady")


def test_an_exec_timeout_of_libcni_turns_the_hang_into_an_error():
    world = build(alone(fault(PluginHangs(), begins=100, new_pods=True)), "v1.12", Random(4))
    for node in world.nodes.values():
        node.network.exec_timeout = 220.0
    world.until = 900.0
    world.run()
    assert any("signal: killed" in text for text in texts(world, "FailedCreatePodSandBox"))
    assert faulty(world).hung == set()


@pytest.mark.parametrize(("profile", "running"), [("v1.12", False), ("v1.36", True)])
def test_containers_outlive_containerd_but_not_dockerd(profile, running):
    world = playing(fault(RuntimeStops(), begins=600), profile, 700.0)
    node = faulty(world)
    assert node.runtime.health is Health.refusing
    assert any(r.state == "Running" for rows in node.runtime.containers.values() for r in rows) is running


def test_a_full_disk_frees_images_first_then_evicts_one_pod_in_ten_seconds_and_keeps_critical_ones():
    world = playing(fault(FillsUp("disk", 0.08), begins=600), "v1.36", 700.0)
    node = faulty(world)
    images = [line.at for line in node.logs["kubelet"] if line.what == "removing-image"]
    evicted = [line.at for line in node.logs["kubelet"] if line.what == "evicting"]
    assert images[0] <= evicted[0]
    assert len(evicted) > 1
    assert all(later - sooner >= 9 for sooner, later in pairwise(evicted))
    assert not any("kube-system" in e.namespace for e in world.api.events.values() if e.series.happening.reason == "Evicted")
    assert world.api.conditions[node.name]["DiskPressure"].status == "True"
    assert "node.kubernetes.io/disk-pressure" in world.api.taints[node.name]


def test_the_pressure_condition_stays_five_minutes_after_the_disk_has_room_again():
    world = playing(fault(FillsUp("disk", 0.08), begins=600, lasts=120), "v1.36", 900.0)
    name = world.faulty[0]
    assert world.api.conditions[name]["DiskPressure"].status == "True"
    world.until = 1100.0
    world.run()
    assert world.api.conditions[name]["DiskPressure"].status == "False"
    assert world.api.taints[name] == set()


def test_an_hour_has_as_many_renewals_and_reports_played_or_not():
    world = simulate(replace(scenarios()["healthy"], seconds=3600.0), "v1.36", Random(1))
    assert {n.renewals for n in world.nodes.values()} == {360}
    for node in world.nodes.values():
        assert 0 <= world.now - node.renewed < 10
        assert 0 <= world.now - node.reported <= 300
        assert (renewed(world, node), reported(world, node)) == (node.renewed, node.reported)


def test_a_pod_with_one_ready_sandbox_and_one_container_is_not_listed_for_garbage():
    runtime = faulty(simulate(scenarios()["app-exit"], "v1.36", Random(2))).runtime
    listed = {r.uid for r in RecordsListed(runtime.records()).records}
    assert listed == {uid for uid, rows in runtime.containers.items() if len(rows) > 1} != set()
