"""What a node's kernel does when something is wrong with memory, a task or a disk; its ring is written from that. About 3 s."""

from random import Random

import pytest

from plegma.lab.effects import MemoryGrows
from plegma.lab.housekeeping import usage, used_of
from plegma.lab.scenarios import Fault, alone, scenarios
from plegma.lab.simulations import build, simulate
from plegma.lab.writing.node_logs import dmesg

MIB = 1 << 20


def faulty(world):
    return world.nodes[world.faulty[0]]


def victims(world, node):
    return [uid for uid in node.kubelet.pods if world.is_victim(world.api.pods[uid])]


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
