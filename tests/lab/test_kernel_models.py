"""What a node's kernel does when something is wrong with memory, a task or a disk; its ring is written from that. About 3 s."""

from itertools import pairwise
from random import Random

import pytest

from plegma.lab.disks import Breakage
from plegma.lab.effects import DiskBreaks, MemoryGrows, PodsReplaced, TaskHangs
from plegma.lab.housekeeping import usage, used_of
from plegma.lab.scenarios import Fault, alone, scenarios
from plegma.lab.simulations import build, simulate
from plegma.lab.writing.node_logs import dmesg

MIB = 1 << 20


def faulty(world):
    return world.nodes[world.faulty[0]]


def victims(world, node):
    return [uid for uid in node.kubelet.pods if world.is_victim(world.api.pods[uid])]


def said_of(world, reason):
    return [e.series.happening.message for e in world.api.events.values() if e.series.happening.reason == reason]


def playing(until, *effects, profile="v1.36", **changes):
    world = build(alone(Fault("made", "no-fault", "kernel", "made", effects, **changes)), profile, Random(4))
    world.until = until
    world.run()
    return world


@pytest.mark.parametrize("profile", ["v1.12", "v1.36"])
def test_a_container_that_outgrows_its_limit_is_killed_and_restarts_and_ring_tell_the_same_number(profile):
    world = simulate(scenarios()["app-oom"], profile, Random(3))
    node = faulty(world)
    uids = victims(world, node)
    killed = [line for line in node.logs["kernel"] if line.what == "oom-kill"]
    assert len(killed) == node.kernel.oom_kills > 5
    assert dmesg(world, node).count("Memory cgroup out of memory") == node.kernel.oom_kills
    restarts = sum(node.kubelet.pods[uid].restarts for uid in uids)
    dead = sum(node.runtime.containers[uid][-1].state == "Exited" for uid in uids)
    assert node.kernel.oom_kills - dead <= restarts <= node.kernel.oom_kills
    last = {node.kubelet.pods[uid].last_exit for uid in uids}
    assert {(e.code, e.reason) for e in last} == {(137, "OOMKilled")}


def test_a_container_dies_when_its_working_set_has_reached_the_limit_and_not_before():
    limit, rate = 600 * MIB, 4 * MIB
    world = playing(3652, MemoryGrows(limit, rate))
    for uid in victims(world, faulty(world)):
        cgroup = faulty(world).kernel.cgroups[uid]
        assert usage(uid, "memory") < cgroup.used < limit
    before = used_of(faulty(world), "memory")
    world.until = 3662
    world.run()
    assert used_of(faulty(world), "memory") - before == sum(2 * 5 * rate for _ in victims(world, faulty(world)))
    world.until = 3800
    world.run()
    for line in faulty(world).logs["kernel"]:
        assert (line.at - 3600) * rate == pytest.approx(limit - usage(line.values["uid"], "memory"), abs=5 * rate)


def test_an_application_that_is_mended_grows_no_more():
    world = playing(3800, MemoryGrows(600 * MIB, 4 * MIB), lasts=60)
    assert faulty(world).kernel.oom_kills == 0
    assert {c.used < c.limit for c in faulty(world).kernel.cgroups.values()} == {True}


def test_a_task_in_state_d_is_reported_every_two_minutes_and_ten_times_at_most():
    world = playing(3600 + 30 * 60, TaskHangs("10.9.0.30", "df"))
    said = [line.at for line in faulty(world).logs["kernel"] if line.what == "hung-statfs"]
    assert len(said) == 10
    assert said[0] - 3600 > 120
    assert {later - sooner for sooner, later in pairwise(said)} == {120}


def test_a_server_that_is_back_ends_the_reports():
    world = playing(3600 + 30 * 60, TaskHangs("10.9.0.30", "df"), lasts=400)
    lines = faulty(world).logs["kernel"]
    assert [line.what for line in lines] == ["server-gone", "hung-statfs", "hung-statfs", "server-back"]


@pytest.mark.parametrize("profile", ["v1.12", "v1.36"])
def test_a_container_whose_process_hangs_cannot_be_stopped_until_the_server_is_back(profile):
    world = playing(5000, TaskHangs("10.9.0.31"), PodsReplaced(10_000), profile=profile, lasts=1500)
    node = faulty(world)
    deleted = [pod.spec.uid for pod in world.api.pods.values() if pod.deleting is not None]
    assert len(deleted) == 1
    assert node.runtime.containers[deleted[0]][-1].state == "Running"
    assert any(s.ready for s in node.runtime.sandboxes[deleted[0]])
    assert any("DeadlineExceeded" in text for text in said_of(world, "FailedKillPod"))
    world.until = 5600
    world.run()
    assert deleted[0] not in world.api.pods


@pytest.mark.parametrize("profile", ["v1.12", "v1.28", "v1.36"])
def test_on_a_disk_that_became_read_only_running_pods_stay_and_new_ones_fail(profile):
    world = playing(4500, DiskBreaks("runtime", Breakage.journal), new_pods=True, profile=profile)
    node = faulty(world)
    assert node.kernel.disks["runtime"].read_only
    assert dmesg(world, node).count("Remounting filesystem read-only") == 1
    assert all("read-only file system" in text for text in said_of(world, "FailedCreatePodSandBox"))
    assert said_of(world, "FailedCreatePodSandBox")
    running = {uid for uid, rows in node.runtime.containers.items() if rows[-1].state == "Running"}
    assert running == set(node.kubelet.pods) - set(victims(world, node))


def test_errors_on_a_data_disk_keep_no_pod_from_starting_and_each_names_other_blocks():
    world = playing(4500, DiskBreaks("data", Breakage.data), new_pods=True)
    node = faulty(world)
    lost = [line.values["block"] for line in node.logs["kernel"] if line.what == "write-lost"]
    assert len(set(lost)) == len(lost) > 10
    assert {node.kubelet.pods[uid].ready for uid in victims(world, node)} == {True}


def test_a_new_disk_lets_pods_start():
    world = playing(4800, DiskBreaks("runtime", Breakage.journal), new_pods=True, lasts=600)
    assert {faulty(world).kubelet.pods[uid].ready for uid in victims(world, faulty(world))} == {True}
