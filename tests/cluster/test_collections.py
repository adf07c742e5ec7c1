"""What is asked of a cluster, what is made of it, and what of it is missing: over HTTPS, with kr8s and with kubectl."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from large_clusters import LargeCluster
from made_incidents import NO_ADDRESS, PASSWORD, incident, killed, lease, node, pod
from recorded_apis import Call, Faults, RecordedApi, Recorder, Reply, cut, recording, slow, status

from plegma.app.anonymising import masked
from plegma.app.clusters import Target, collection_from
from plegma.app.collecting import write
from plegma.app.diagnosing import Answer, diagnose_paths
from plegma.cluster.clients import Access, Choice
from plegma.evidence.read.collection_records import Record
from plegma.evidence.read.live import Question

NOW = datetime.now(UTC).replace(microsecond=0)
ALL = Question()


class Cluster:
    """The made incident behind a server with faults."""

    def __init__(self, folder: Path) -> None:
        self.made = incident(NOW)
        self.faults = Faults(self.made)
        self.api = RecordedApi(self.faults, folder)

    def target(self, question: Question = ALL, client: Choice = "kr8s", seconds: float = 60) -> Target:
        return Target(question, Access(kubeconfig=str(self.api.kubeconfig)), seconds, client)

    def diagnosed(self, question: Question = ALL, client: Choice = "kr8s", seconds: float = 60) -> tuple[Answer, Record]:
        with collection_from(self.target(question, client, seconds)) as collection:
            answer = diagnose_paths([], rewrite=masked, more=collection.artifacts())
            return answer, collection.record


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path)
    with cluster.api:
        yield cluster


@pytest.fixture(params=("kr8s", "kubectl"))
def client(request: pytest.FixtureRequest) -> Choice:
    if request.param == "kubectl" and shutil.which("kubectl") is None:
        pytest.skip("there is no kubectl on PATH: this half is not tested here")
    chosen: Choice = request.param
    return chosen


def causes(answer: Answer) -> set[str]:
    return {h.cause for h in answer.diagnosis.hypotheses}


def test_both_faults_are_named_with_lines_of_the_api(cluster: Cluster, client: Choice) -> None:
    answer, record = cluster.diagnosed(client=client)
    assert answer.diagnosis.verdict == "problem"
    assert causes(answer) >= {"host-local-ipam-exhausted", "app-oomkilled"}, causes(answer)
    lines = {e.artifact for h in answer.diagnosis.hypotheses for step in h.chain for e in step.evidence}
    assert lines & {"api/v1/events.json", "api/v1/nodes/wk-2/proxy/logs/kubelet.log"}
    assert "api/v1/pods.json" in lines
    assert record.gaps == ()


def test_only_what_is_suspicious_is_looked_at_closely(cluster: Cluster) -> None:
    cluster.diagnosed()
    asked = cluster.api.targets()
    assert [t for t in asked if "/log?" in t] == ["/api/v1/namespaces/shop/pods/ledger-0/log?container=app&tailLines=1000&previous=true"]
    assert {t.split("/proxy/")[0] for t in asked if "/proxy/" in t} == {"/api/v1/nodes/wk-2"}
    assert "/apis/apps/v1/namespaces/shop/replicasets/web" in asked
    assert "/apis/apps/v1/namespaces/shop/deployments/web" in asked
    assert len(asked) == 12, asked


def test_a_list_of_pages_that_expired_is_read_anew(cluster: Cluster) -> None:
    for n in range(700):
        cluster.made.add("pods", pod("bulk", f"p-{n}", "wk-1", NOW))
    cluster.faults.add("continue=", status(410, "Expired", "too old"), times=1)
    answer, record = cluster.diagnosed()
    assert causes(answer) >= {"host-local-ipam-exhausted", "app-oomkilled"}
    assert record.counts["pods"] == 705


def test_what_is_forbidden_is_a_gap_with_its_rule_and_nothing_is_called_healthy(cluster: Cluster, client: Choice) -> None:
    cluster.made.things = {k: v for k, v in cluster.made.things.items() if k[0] in {"nodes", "leases"}}
    cluster.faults.add("/api/v1/pods", status(403, "Forbidden", 'pods is forbidden: User "x" cannot list resource "pods"'))
    answer, _ = cluster.diagnosed(client=client)
    assert answer.diagnosis.verdict == "insufficient"
    (gap,) = [g for g in answer.diagnosis.gaps if g.evidence == "pod-list"]
    assert '{apiGroups: [""], resources: ["pods"], verbs: ["list"]}' in gap.text.en
    assert gap.command == "kubectl auth can-i list pods"


def test_a_node_whose_kubelet_does_not_answer_is_asked_once(cluster: Cluster) -> None:
    reached = "error trying to reach service: dial tcp 10.0.0.2:10250: connect: no route to host"
    cluster.faults.add("/nodes/wk-2/proxy/", status(503, "ServiceUnavailable", reached))
    answer, _ = cluster.diagnosed()
    assert len([t for t in cluster.api.targets() if "/proxy/" in t]) == 1
    (gap,) = [g for g in answer.diagnosis.gaps if g.evidence == "kubelet-log"]
    assert gap.command == "journalctl -u kubelet --no-pager  # on wk-2"
    assert "host-local-ipam-exhausted" in causes(answer)


def test_a_server_that_hangs_does_not_hang_plegma_and_what_came_is_diagnosed(cluster: Cluster, client: Choice) -> None:
    cluster.faults.add("/api/v1/pods", slow(6))
    answer, record = cluster.diagnosed(client=client, seconds=2)
    assert "host-local-ipam-exhausted" in causes(answer)
    assert [g.evidence for g in record.gaps if "no answer in time" in g.text.en]


def test_a_list_that_breaks_off_is_a_gap(cluster: Cluster) -> None:
    cluster.faults.add("/api/v1/pods", cut)
    answer, _ = cluster.diagnosed()
    assert "pod-list" in {g.evidence for g in answer.diagnosis.gaps}
    assert "host-local-ipam-exhausted" in causes(answer)


def test_without_the_events_of_core_those_of_the_newer_api_are_read(cluster: Cluster) -> None:
    cluster.faults.add("/api/v1/events", status(403, "Forbidden", "no"))
    answer, record = cluster.diagnosed()
    assert "host-local-ipam-exhausted" in causes(answer)
    assert not record.gaps


def test_a_server_without_a_kind_is_no_gap_but_a_kubelet_without_log_queries_is(cluster: Cluster) -> None:
    listing = b'<!doctype html>\n<pre>\n<a href="apt/">apt/</a>\n</pre>\n'
    cluster.made.proxy["wk-2/proxy/logs/?query=kubelet"] = Reply(200, listing, "text/html")
    _, record = cluster.diagnosed()
    (gap,) = record.gaps
    assert gap.evidence == "kubelet-log"
    assert "enableSystemLogQuery" in gap.text.en


def test_a_kubelet_that_shows_its_log_folder_gives_the_files(cluster: Cluster) -> None:
    log = cluster.made.proxy["wk-2/proxy/logs/?query=kubelet"]
    cluster.made.proxy["wk-2/proxy/logs/?query=kubelet"] = Reply(
        200, b'<pre>\n<a href="kubelet.log">kubelet.log</a>\n</pre>\n', "text/html"
    )
    cluster.made.proxy["wk-2/proxy/logs/kubelet.log"] = log
    _, record = cluster.diagnosed()
    assert not record.gaps
    assert "api/v1/nodes/wk-2/proxy/logs/kubelet.log" in {file.name for file in record.files}


def test_a_question_about_one_pod_asks_for_it_and_its_node_only(cluster: Cluster) -> None:
    answer, _ = cluster.diagnosed(Question("shop", "web-1"))
    assert "host-local-ipam-exhausted" in causes(answer)
    assert "app-oomkilled" not in causes(answer)
    asked = cluster.api.targets()
    assert "/api/v1/namespaces/shop/pods?fieldSelector=metadata.name%3Dweb-1&limit=500" in asked
    assert not [t for t in asked if "ledger" in t or "wk-1" in t]


def test_a_question_about_one_node_asks_its_kubelet(cluster: Cluster) -> None:
    answer, _ = cluster.diagnosed(Question(node="wk-1"))
    assert "app-oomkilled" in causes(answer)
    assert "host-local-ipam-exhausted" not in causes(answer)
    assert not [t for t in cluster.api.targets() if "nodes/wk-2" in t]


def test_a_question_about_one_namespace_reads_no_other(cluster: Cluster) -> None:
    answer, _ = cluster.diagnosed(Question("shop"))
    assert causes(answer) >= {"host-local-ipam-exhausted", "app-oomkilled"}
    assert "/api/v1/pods?limit=500" not in cluster.api.targets()


def test_a_well_cluster_is_healthy_and_costs_four_requests(cluster: Cluster) -> None:
    cluster.made.things.clear()
    for name in ("wk-1", "wk-2"):
        cluster.made.add("nodes", node(name, NOW))
        cluster.made.add("leases", lease(name, NOW))
        cluster.made.add("pods", pod("shop", f"web-{name}", name, NOW))
        cluster.made.add("pods", pod("kube-system", f"agent-{name}", name, NOW))
    answer, _ = cluster.diagnosed()
    assert answer.diagnosis.verdict == "healthy"
    assert len(cluster.api.targets()) == 4


def test_a_node_with_a_stale_lease_is_asked(cluster: Cluster) -> None:
    cluster.made.add("leases", lease("wk-1", NOW, age=300))
    cluster.diagnosed()
    assert [t for t in cluster.api.targets() if t == "/api/v1/nodes/wk-1/proxy/healthz"]


def _comparable(answer: Answer, prefix: str = "") -> object:
    from plegma.report.diagnosis_v1 import to_json

    found = json.loads(to_json(answer.diagnosis, "en").replace(prefix, "") if prefix else to_json(answer.diagnosis, "en"))
    return {key: found[key] for key in found if key not in {"clocks"}}


def test_what_was_collected_gives_the_same_diagnosis_later(cluster: Cluster, tmp_path: Path) -> None:
    cluster.faults.add("/nodes/wk-2/proxy/", status(403, "Forbidden", "no"))
    out = tmp_path / "incident.tar.zst"
    with collection_from(cluster.target()) as collection:
        write(out, collection.artifacts(), collection.now)
    later = diagnose_paths([str(out)], rewrite=masked)
    live, _ = cluster.diagnosed()
    assert _comparable(later, f"{out}!incident/") == _comparable(live)
    assert causes(later) >= {"host-local-ipam-exhausted", "app-oomkilled"}
    assert later.diagnosis.gaps


def test_no_secret_is_in_what_was_collected(cluster: Cluster, tmp_path: Path) -> None:
    import tarfile

    out = tmp_path / "incident.tar"
    with collection_from(cluster.target()) as collection:
        write(out, collection.artifacts(), collection.now)
    with tarfile.open(out) as archive:
        members = {m.name: archive.extractfile(m) for m in archive.getmembers()}
        texts = {name: stream.read().decode() for name, stream in members.items() if stream}
    assert not [name for name, text in texts.items() if PASSWORD in text]
    assert "***" in texts["incident/api/v1/namespaces/shop/pods/ledger-0/log/app-previous.log"]
    for name, text in texts.items():
        assert not name.endswith(".json") or json.loads(text)
    record = json.loads(texts["incident/plegma-collection.json"])
    assert record["schema"] == "plegma.dev/collection/v1"
    assert {f["name"] for f in record["files"]} == {name.removeprefix("incident/") for name in texts} - {"plegma-collection.json"}
    assert NO_ADDRESS.split('"')[0] in texts["incident/api/v1/events.json"]


def test_a_large_cluster_costs_its_pages_and_a_few_requests_and_keeps_what_matters(tmp_path: Path) -> None:
    large = LargeCluster(nodes=150, pods=2600, now=NOW)
    with RecordedApi(large, tmp_path) as api:
        target = Target(ALL, Access(kubeconfig=str(api.kubeconfig)), 120, "kr8s")
        with collection_from(target) as collection:
            answer = diagnose_paths([], rewrite=masked, more=collection.artifacts())
            record = collection.record
    assert causes(answer) >= {"host-local-ipam-exhausted", "app-oomkilled"}
    listed = [call for call in api.log if "limit" in call.query]
    assert len(listed) == 6 + 1 + 1 + 1, "pages of 500: pods, nodes, leases, events"
    assert len(api.log) - len(listed) <= 16 + 20 + 3 * 5, "logs, owners, kubelets"
    assert {c.path.split("/")[6] for c in api.log if c.path.endswith("/log")} <= {f"app-{i // 20}-{i}" for i in range(17, 2600, 1000)}
    assert record.counts["pods"] == 2600
    assert record.counts["podsOnlyCounted"] > 2500
    assert any("only counted" in notice.en for notice in answer.diagnosis.notices)


def test_a_recording_of_one_run_plays_again_for_both_clients(cluster: Cluster, client: Choice, tmp_path: Path) -> None:
    cluster.faults.add("/metrics", status(403, "Forbidden", "no"))
    recorder = Recorder(cluster.faults)
    cluster.api.answering = recorder
    first, _ = cluster.diagnosed()
    recorder.write(tmp_path / "run.jsonl")
    cluster.api.answering = recording(tmp_path / "run.jsonl")
    again, _ = cluster.diagnosed(client=client)
    assert _comparable(again) == _comparable(first)


def test_pseudonyms_hide_every_name_and_keep_the_diagnosis(cluster: Cluster, tmp_path: Path) -> None:
    from plegma.app.collecting import disguised
    from plegma.evidence.pseudonyms import Pseudonyms

    out, names = tmp_path / "hidden.tar", Pseudonyms(b"key of this test")
    with collection_from(cluster.target()) as collection:
        write(out, disguised(collection.artifacts(), names), collection.now)
    data = out.read_bytes()
    assert not [name for name in (b"ledger-0", b"wk-2", b"uid-web-1") if name in data]
    assert causes(diagnose_paths([str(out)], rewrite=masked)) >= {"host-local-ipam-exhausted", "app-oomkilled"}


def test_a_file_that_cannot_be_finished_leaves_nothing(cluster: Cluster, tmp_path: Path) -> None:
    from plegma.app.collecting import UnknownFormError

    with collection_from(cluster.target()) as collection:
        with pytest.raises(UnknownFormError):
            write(tmp_path / "out.rar", collection.artifacts(), NOW)
        with pytest.raises(OSError, match="No such file"):
            write(tmp_path / "none" / "out.tar", collection.artifacts(), NOW)
    assert {file.name for file in tmp_path.iterdir()} == {"kubeconfig"}


def test_where_more_nodes_are_sick_than_are_asked_it_is_said(cluster: Cluster) -> None:
    for n in range(5):
        cluster.made.add("nodes", node(f"sick-{n}", NOW, ready=False))
    answer, _ = cluster.diagnosed()
    assert len({t.split("/")[4] for t in cluster.api.targets() if "/proxy/" in t}) == 3
    assert [n for n in answer.diagnosis.notices if "6 nodes are suspicious; only the kubelets of sick-0" in n.en]


def test_when_time_is_over_each_kind_of_evidence_is_missed_once(cluster: Cluster) -> None:
    for n in range(12):
        cluster.made.add("pods", pod("shop", f"crash-{n}", "wk-1", NOW, killed(NOW, f"{n:064x}"[::-1])))
    cluster.faults.add("/log?", slow(2))
    _, record = cluster.diagnosed(seconds=1.5)
    assert len([g for g in record.gaps if g.evidence == "pod-log"]) == 1
    assert len(record.gaps) < 8


@pytest.mark.parametrize("question", [Question("shop", "no-such-pod"), Question(node="no-such-node"), Question("no-such-namespace")])
def test_what_does_not_exist_is_not_called_healthy(cluster: Cluster, question: Question) -> None:
    answer, record = cluster.diagnosed(question)
    assert answer.diagnosis.verdict == "insufficient"
    assert any("no-such" in gap.text.en and gap.text.en.startswith("there is no") for gap in record.gaps)


def test_a_series_of_the_newer_event_api_counts_once_and_as_often_as_it_says(cluster: Cluster, tmp_path: Path) -> None:
    event = cluster.made.things["events", "shop", "web-1.failedcreatepodsandbox"]
    event.pop("count")
    event |= {"eventTime": event.pop("firstTimestamp"), "series": {"count": 61, "lastObservedTime": event.pop("lastTimestamp")}}
    (tmp_path / "both").mkdir()
    for n, path in enumerate(("/api/v1/events", "/apis/events.k8s.io/v1/events")):
        reply = cluster.made(Call("GET", path))
        assert isinstance(reply.body, bytes)
        (tmp_path / "both" / f"{n}.json").write_bytes(reply.body)
    both = diagnose_paths([str(tmp_path / "both")]).diagnosis
    live, _ = cluster.diagnosed()
    for diagnosis in (both, live.diagnosis):
        counts = [step.count for h in diagnosis.hypotheses for step in h.chain if step.mode == "host-local-ipam-exhausted"]
        assert counts
        assert 61 <= counts[0] <= 62, "the log of the kubelet may say it once more"


def test_of_very_many_sick_pods_and_nodes_a_few_are_named_and_the_rest_is_counted(cluster: Cluster) -> None:
    for n in range(40):
        cluster.made.add("nodes", node(f"sick-{n}", NOW, ready=False))
        cluster.made.add("pods", pod("shop", f"crash-{n}", "wk-1", NOW, killed(NOW, f"{n:064x}"[::-1])))
    answer, _ = cluster.diagnosed()
    for symptom in answer.diagnosis.symptoms:
        assert len(symptom.text.en) < 400
    assert any("41 pods" in s.text.en and "(+33)" in s.text.en for s in answer.diagnosis.symptoms)
