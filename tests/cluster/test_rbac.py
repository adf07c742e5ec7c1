"""deploy/: the reader may do exactly what plegma asks for, the manifests are whole, the image is run by nobody."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from made_clusters import MadeCluster
from made_incidents import ago, incident, killed, no_sandbox, pod
from made_workloads import a_pod, cluster, owned
from recorded_apis import Call, Faults, RecordedApi, status

from plegma.app.clusters import Target, collection_from
from plegma.app.node_agents import manifest
from plegma.cluster import Patient, Request, client_for
from plegma.cluster.clients import Access
from plegma.cluster.rules import Rule, rule_of
from plegma.evidence.read.live import Question
from plegma.remedy.actions import CordonNode, DeletePod, DrainNode, EvictPod, RestartRollout, UndoRollout
from plegma.remedy.clusters import ClusterHands
from plegma.remedy.outcomes import Done, Failed

DEPLOY = Path(__file__).parents[2] / "deploy"
NOW = datetime.now(UTC)
Thing = dict[str, Any]
needs_kubectl = pytest.mark.skipif(shutil.which("kubectl") is None, reason="there is no kubectl on PATH to build the kustomizations with")


def everything() -> MadeCluster:
    """A cluster that makes plegma ask for everything that it ever asks for."""
    made = incident(NOW)
    for kind, plural in (("DaemonSet", "daemonsets"), ("StatefulSet", "statefulsets"), ("Job", "jobs")):
        owner = {"kind": kind, "name": f"the-{plural}", "uid": f"uid-{plural}"}
        made.add("pods", pod("shop", f"of-{plural}", "wk-1", NOW, killed(NOW, f"{len(plural):064x}"), owner))
        made.add(plural, {"metadata": {"name": f"the-{plural}", "namespace": "shop", "creationTimestamp": ago(NOW, days=1)}})
    made.things["jobs", "shop", "the-jobs"]["metadata"]["ownerReferences"] = [{"kind": "CronJob", "name": "nightly", "uid": "uid-c"}]
    made.add("cronjobs", {"metadata": {"name": "nightly", "namespace": "shop"}})
    claiming = pod("shop", "claiming", "wk-2", NOW, no_sandbox(NOW))
    claiming["spec"]["volumes"] = [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]
    made.add("pods", claiming)
    made.add("persistentvolumeclaims", {"metadata": {"name": "data", "namespace": "shop"}, "spec": {"volumeName": "pv-1"}})
    made.add("persistentvolumes", {"metadata": {"name": "pv-1"}, "spec": {}})
    made.add("volumeattachments", {"metadata": {"name": "att"}, "spec": {"attacher": "csi", "nodeName": "wk-2"}})
    return made


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> frozenset[Rule]:
    """The rules that the requests of runs with every kind of question need."""
    faults = Faults(everything())
    calls: list[Call] = []
    with RecordedApi(faults, tmp_path_factory.mktemp("rbac")) as api:
        for question in (Question(), Question("shop"), Question("shop", "web-1"), Question(node="wk-1")):
            with collection_from(Target(question, Access(kubeconfig=str(api.kubeconfig)), client="kr8s")) as collection:
                list(collection.artifacts())
        faults.add("/api/v1/events", status(403, "Forbidden", "no"))
        with collection_from(Target(Question(), Access(kubeconfig=str(api.kubeconfig)), client="kr8s")) as collection:
            list(collection.artifacts())
        calls += api.log
    found = {rule_of(Request(call.path, tuple(call.query.items()))) for call in calls}
    assert {call.method for call in calls} == {"GET"}
    assert None not in found
    return frozenset(rule for rule in found if rule)


def built(folder: str) -> list[Thing]:
    """What kustomize makes of a folder."""
    return [thing for thing in yaml.safe_load_all(_kustomized(DEPLOY / folder)) if thing]


def _kustomized(folder: Path) -> str:
    done = subprocess.run(["kubectl", "kustomize", str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def allowed(things: list[Thing], account: str) -> Iterator[Rule]:
    """What the roles that are bound to a service account allow, for the cluster or a namespace."""
    for binding in things:
        subjects = [s["name"] for s in binding.get("subjects", ())]
        if account in subjects:
            role = next(
                t for t in things if t["kind"] == binding["roleRef"]["kind"] and t["metadata"]["name"] == binding["roleRef"]["name"]
            )
            namespace = binding["metadata"].get("namespace", "")
            for rule in role["rules"]:
                yield from (Rule(g, r, v, namespace) for g in rule["apiGroups"] for r in rule["resources"] for v in rule["verbs"])


@needs_kubectl
def test_the_reader_may_do_exactly_what_plegma_asks_for(asked: frozenset[Rule]) -> None:
    rules = set(allowed(built("job"), "plegma-reader"))
    anywhere = {(r.group, r.resource, r.verb) for r in rules if not r.namespace}
    within = {rule for rule in rules if rule.namespace}
    missing = {r for r in asked if (r.group, r.resource, r.verb) not in anywhere and r not in within}
    assert not missing, "plegma asks for what it may not have"
    used = {(r.group, r.resource, r.verb) for r in asked}
    assert not {r for r in rules if (r.group, r.resource, r.verb) not in used}, "rights that nothing needs"
    assert within <= asked


def fixing(folder: Path) -> frozenset[Rule]:
    """The rules that the requests of every action need: facts, rehearsal and deed."""
    actions = (
        DeletePod("shop", "web-7f9-a"), EvictPod("shop", "web-7f9-a"), CordonNode("n1"), DrainNode("n1"),
        UndoRollout("shop", "deployment", "web"), RestartRollout("shop", "deployment", ""),
        *(RestartRollout("shop", kind, "the") for kind in ("daemonset", "statefulset")),
        *(DeletePod("shop", f"of-{kind}") for kind in ("statefulset", "daemonset", "job")),
    )  # fmt: skip
    found: set[Rule | None] = set()
    for action in actions:
        made = cluster()
        for kind in ("DaemonSet", "StatefulSet", "Job"):
            made.add(f"{kind.lower()}s", {"metadata": {"name": "the", "namespace": "shop"}, "spec": {}})
            made.add("pods", a_pod(f"of-{kind.lower()}", owner=owned(kind, "the")))
        with RecordedApi(made, folder) as api:
            patient = Patient(client_for(Access(kubeconfig=str(api.kubeconfig))), 5, 60)
            hands = ClusterHands(patient, ("shop", "web-7f9-a"), lambda: NOW, lambda _: None, lambda: 0.0)
            hands.fleet()
            facts = hands.facts(action)
            assert not isinstance(facts, Failed), facts
            hands.rehearse(action, facts)
            assert isinstance(hands.act(action, facts), Done)
            patient.close()
        found |= {rule_of(Request(c.path, tuple(c.query.items()), c.method)) for c in api.log}  # type: ignore[arg-type] # a method
    assert None not in found
    return frozenset(rule for rule in found if rule)


@needs_kubectl
def test_the_fixer_may_do_exactly_what_the_actions_ask_for(tmp_path: Path) -> None:
    folder = DEPLOY / "base"
    role = next(t for t in yaml.safe_load_all((DEPLOY / "fixer/fixer.yaml").read_text()) if t["kind"] == "ClusterRole")
    rules = {(g, r, v) for rule in role["rules"] for g in rule["apiGroups"] for r in rule["resources"] for v in rule["verbs"]}
    needed = {(r.group, r.resource, r.verb) for r in fixing(tmp_path)}
    assert needed == rules, f"missing {needed - rules}, needless {rules - needed}"
    base, fixer = _relative(folder, tmp_path), _relative(DEPLOY / "fixer", tmp_path)
    (tmp_path / "kustomization.yaml").write_text(f"resources: [{base}]\ncomponents: [{fixer}]\n")
    together = [t for t in yaml.safe_load_all(_kustomized(tmp_path)) if t]
    assert Rule("", "pods", "delete") in set(allowed(together, "plegma-fixer"))
    assert Rule("", "pods", "delete") not in set(allowed(together, "plegma-reader"))


def _relative(folder: Path, start: Path) -> str:
    """kustomize takes no absolute paths; pathlib walks up since Python 3.12 only."""
    return os.path.relpath(folder, start)


@needs_kubectl
def test_without_the_kubelets_component_the_reader_has_no_way_to_nodes() -> None:
    assert "nodes/proxy" not in {rule.resource for rule in allowed(built("base"), "plegma-reader")}


@needs_kubectl
def test_no_role_reads_secrets_or_holds_a_wildcard() -> None:
    for thing in [*built("job"), *yaml.safe_load_all((DEPLOY / "fixer/fixer.yaml").read_text())]:
        for rule in thing.get("rules", ()):
            assert not {"*", "secrets"} & {*rule["apiGroups"], *rule["resources"], *rule["verbs"]}


@needs_kubectl
def test_the_job_and_the_node_agent_run_with_the_least(tmp_path: Path) -> None:
    job = next(t for t in built("job") if t["kind"] == "Job")["spec"]["template"]["spec"]
    assert job["securityContext"]["runAsNonRoot"] is True
    agent = next(t for t in yaml.safe_load_all(manifest("wk-1")) if t["kind"] == "DaemonSet")["spec"]["template"]["spec"]
    for spec in (job, agent):
        context = spec["containers"][0]["securityContext"]
        assert context["readOnlyRootFilesystem"] is True
        assert context["allowPrivilegeEscalation"] is False
        assert context["capabilities"]["drop"] == ["ALL"]
    hosts = {v["name"] for v in agent["volumes"] if "hostPath" in v}
    assert {m["name"] for m in agent["containers"][0]["volumeMounts"] if m.get("readOnly")} == hosts
    assert agent["tolerations"] == [{"operator": "Exists"}]
    assert agent["automountServiceAccountToken"] is False


def test_the_reference_page_lists_every_right() -> None:
    rows = [line for line in (DEPLOY.parent / "docs/reference/rbac.md").read_text().splitlines() if line.startswith("| ")]
    for file in ("base/reader.yaml", "kubelets/kubelet-reader.yaml"):
        for thing in yaml.safe_load_all((DEPLOY / file).read_text()):
            for rule in thing.get("rules", ()):
                for resource in rule["resources"]:
                    assert any(f"`{resource}`" in row and f"`{rule['verbs'][0]}`" in row for row in rows), resource


def test_a_rule_is_named_as_the_authorizer_names_it() -> None:
    cases = {
        "/api/v1/pods": Rule("", "pods", "list"),
        "/api/v1/namespaces/shop/pods/db-0/log": Rule("", "pods/log", "get", "shop"),
        "/api/v1/namespaces/shop": Rule("", "namespaces", "get"),
        "/api/v1/nodes/n1/proxy/logs/": Rule("", "nodes/proxy", "get"),
        "/apis/apps/v1/namespaces/shop/deployments/web": Rule("apps", "deployments", "get", "shop"),
    }
    for path, rule in cases.items():
        assert rule_of(Request(path)) == rule
    assert rule_of(Request("/healthz")) is None
    assert rule_of(Request("/api/v1/namespaces/a/pods/b/eviction", method="POST")) == Rule("", "pods/eviction", "create", "a")


def test_the_image_is_run_by_nobody_and_pins_its_base() -> None:
    text = re.sub(r"\\\n", " ", (DEPLOY / "Dockerfile").read_text())
    steps = [line.split(maxsplit=1) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "ENTRYPOINT"}
    assert {step[0] for step in steps} <= known
    assert [json.loads(step[1]) for step in steps if step[0] == "ENTRYPOINT"] == [["plegma"]]
    assert [step[1] for step in steps if step[0] == "USER"] == ["65532:65532"]
    for step in steps:
        if step[0] == "FROM":
            assert re.match(r"[\w./-]+:[\w.-]+( AS \w+)?$", step[1])
            assert ":latest" not in step[1]
        if step[0] == "COPY" and "--from" not in step[1]:
            for source in step[1].split()[:-1]:
                assert (DEPLOY.parent / source).exists(), source


def test_the_krew_manifest_names_the_archive_that_was_made(tmp_path: Path) -> None:
    import hashlib
    import sys
    import tarfile

    sys.path.insert(0, str(DEPLOY / "krew"))
    try:
        import releases
    finally:
        sys.path.pop(0)
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "one.py").write_text("x = 1\n")
    archive = releases.pack(packages, tmp_path)
    found = yaml.safe_load(releases.manifest(archive, "https://example.com/a.tar.gz", "https://example.com"))
    (here,) = found["spec"]["platforms"]
    assert here["sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()
    with tarfile.open(archive) as made:
        launcher = made.getmember(here["bin"])
        assert launcher.mode & 0o111
        assert {"LICENSE", "packages/one.py"} <= set(made.getnames())
    assert found["metadata"]["name"] == "plegma"
    assert found["spec"]["version"].startswith("v")
    assert len(found["spec"]["shortDescription"]) <= 50
