"""Any order of inputs, also absurd ones: what must hold of every step. About 8 s."""

from copy import deepcopy
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plegma.agent import inputs
from plegma.agent.back_offs import BackOff, next_back_off
from plegma.agent.decisions import Call, Collect, ReadResources
from plegma.agent.evictions import Reading, Usage
from plegma.agent.garbage import images_to_remove, records_to_remove
from plegma.agent.kubelets import Kubelet
from plegma.agent.machine import step
from plegma.agent.pods import Container, Exit, Image, PodRecords, PodSpec, Probe, RuntimeStatus, Sandbox
from plegma.agent.profiles import PROFILES

UIDS = ("u1", "u2")
SPECS = [PodSpec(u, "shop", f"web-{u}", "web", "registry.example/web:1", liveness=Probe("Liveness")) for u in UIDS]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

errors = st.sampled_from(["", "", "rpc error: code = DeadlineExceeded"])
uids = st.sampled_from(UIDS)
rows = st.builds(Sandbox, st.sampled_from("abcd"), st.booleans(), st.integers(0, 3), st.sampled_from(["", "10.0.0.2"]))
sandboxes = st.lists(rows, max_size=3)
exits = st.builds(Exit, st.integers(0, 139), st.just("Error"), st.just(1.0), st.floats(1, 5000))
homes, names = st.sampled_from("abcd"), st.just("web")
containers = st.builds(Container, st.sampled_from("efgh"), st.integers(0, 3), st.just(1.0), st.booleans(), exits, homes, names)
statuses = st.builds(lambda s, c: RuntimeStatus(tuple(s), c), sandboxes, st.none() | containers)
records = st.builds(lambda u, s, c: PodRecords(u, tuple(s), tuple(c)), uids, sandboxes, st.lists(containers, max_size=3))
images = st.builds(Image, st.sampled_from(["a:1", "b:1", "registry.example/web:1"]), st.integers(1, 50), st.booleans())
readings = st.builds(Reading, st.sampled_from(["memory.available", "nodefs.available", "pid.available"]), st.integers(0, 100), st.just(100))
some_records = st.lists(records, max_size=2, unique_by=lambda r: r.uid)
some_images = st.lists(images, max_size=3, unique_by=lambda i: i.name)
USAGES = tuple(Usage(u, "memory", 5, 1) for u in UIDS)
told = st.one_of(
    st.builds(inputs.PodAdded, st.sampled_from(SPECS)),
    st.builds(inputs.PodDeleted, uids),
    st.builds(inputs.SyncPod, uids, st.sampled_from([1, 1, 7])),
    st.builds(inputs.StatusRead, uids, statuses),
    st.builds(inputs.StatusRead, uids, st.none(), st.just("timed out")),
    st.builds(inputs.RelistListed),
    st.builds(inputs.RelistDone),
    st.builds(inputs.ListBlocked, st.booleans()),
    st.builds(inputs.RuntimePolled, errors, st.sampled_from(["", "cni plugin not initialized"])),
    st.builds(inputs.StatusTick),
    st.builds(inputs.StatusAnswered, errors),
    st.builds(inputs.LeaseDue),
    st.builds(inputs.LeaseAnswered, errors),
    st.builds(lambda r, x: inputs.RecordsListed(tuple(r), x), some_records, st.booleans()),
    st.builds(lambda i, u, x: inputs.ImagesListed(tuple(i), u, 100, x), some_images, st.integers(0, 100), st.booleans()),
    st.builds(lambda r, x: inputs.ResourcesRead(tuple(r), USAGES, x), st.lists(readings, max_size=3), st.booleans()),
    st.builds(inputs.Probed, uids, st.sampled_from(["Liveness", "Readiness"]), st.booleans()),
    st.just(inputs.CallDone("", "")),
    st.just(inputs.CallDone("", "")),  # the oldest call under way ends: filled in when it is played
    st.just(inputs.Collected("", "")),
)  # fmt: skip
runs = st.lists(st.tuples(told, st.sampled_from([0.0, 1.0, 12.0, 400.0]), errors), min_size=25, max_size=60)


def played(profile, run):
    """Every step of a run as (state before, input, now, state after, decisions), with calls answered as a driver would."""
    kubelet, now, calls, garbage = Kubelet("n1", PROFILES[profile]), 0.0, [], []
    well = (inputs.ListBlocked(False), inputs.RuntimePolled(), inputs.PodAdded(SPECS[0]), inputs.SyncPod("u1"))
    for given_input, after, error in [*((i, 0.0, "") for i in well), *run]:
        now += after
        if isinstance(given_input, inputs.CallDone):
            if not calls:
                continue
            call = calls.pop(0)
            given_input = inputs.CallDone(call.uid, call.op, error)
        if isinstance(given_input, inputs.Collected):
            if not garbage:
                continue
            given_input = inputs.Collected(garbage[0].op, garbage.pop(0).id, error)
        if isinstance(given_input, inputs.PodAdded) and given_input.spec.uid in kubelet.pods:
            continue
        before, (kubelet, out) = kubelet, step(kubelet, given_input, now)
        calls += [d for d in out if isinstance(d, Call) and d.op != "Forget"]
        garbage += [d for d in out if isinstance(d, Collect)]
        yield before, given_input, now, kubelet, out, calls, garbage


@pytest.mark.parametrize("profile", PROFILES)
@given(run=runs)
@QUICK
def test_no_pod_has_two_calls_under_way_and_each_loop_collects_one_thing_at_a_time(profile, run):
    for *_, kubelet, _out, calls, garbage in played(profile, run):
        busy = [c.uid for c in calls if c.uid in kubelet.pods]
        assert len(busy) == len(set(busy))
        assert sum(c.op == "RemoveImage" for c in garbage) <= 1
        assert sum(c.op != "RemoveImage" for c in garbage) <= 1


@pytest.mark.parametrize("profile", PROFILES)
@given(run=runs)
@QUICK
def test_a_step_is_repeatable_and_leaves_what_went_in_as_it_was(profile, run):
    for before, given_input, now, after, out, *_ in played(profile, run):
        kept = deepcopy(before)
        assert step(before, given_input, now) == (after, out)
        assert before == kept


@pytest.mark.parametrize("profile", PROFILES)
@given(run=runs)
@QUICK
def test_counts_of_events_and_restarts_never_fall(profile, run):
    for before, _given, _now, after, *_ in played(profile, run):
        for name, known in before.recorder.objects.items():
            assert all(after.recorder.objects[name].series[k].count >= s.count for k, s in known.series.items())
        assert all(after.pods[u].restarts >= p.restarts for u, p in before.pods.items() if u in after.pods)


@pytest.mark.parametrize("profile", PROFILES)
@given(run=runs)
@QUICK
def test_states_have_the_fields_of_their_records_and_waits_are_in_bounds(profile, run):
    for *_, kubelet, _out, _calls, _garbage in played(profile, run):
        assert set(kubelet.__dict__) == {f.name for f in fields(Kubelet)}
        for pod in kubelet.pods.values():
            assert set(pod.__dict__) == {f.name for f in fields(pod)}
            assert pod.crash.wait <= 300
            assert pod.pull.wait <= 300
            assert pod.mount.wait <= 122
        assert kubelet.lease_wait <= 7


@pytest.mark.parametrize("profile", PROFILES)
@given(run=runs)
@QUICK
def test_a_sandbox_is_removed_only_after_it_was_stopped(profile, run):
    stopped = set()
    for _before, given_input, _now, _after, out, *_ in played(profile, run):
        if isinstance(given_input, inputs.Collected) and given_input.op == "StopPodSandbox" and not given_input.error:
            stopped.add(given_input.id)
        assert {d.id for d in out if isinstance(d, Collect) and d.op == "RemovePodSandbox"} <= stopped


@given(records)
def test_a_living_pods_newest_sandbox_a_ready_one_and_one_with_a_kept_container_stay(found):
    dead, old = records_to_remove(found, pod_lives=True)
    if found.sandboxes:
        assert found.sandboxes[0].id not in old
    assert not {s.id for s in found.sandboxes if s.ready and sum(o.id == s.id for o in found.sandboxes) == 1} & set(old)
    assert not {c.sandbox for c in found.containers if c.id not in dead} & set(old)


@given(st.lists(images, unique_by=lambda i: i.name), st.floats(0, 200), st.floats(0, 1000))
def test_no_image_in_use_goes_and_no_more_than_needed(found, to_free, now):
    seen = {i.name: (0.0, float(n)) for n, i in enumerate(found)}
    gone = images_to_remove(found, seen, to_free, now, {})
    assert not any(i.in_use for i in gone)
    assert sum(i.size for i in gone[:-1]) < to_free or not gone


@given(st.lists(st.floats(0, 5000), max_size=20))
def test_a_back_off_doubles_at_most_and_stays_between_its_first_and_its_longest_wait(pauses):
    back, now = BackOff(), 0.0
    for pause in pauses:
        now += pause
        new = next_back_off(back, now, 10, 300)
        assert 10 <= new.wait <= 300
        assert new.wait in (10, min(300, back.wait * 2))
        back = new


def test_what_was_to_be_collected_is_read_again_only_when_all_of_it_is_gone():
    kubelet = replace(Kubelet("n1", PROFILES["v1.36"]), reclaiming=True)
    dead = PodRecords("gone", (Sandbox("a", False, 0),), (Container("c", 0, 1.0, False, sandbox="a"),))
    kubelet, out = step(kubelet, inputs.RecordsListed((dead,), reclaim=True), 1000.0)
    seen = [d.op for d in out if isinstance(d, Collect)]
    while not any(isinstance(d, ReadResources) for d in out):
        first = next(d for d in out if isinstance(d, Collect))
        kubelet, out = step(kubelet, inputs.Collected(first.op, first.id), 1000.0)
        seen += [d.op for d in out if isinstance(d, Collect)]
    assert seen == ["RemoveContainer", "StopPodSandbox", "RemovePodSandbox"]


def test_a_container_that_cannot_be_removed_keeps_its_sandbox():
    dead = PodRecords("gone", (Sandbox("a", False, 0),), (Container("c", 0, 1.0, False, sandbox="a"),))
    kubelet, _ = step(Kubelet("n1", PROFILES["v1.12"]), inputs.RecordsListed((dead,)), 0.0)
    kubelet, out = step(kubelet, inputs.Collected("RemoveContainer", "c", "removal is already in progress"), 1.0)
    assert kubelet.garbage == ()
    assert not [d for d in out if isinstance(d, Collect)]
