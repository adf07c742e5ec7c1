"""`plegma fix` and `plegma verify` through the API as processes, against a server on loopback (TLS, token). About 25 s."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_clusters import MadeCluster
from made_workloads import a_budget, a_node, a_pod, cluster, makes_it_anew, without_sandbox, writes
from recorded_apis import Call, Faults, RecordedApi, status
from running import Run, plegma


def fix(api: RecordedApi, folder: Path, *more: str) -> Run:
    files = ("--state", str(folder / "state.json"), "--audit-log", str(folder / "audit.jsonl"))
    return plegma("fix", "--cluster", "--kubeconfig", str(api.kubeconfig), "-n", "shop", "--deadline", "15", "--steady", "1", *files, *more)


def sick(after_write: Callable[[MadeCluster, Call], None] | None = makes_it_anew, **pod: Any) -> MadeCluster:
    made = cluster(after_write)
    made.add("pods", without_sandbox(a_pod("web-7f9-b", **pod)))
    return made


PAUSED = {"annotations": {"plegma.dev/paused": "true"}}
POD = "/api/v1/namespaces/shop/pods/web-7f9-b"


def test_a_plan_is_only_told(tmp_path: Path) -> None:
    with RecordedApi(sick(), tmp_path) as api:
        run = fix(api, tmp_path)
    assert run.code == 0, run.err
    assert "delete the pod shop/web-7f9-b" in run.out
    assert "nothing was done" in run.out
    assert writes(api) == []


def test_a_pod_is_deleted_after_a_dry_run_and_the_proof_is_what_is_seen_then(tmp_path: Path) -> None:
    with RecordedApi(sick(), tmp_path) as api:
        run = fix(api, tmp_path, "--apply", "--yes")
    assert run.code == 0, run.out + run.err
    assert writes(api) == [("DELETE", POD, True), ("DELETE", POD, False)]
    assert "cured: has the cause 1 -> 0" in run.out
    events = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text().splitlines()]
    assert [e["event"] for e in events] == ["act", "acted", "proof"]
    assert events[0]["object"] == "pod/shop/web-7f9-b"


def test_what_did_not_help_is_told_and_exits_1(tmp_path: Path) -> None:
    def as_sick_as_before(made: MadeCluster, call: Call) -> None:
        if call.method == "DELETE":
            made.add("pods", without_sandbox(a_pod("web-7f9-z")))

    with RecordedApi(sick(as_sick_as_before), tmp_path) as api:
        run = fix(api, tmp_path, "--apply", "--yes", "--deadline", "3")
    assert run.code == 1, run.out + run.err
    assert "unchanged: has the cause 1 -> 1" in run.out


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda m: m.things["pods", "shop", "web-7f9-b"]["metadata"].update(ownerReferences=[]), "no owner would make the pod again"),
        (lambda m: m.things["pods", "shop", "web-7f9-b"]["metadata"].update(PAUSED), "plegma.dev/paused"),
        (lambda m: m.things["namespaces", "", "shop"]["metadata"].update(PAUSED), "the namespace shop"),
        (lambda m: m.add("poddisruptionbudgets", a_budget(0)), "--allow-risk disruptive"),
        (lambda m: [m.add("nodes", a_node(f"n{n}", ready=False)) for n in (2, 3, 4)], "3 of 4 nodes are not Ready"),
    ],
)  # fmt: skip
def test_what_must_not_be_done_is_refused_and_exits_5(tmp_path: Path, change: Callable[[MadeCluster], object], says: str) -> None:
    made = sick()
    change(made)
    with RecordedApi(made, tmp_path) as api:
        run = fix(api, tmp_path, "--apply", "--yes")
    assert run.code == 5, run.out + run.err
    assert says in " ".join(run.out.split())
    assert writes(api) == []


def test_a_dry_run_that_the_server_refuses_ends_the_step(tmp_path: Path) -> None:
    forbidden = status(403, "Forbidden", 'pods "web-7f9-b" is forbidden: User "tester" cannot delete resource "pods"')
    with RecordedApi(Faults(sick()).add("dryRun=All", forbidden), tmp_path) as api:
        run = fix(api, tmp_path, "--apply", "--yes")
    assert run.code == 5
    assert 'cannot delete resource "pods"' in " ".join(run.out.split())
    assert writes(api) == [("DELETE", POD, True)]


def test_the_same_pod_is_not_deleted_twice_within_the_cooldown(tmp_path: Path) -> None:
    def same_name(made: MadeCluster, call: Call) -> None:
        if call.method == "DELETE":
            made.add("pods", without_sandbox(a_pod("web-7f9-b")))

    with RecordedApi(sick(same_name), tmp_path) as api:
        assert fix(api, tmp_path, "--apply", "--yes", "--deadline", "1").code == 1
        again = fix(api, tmp_path, "--apply", "--yes")
    assert again.code == 5
    assert "was acted on" in again.out
    assert [w for w in writes(api) if not w[2]] == [("DELETE", POD, False)]


def test_without_a_terminal_somebody_has_to_say_yes(tmp_path: Path) -> None:
    with RecordedApi(sick(), tmp_path) as api:
        run = fix(api, tmp_path, "--apply")
    assert run.code == 2
    assert "--yes" in run.err
    assert writes(api) == []


def test_a_saved_diagnosis_is_acted_on_and_verified_later(tmp_path: Path) -> None:
    made = sick()
    saved = tmp_path / "diagnosis.json"
    with RecordedApi(made, tmp_path) as api:
        kube = ("--cluster", "--kubeconfig", str(api.kubeconfig), "-n", "shop")
        saved.write_text(plegma("diagnose", *kube, "-o", "json").out)
        assert plegma("verify", str(saved), *kube).code == 1
        assert fix(api, tmp_path, str(saved), "--apply", "--yes").code == 0
        checked = plegma("verify", str(saved), *kube)
    assert checked.code == 0, checked.out + checked.err
    assert checked.out.startswith("cured: ")


def test_what_other_evidence_never_showed_is_not_proven_by_its_silence(tmp_path: Path) -> None:
    saved, notes = tmp_path / "diagnosis.json", tmp_path / "notes.txt"
    notes.write_text("NAME     READY   STATUS    RESTARTS   AGE\nweb-0    1/1     Running   0          5d\n")
    with RecordedApi(sick(), tmp_path) as api:
        saved.write_text(plegma("diagnose", "--cluster", "--kubeconfig", str(api.kubeconfig), "-n", "shop", "-o", "json").out)
    run = plegma("verify", str(saved), "--evidence", str(notes))
    assert (run.code, run.out.startswith("not proven")) == (3, True), run.out + run.err


def test_an_eviction_is_refused_while_a_budget_forbids_it_and_done_when_it_does_not(tmp_path: Path) -> None:
    def made_anew(made: MadeCluster, call: Call) -> None:
        if call.method == "POST":
            made.add("pods", a_pod("web-7f9-z"))

    made = sick(made_anew)
    made.add("poddisruptionbudgets", a_budget(0))
    with RecordedApi(made, tmp_path) as api:
        refused = fix(api, tmp_path, "--evict", "--apply", "--yes")
        made.add("poddisruptionbudgets", a_budget(1))
        done = fix(api, tmp_path, "--evict", "--apply", "--yes")
    assert (refused.code, "allows no disruption now" in refused.out) == (5, True)
    assert done.code == 0, done.out + done.err
    assert writes(api) == [("POST", f"{POD}/eviction", True), ("POST", f"{POD}/eviction", False)]
