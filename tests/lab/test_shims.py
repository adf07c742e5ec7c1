"""Shims: what outlives containerd, and what is left when one dies. About 2 s."""

from random import Random

from plegma.lab.cri.runtimes import Health
from plegma.lab.effects import RuntimeStops, ShimDies
from plegma.lab.scenarios import Fault, alone
from plegma.lab.simulations import build
from plegma.lab.strikes import lift, strike

AWAY = Fault("away", "no-fault", "runtime", "made", (RuntimeStops(),), begins=3600)
DEAD = Fault("dead", "no-fault", "runtime", "made", (ShimDies(),), begins=3600)


def at(fault, until):
    world = build(alone(fault), "v1.36", Random(4))
    play(world, until)
    return world, world.nodes[world.faulty[0]]


def play(world, until):
    world.until = until
    world.run()


def victims(world, node):
    return [uid for uid in node.kubelet.pods if world.is_victim(world.api.pods[uid])]


def test_each_ready_sandbox_has_a_shim_which_outlives_containerd():
    world, node = at(AWAY, 3590)
    before = dict(node.runtime.shims)
    assert set(before) == {row.id for rows in node.runtime.sandboxes.values() for row in rows if row.ready}
    play(world, 3700)
    assert node.runtime.health is Health.refusing
    assert node.runtime.shims == before
    assert len({shim.pid for shim in before.values()}) == len(before)


def test_a_shim_that_is_killed_takes_its_pod_with_it_and_the_kubelet_makes_both_anew():
    world, node = at(DEAD, 3590)
    before = {uid: node.runtime.sandboxes[uid][-1].id for uid in victims(world, node)}
    play(world, 3700)
    for uid, old in before.items():
        assert old not in node.runtime.shims
        assert node.runtime.shims[node.runtime.sandboxes[uid][-1].id].uid == uid
        assert node.kubelet.pods[uid].last_exit.code == 137
        assert node.kubelet.pods[uid].restarts == 1
        assert node.kubelet.pods[uid].ready


def test_what_a_shim_left_while_containerd_was_away_runs_on_until_containerd_is_back():
    world, node = at(AWAY, 3650)
    strike(world, DEAD, DEAD.effects[0])
    play(world, 3700)
    uids = victims(world, node)
    assert node.runtime.orphans == {node.runtime.sandboxes[uid][-1].id for uid in uids} != set()
    assert {node.runtime.containers[uid][-1].state for uid in uids} == {"Running"}
    lift(world, AWAY, AWAY.effects[0])
    assert node.runtime.orphans == set()
    assert {node.runtime.containers[uid][-1].exit.code for uid in uids} == {137}
    play(world, 3900)
    assert {node.kubelet.pods[uid].restarts for uid in uids} == {1}
