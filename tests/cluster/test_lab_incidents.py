"""Incidents of the lab behind a real API server: from objects and kubelet logs alone the true cause comes first. About 10 s."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from made_clusters import MadeCluster
from recorded_apis import RecordedApi, Reply

from plegma.app.diagnosing import diagnose_paths
from plegma.app.simulating import Options, evidence_of
from plegma.cluster import Patient, client_for
from plegma.cluster.clients import Access
from plegma.evidence.read.live import Collection, Question
from plegma.lab.scenarios import scenarios

_TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LOGS = {"kubelet": "journalctl-kubelet.txt", "containerd": "containerd.log"}
INCIDENTS = ("plugin-hangs", "app-oom", "image-auth", "no-memory", "secret-volume", "kubelet-stopped")


def served(files: Mapping[str, str]) -> tuple[MadeCluster, datetime]:
    """The lab's objects and its nodes' logs as an API server shows them, and when they were taken."""
    made, latest = MadeCluster(), ""
    for plural in ("nodes", "pods", "events"):
        text = files.get(f"{plural}.json", '{"items": []}')
        latest = max([latest, *_TIME.findall(text)])
        for thing in json.loads(text)["items"]:
            made.add(plural, {key: value for key, value in thing.items() if key not in {"kind", "apiVersion"}})
    for plural, _, name in list(made.things):
        for unit, file in _LOGS.items():
            if plural == "nodes" and f"{name}/{file}" in files:
                made.proxy[f"{name}/proxy/logs/?query={unit}"] = Reply(200, files[f"{name}/{file}"].encode(), "text/plain")
    return made, datetime.fromisoformat(latest)


@pytest.mark.parametrize("name", INCIDENTS)
def test_the_true_cause_comes_first(name: str, tmp_path: Path) -> None:
    files = evidence_of(scenarios()[name], Options(profile="v1.36"))
    truth = json.loads(files["truth.json"])
    made, now = served(files)
    with RecordedApi(made, tmp_path) as api:
        client = client_for(Access(kubeconfig=str(api.kubeconfig)), "kr8s")
        collection = Collection(Patient(client, 10, 60), Question(), now)
        diagnosis = diagnose_paths([], more=collection.artifacts()).diagnosis
        client.close()
    assert diagnosis.verdict == "problem"
    assert diagnosis.hypotheses[0].cause in {truth["root_cause_class"], *truth["also_acceptable"]}


def test_a_well_cluster_of_the_lab_is_healthy(tmp_path: Path) -> None:
    made, now = served(evidence_of(scenarios()["healthy"], Options(profile="v1.36")))
    with RecordedApi(made, tmp_path) as api:
        client = client_for(Access(kubeconfig=str(api.kubeconfig)), "kr8s")
        diagnosis = diagnose_paths([], more=Collection(Patient(client, 10, 60), Question(), now).artifacts()).diagnosis
        client.close()
    assert diagnosis.verdict == "healthy"
    assert not diagnosis.hypotheses
