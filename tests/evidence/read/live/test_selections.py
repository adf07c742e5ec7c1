"""What of a cluster's lists is kept."""

from datetime import UTC, datetime

from made_incidents import killed, lease, no_sandbox, node, pod

from plegma.evidence.read.live.selections import MOST_ROWS, MOST_WHOLE, Pods, kept_leases, row, tidy
from plegma.evidence.read.live.suspicions import is_sick, is_suspicious, troubles

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_well_pod_is_not_suspicious_and_sick_ones_are() -> None:
    assert not is_suspicious(pod("a", "well", "n", NOW), NOW)
    assert is_suspicious(pod("a", "stuck", "n", NOW, no_sandbox(NOW)), NOW)
    assert is_suspicious(pod("a", "killed", "n", NOW, killed(NOW)), NOW)


def test_a_container_that_was_killed_has_a_log_of_its_run_before_only() -> None:
    (trouble,) = troubles(pod("a", "killed", "n", NOW, killed(NOW)), NOW)
    assert (trouble.runs, trouble.ran_before) == (False, True)


def test_a_pod_that_completed_is_well() -> None:
    done = pod("a", "job", "n", NOW)
    done["status"]["phase"] = "Succeeded"
    done["status"]["containerStatuses"][0] |= {"ready": False, "state": {"terminated": {"exitCode": 0}}}
    assert not is_suspicious(done, NOW)


def test_objects_of_odd_shapes_are_neither_well_nor_a_crash() -> None:
    for odd in ({}, {"status": None}, {"status": {"phase": 7, "containerStatuses": "x"}}, {"metadata": [], "spec": "y"}):
        assert is_suspicious(odd, NOW)
        assert troubles(odd, NOW) == ()
        assert row(odd)["spec"] == {"containers": []}
        tidy(odd)
        assert is_sick(odd)


def test_values_of_variables_and_applied_manifests_do_not_stay() -> None:
    kept = tidy(
        {
            "metadata": {"annotations": {"kubectl.kubernetes.io/last-applied-configuration": "secret", "a": "b"}, "managedFields": []},
            "spec": {"template": {"spec": {"containers": [{"env": [{"name": "A", "value": "secret"}]}]}}},
        }
    )
    assert "secret" not in str(kept)
    assert kept["metadata"] == {"annotations": {"a": "b"}}


def test_when_nearly_all_pods_are_sick_their_number_is_bounded_and_the_rest_is_counted_as_what_it_is() -> None:
    pods = Pods(NOW)
    pods.add(pod("a", f"p{n}", f"n{n}", NOW, no_sandbox(NOW)) for n in range(2 * MOST_ROWS))
    kept = pods.kept(frozenset(), frozenset())
    assert len(pods.whole) == MOST_WHOLE
    assert len(kept.pods) == MOST_WHOLE + MOST_ROWS
    assert (kept.well, kept.suspicious) == (0, 2 * MOST_ROWS - MOST_WHOLE - MOST_ROWS)


def test_of_many_leases_the_stale_ones_stay() -> None:
    leases = [lease(f"n{n}", NOW, age=300 if n == 7 else 5) for n in range(500)]
    kept = {thing["metadata"]["name"] for thing in kept_leases(leases, frozenset({"n9"}))}
    assert {"n7", "n9"} <= kept


def test_a_node_with_an_unknown_condition_is_sick() -> None:
    assert not is_sick(node("n", NOW))
    assert is_sick(node("n", NOW, ready=False))
    odd = node("n", NOW)
    odd["status"]["conditions"].append({"type": "KernelDeadlock", "status": "True"})
    assert is_sick(odd)


def test_a_thousand_evicted_pods_of_one_owner_do_not_crowd_out_the_others() -> None:
    pods = Pods(NOW)
    evicted = {"phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: ephemeral-storage."}
    owner = {"kind": "ReplicaSet", "name": "rs", "uid": "uid-rs"}
    pods.add(pod("a", f"evicted-{n}", "n", NOW, evicted, owner) for n in range(1000))
    pods.add([pod("z", "killed", "n", NOW, killed(NOW))])
    assert [p["metadata"]["name"] for p in pods.whole if p["metadata"]["namespace"] == "z"] == ["killed"]
    assert len(pods.whole) == 11
    kept = pods.kept(frozenset(), frozenset())
    assert len(kept.pods) == 1001
    assert kept.pods[0]["status"]["reason"] == "Evicted"
