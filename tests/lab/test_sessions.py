"""Worlds played in parts: the same as played at once, broken, mended, and watched for whether it holds. About 8 s."""

from copy import deepcopy
from random import Random

import pytest

from plegma.lab.healths import health, unwell
from plegma.lab.remedies import REMEDIES
from plegma.lab.scenarios import DAY, scenarios
from plegma.lab.sessions import (
    advance,
    advance_until_trouble,
    apply,
    apply_everywhere,
    faults_of,
    harmful,
    inject,
    lift_fault,
    open_session,
    standing,
    step,
    verdict,
)
from plegma.lab.simulations import simulate
from plegma.lab.trials import STEADY, Trial, Verdict


def session(name, profile="v1.36", seed=1, seconds=0.0):
    made = open_session(scenarios()[name], profile, Random(seed))
    if seconds:
        advance(made, seconds)
    return made


@pytest.fixture(scope="module")
def day_27():
    return session("memo", "v1.12", seconds=27 * DAY)


@pytest.fixture
def memo(day_27):
    """The memo on its 27th day: by then the lock is taken on all nodes."""
    return deepcopy(day_27)


def test_playing_in_parts_plays_the_same_as_playing_at_once():
    parts = session("ipam-full")
    for _ in range(9):
        advance(parts, 600)
    whole = simulate(scenarios()["ipam-full"], "v1.36", Random(1))
    assert parts.world.now == whole.now
    assert parts.world.api.events == whole.api.events


def test_a_step_plays_one_thing_and_moves_time_to_it():
    made = session("healthy")
    times = [made.world.now]
    for _ in range(30):
        step(made)
        times.append(made.world.now)
    assert times == sorted(times)
    assert made.world.played == 30


def test_an_injected_fault_shows_and_a_lifted_one_ends():
    made = session("healthy", seconds=900)
    assert unwell(made.world) == []
    inject(made, "containerd-hangs")
    assert standing(made) == ("containerd-hangs",)
    assert advance_until_trouble(made, 900)
    lift_fault(made, "containerd-hangs")
    advance(made, 600)
    assert unwell(made.world) == []
    assert standing(made) == ()


def test_a_fault_that_is_there_or_cannot_happen_in_this_version_is_refused():
    made = session("healthy", seconds=600)
    inject(made, "config-gone")
    with pytest.raises(ValueError, match="there already"):
        inject(made, "config-gone")
    with pytest.raises(KeyError):
        inject(made, "memo-hang")
    with pytest.raises(KeyError):
        lift_fault(made, "ipam-full")


def test_a_remedy_without_its_pod_or_node_is_refused():
    made = session("healthy", seconds=600)
    with pytest.raises(ValueError, match="needs a pod"):
        apply(made, "delete-pod")
    with pytest.raises(ValueError, match="needs a node"):
        apply(made, "restart-kubelet")


def test_every_fault_has_a_remedy_that_ends_it_and_every_remedy_names_faults_that_there_are():
    faults = {f.name for s in scenarios().values() for f in s.faults}
    ended = {name for remedy in REMEDIES.values() for name in remedy.ends}
    assert faults <= ended
    assert {n for r in REMEDIES.values() for n in (*r.ends, *r.eases, *r.bounds)} <= faults


@pytest.mark.parametrize("remedy", ["delete-pod", "restart-kubelet"])
def test_the_memos_temporary_remedies_help_for_now_and_the_fault_strikes_again(memo, remedy):
    trials = apply_everywhere(memo, remedy)
    advance(memo, 900)
    assert unwell(memo.world) == []
    assert {verdict(memo, t) for t in trials} == {Verdict.for_now}
    assert harmful(memo)
    advance(memo, 6 * DAY)
    assert {verdict(memo, t) for t in trials} == {Verdict.came_back}
    assert health(memo.world).flaps > 0


def test_libcni_with_a_timeout_keeps_the_memos_nodes_well_though_the_plugin_hangs_again(memo):
    trials = apply_everywhere(memo, "upgrade-libcni")
    advance(memo, 900)
    before = health(memo.world).flaps
    advance(memo, 30 * DAY)
    assert {verdict(memo, t) for t in trials} == {Verdict.holds}
    assert health(memo.world).flaps == before
    assert sum(node.plugins_ended for node in memo.world.nodes.values()) >= 30


def test_a_remedy_on_one_node_mends_that_node_alone(memo):
    first, *others = memo.world.nodes
    trial = apply(memo, "upgrade-libcni", node=first)
    advance(memo, 1800)
    assert verdict(memo, trial) is Verdict.holds
    assert unwell(memo.world, [first]) == []
    assert unwell(memo.world, others)


def test_a_restarted_kubelet_counts_events_anew_and_keeps_restart_counts_and_containers():
    made = session("app-exit", seconds=5400)
    node = next(n for n in made.world.nodes.values() if n.name in made.world.faulty)
    uid, before = next((u, s) for u, s in node.kubelet.pods.items() if s.restarts > 2)
    others = {r.id for rows in node.runtime.containers.values() for r in rows if r.state == "Running"}
    apply(made, "restart-kubelet", node=node.name)
    assert node.kubelet.pleg.active is None
    assert node.kubelet.pods[uid].crash.wait == 0
    advance(made, 60)
    assert node.kubelet.pods[uid].restarts >= before.restarts
    assert others <= {r.id for rows in node.runtime.containers.values() for r in rows}
    counts = [e.series.count for k, e in made.world.api.events.items() if e.uid == uid and e.series.happening.reason == "BackOff"]
    assert len(counts) == 2
    assert min(counts) < 10 < max(counts)


def test_a_checkpoint_outlives_the_kubelet_and_fails_the_pods_status_until_garbage_is_collected(memo):
    node = next(n for n in memo.world.nodes.values() if n.hung)
    uid = next(iter(node.hung))
    apply(memo, "restart-kubelet", node=node.name)
    advance(memo, 10)
    assert "No such container" in node.kubelet.pods[uid].status_error
    advance(memo, 90)
    assert node.kubelet.pods[uid].status_error == ""


def test_a_kubelet_that_something_ends_at_once_is_not_mended_by_a_restart():
    made = session("kubelet-swap", seconds=5400)
    node = made.world.faulty[0]
    trial = apply(made, "restart-kubelet", node=node)
    advance(made, 1200)
    assert verdict(made, trial) is Verdict.no_help
    trial = apply(made, "turn-swap-off", node=node)
    advance(made, 900)
    assert verdict(made, trial) is Verdict.holds


@pytest.mark.parametrize("name", sorted(n for n in scenarios() if n != "memo"))
def test_the_remedies_that_end_a_scenarios_faults_make_its_cluster_well(name):
    scenario = scenarios()[name]
    profile = scenario.faults[0].profiles[-1] if scenario.faults else "v1.36"
    made = session(name, profile, seconds=5400)
    for fault in scenario.faults:
        if fault.name in standing(made):
            remedy = next(r for r in REMEDIES.values() if fault.name in r.ends)
            apply_everywhere(made, remedy.name)
    advance(made, 1800)
    assert unwell(made.world) == []
    assert not harmful(made) or name == "pause-killed"


def test_a_verdict_waits_before_it_says_that_a_remedy_did_not_help():
    trial = Trial("wait", "cluster", (), 0.0, ("x",), 0.0)
    trial.watch(100, True)
    assert trial.verdict(100, True) is Verdict.waiting
    trial.watch(1000, True)
    assert trial.verdict(1000, True) is Verdict.no_help
    trial.watch(1000 + STEADY, False)
    assert trial.verdict(1400, False) is Verdict.holds
    assert trial.verdict(1400, True) is Verdict.for_now
    trial.watch(1500, True)
    assert trial.verdict(1500, False) is Verdict.came_back


def test_only_faults_of_the_version_can_be_injected():
    assert "memo-hang" in faults_of("v1.12")
    assert "memo-hang" not in faults_of("v1.36")


def anything(made, rng):
    """One thing that an operator, or chance, may do."""
    world = made.world
    there = sorted({fault.name for fault, _ in world.active})
    absent = sorted(set(faults_of(world.profile.name)) - set(there) - set(standing(made)))
    acts = (
        lambda: inject(made, rng.choice(absent)),
        lambda: lift_fault(made, rng.choice(there)) if there else None,
        lambda: apply_everywhere(made, rng.choice(sorted(REMEDIES))),
        lambda: advance(made, rng.choice((5, 60, 700, 3000, 40_000))),
        lambda: step(made),
    )
    rng.choice(acts)()


@pytest.mark.parametrize("seed", range(10))
def test_whatever_is_done_in_whatever_order_a_cluster_without_faults_gets_well_by_itself(seed):
    rng = Random(seed)
    made = session("healthy", rng.choice(("v1.12", "v1.36")), seed, 600)
    for _ in range(15):
        anything(made, rng)
    for name in {fault.name for fault, _ in made.world.active}:
        lift_fault(made, name)
    advance(made, 4000)
    assert standing(made) == ()
    assert unwell(made.world) == []


def test_a_kubelet_that_comes_back_is_a_new_process_and_waits_for_no_call_of_the_old_one():
    made = session("healthy", seconds=900)
    node = made.world.nodes[made.world.faulty[0]]
    inject(made, "kubelet-stopped")
    advance(made, 300)
    assert made.world.api.conditions[node.name]["DiskPressure"].status == "Unknown"
    for pod in [p for p in made.world.api.pods.values() if p.node == node.name and made.world.is_victim(p)]:
        apply(made, "delete-pod", pod=pod.spec.uid)
    before = node.process
    lift_fault(made, "kubelet-stopped")
    assert node.process == before + 1
    advance(made, 300)
    assert unwell(made.world) == []
    assert made.world.api.conditions[node.name]["DiskPressure"].reason == "KubeletHasNoDiskPressure"


@pytest.mark.parametrize("profile", ["v1.12", "v1.36"])
def test_where_every_call_hangs_libcnis_timeout_steadies_the_node_and_only_another_plugin_starts_the_pods(profile):
    made = session("plugin-hangs", profile, seconds=5400)
    node = made.world.nodes[made.world.faulty[0]]
    flapped = health(made.world).flaps
    assert (flapped > 0) is (profile == "v1.12")  # dockershim's status waits for the lock, containerd's does not
    [trial] = apply_everywhere(made, "upgrade-libcni")
    advance(made, 900)
    restarted = health(made.world).flaps
    advance(made, 3600)
    assert health(made.world).flaps == restarted
    assert not node.hung
    assert verdict(made, trial) is Verdict.no_help
    [trial] = apply_everywhere(made, "replace-plugin")
    advance(made, 1200)
    assert verdict(made, trial) is Verdict.holds
