"""Facts, dry runs and deeds through the API, against a server on loopback (TLS, token). About 3 s."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from made_workloads import LONG_AGO, a_budget, a_node, a_pod, cluster, owned, writes
from recorded_apis import Call, Faults, RecordedApi, Reply, status

from plegma.cluster import Patient, client_for
from plegma.cluster.clients import Access
from plegma.remedy.actions import CordonNode, DeletePod, DrainNode, EvictPod, RestartRollout, UndoRollout
from plegma.remedy.clusters import ClusterHands
from plegma.remedy.facts import Facts, Fleet, NodeFacts, PodFacts, WorkloadFacts
from plegma.remedy.outcomes import Done, Failed

ROOT = Path(__file__).parents[2]
HTML = Reply(200, b"<html>")


@contextmanager
def hands(
    answering: Callable[[Call], Reply], folder: Path, pod: str = "web-7f9-a"
) -> Iterator[tuple[ClusterHands, RecordedApi, list[float]]]:
    """Waiting is told, not done: the clock moves with it."""
    waits: list[float] = []
    with RecordedApi(answering, folder) as api:
        patient = Patient(client_for(Access(kubeconfig=str(api.kubeconfig))), 5, 60)
        now = lambda: datetime.fromisoformat(LONG_AGO) + timedelta(seconds=1)  # noqa: E731
        yield ClusterHands(patient, ("shop", pod), now, waits.append, lambda: sum(waits)), api, waits
        patient.close()


def test_facts_of_a_pod_say_who_makes_it_anew_and_who_serves_meanwhile(tmp_path: Path) -> None:
    made = cluster()
    made.add("pods", a_pod("web-7f9-b", volumes=[{"name": "cache", "emptyDir": {}}, {"name": "shm", "emptyDir": {"medium": "Memory"}}]))
    made.add("pods", a_pod("other-1", owner=owned("ReplicaSet", "other")))
    made.add("poddisruptionbudgets", a_budget(1))
    with hands(made, tmp_path) as (side, _, _):
        facts = side.facts(EvictPod("shop", "web-7f9-b"))
    assert facts == PodFacts(
        True, "uid-web-7f9-b", "n1", "ReplicaSet/web-7f9", ready=True, peers_ready=1, disruptions_allowed=1, local_data=("cache",)
    )


def test_an_eviction_that_a_budget_forbids_fails_with_the_servers_words(tmp_path: Path) -> None:
    made = cluster()
    made.add("poddisruptionbudgets", a_budget(0))
    with hands(made, tmp_path) as (side, _, _):
        action = EvictPod("shop", "web-7f9-a")
        facts = side.facts(action)
        assert isinstance(facts, PodFacts)
        assert facts.disruptions_allowed == 0
        outcome = side.rehearse(action, facts)
    assert isinstance(outcome, Failed)
    assert "429 TooManyRequests: Cannot evict pod as it would violate the pod's disruption budget." in outcome.said


def test_another_pod_of_the_same_name_is_not_deleted(tmp_path: Path) -> None:
    made = cluster()
    with hands(made, tmp_path) as (side, _, _):
        action = EvictPod("shop", "web-7f9-a")
        facts = side.facts(action)
        assert isinstance(facts, PodFacts)
        made.things["pods", "shop", "web-7f9-a"]["metadata"]["uid"] = "another"
        assert "409 Conflict" in side.act(action, facts).said
    assert ("pods", "shop", "web-7f9-a") in made.things


def test_a_drain_waits_for_a_budget_as_the_server_says_and_leaves_what_a_daemonset_owns(tmp_path: Path) -> None:
    made = cluster()
    made.add("pods", a_pod("agent-1", owner=owned("DaemonSet", "agent")))
    made.add("pods", a_pod("elsewhere", node="n2"))
    busy = Reply(
        429,
        status(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.").body,
        headers={"Retry-After": "7"},
    )
    with hands(Faults(made).add("/eviction", busy, times=2), tmp_path) as (side, api, waits):
        outcome = side.act(DrainNode("n1"), NodeFacts(True))
    assert outcome == Done("1 pods were evicted")
    assert waits == [7.0, 7.0]
    assert made.things["nodes", "", "n1"]["spec"]["unschedulable"] is True
    assert {name for kind, _, name in made.things if kind == "pods"} == {"agent-1", "elsewhere"}
    assert writes(api)[0] == ("PATCH", "/api/v1/nodes/n1", False)


def test_a_rehearsed_drain_changes_nothing(tmp_path: Path) -> None:
    made = cluster()
    with hands(made, tmp_path) as (side, api, _):
        assert side.rehearse(DrainNode("n1"), NodeFacts(True)) == Done("1 pods were evicted")
        assert all(dry for _, _, dry in writes(api))
    assert "unschedulable" not in made.things["nodes", "", "n1"]["spec"]


def test_facts_of_a_node_name_what_stands_in_the_way_of_a_drain(tmp_path: Path) -> None:
    made = cluster()
    made.add("pods", a_pod("bare", owner=[]))
    made.add("poddisruptionbudgets", a_budget(0))
    with hands(made, tmp_path) as (side, _, _):
        facts = side.facts(DrainNode("n1"))
    assert isinstance(facts, NodeFacts)
    assert (facts.bare_pods, facts.blocked) == (("shop/bare",), ("shop/bare", "shop/web-7f9-a"))


def test_a_rollout_is_restarted_as_kubectl_does_it(tmp_path: Path) -> None:
    made = cluster()
    action = RestartRollout("shop", "deployment", "")
    with hands(made, tmp_path) as (side, _, _):
        facts = side.facts(action)
        assert facts == WorkloadFacts(True, "web", False, 1, 2)
        assert isinstance(side.act(action, facts), Done)
    annotations = made.things["deployments", "shop", "web"]["spec"]["template"]["metadata"]["annotations"]
    assert annotations == {"kubectl.kubernetes.io/restartedAt": "2026-01-02T03:04:06+00:00"}


def test_a_rollout_is_undone_to_the_revision_before(tmp_path: Path) -> None:
    made = cluster()
    action = UndoRollout("shop", "deployment", "")
    with hands(made, tmp_path) as (side, _, _):
        facts = side.facts(action)
        assert facts == WorkloadFacts(True, "web", True, 1, 2)
        assert isinstance(side.rehearse(action, facts), Done)
        assert isinstance(side.act(action, facts), Done)
    template = made.things["deployments", "shop", "web"]["spec"]["template"]
    assert template["spec"]["containers"][0]["image"] == "web:1"
    assert template["metadata"]["labels"] == {"app": "web"}


def test_a_rollout_without_an_earlier_revision_cannot_be_undone(tmp_path: Path) -> None:
    made = cluster()
    made.remove("replicasets", "shop", "web-5c1")
    with hands(made, tmp_path) as (side, _, _):
        assert side.facts(UndoRollout("shop", "deployment", "web")) == WorkloadFacts(True, "web", False, 1, 2)


@pytest.mark.parametrize(
    "fault", [status(401, "Unauthorized", "Unauthorized"), status(500, "InternalError", "etcd"), Reply(200, b"<html>")]
)
def test_what_cannot_be_asked_is_no_fact(tmp_path: Path, fault: Reply) -> None:
    with hands(Faults(cluster()).add("/pods", fault), tmp_path) as (side, _, _):
        facts: Facts | Failed = side.facts(EvictPod("shop", "web-7f9-a"))
    assert isinstance(facts, Failed)


def test_the_fleet_is_counted_over_all_pages_and_unknown_when_it_may_not_be_seen(tmp_path: Path) -> None:
    made = cluster()
    made.add("nodes", a_node("n9", ready=False))
    with hands(made, tmp_path) as (side, _, _):
        assert side.fleet() == Fleet(5, 1)
    with hands(Faults(made).add("/nodes", status(403, "Forbidden", "no")), tmp_path) as (side, _, _):
        assert side.fleet() is None


def test_a_namespace_that_may_not_be_read_could_be_paused(tmp_path: Path) -> None:
    forbidden = status(403, "Forbidden", 'namespaces "shop" is forbidden')
    with hands(lambda call: forbidden if call.path.endswith("/namespaces/shop") else made(call), tmp_path) as (side, _, _):
        made = cluster()
        facts = side.facts(EvictPod("shop", "web-7f9-a"))
    assert isinstance(facts, Failed)
    assert "forbidden" in facts.said


def test_the_fixers_role_holds_every_right_that_is_used(tmp_path: Path) -> None:
    made = cluster()
    with hands(made, tmp_path) as (side, api, _):
        side.fleet()
        for action in (
            RestartRollout("shop", "deployment", ""), UndoRollout("shop", "deployment", "web"), DeletePod("shop", "web-7f9-a"),
            CordonNode("n1"), DrainNode("n1"),
        ):  # fmt: skip
            facts = side.facts(action)
            assert not isinstance(facts, Failed)
            side.rehearse(action, facts)
    roles = yaml.safe_load_all((ROOT / "deploy/fixer/fixer.yaml").read_text())
    rules = next(thing for thing in roles if thing["kind"] == "ClusterRole")["rules"]
    allowed = {(g, r, v) for rule in rules for g in rule["apiGroups"] for r in rule["resources"] for v in rule["verbs"]}
    used = {right(call) for call in api.log if call.path not in ("/version", "/api", "/apis")}
    assert len(used) >= 10
    assert used <= allowed


_PATH = re.compile(r"/(?:api/v1|apis/(?P<group>[^/]+)/[^/]+)(?:/namespaces/[^/]+(?=/))?/(?P<what>[^/]+)(?:/(?P<name>[^/]+))?(?P<sub>/.*)?")


def right(call: Call) -> tuple[str, str, str]:
    """A request as RBAC sees it: API group, resource with what is below it, verb."""
    found = re.match(
        r"/(?:api/v1|apis/(?P<group>[^/]+)/[^/]+)(?:/namespaces/[^/]+(?=/))?/(?P<what>[^/]+)(?:/(?P<name>[^/]+))?(?P<sub>/.*)?$", call.path
    )
    assert found is not None
    verbs = {"GET": "get" if found["name"] else "list", "DELETE": "delete", "PATCH": "patch", "POST": "create"}
    return found["group"] or "", found["what"] + (found["sub"] or ""), verbs[call.method]
