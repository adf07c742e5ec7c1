"""What a real v1.36 API server answered, asked of again with both clients; only where that recording is at hand."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from recorded_apis import Call, RecordedApi, Reply, recording

from plegma.app.clusters import Target, collection_from
from plegma.app.diagnosing import diagnose_paths
from plegma.cluster import Answer, Client, Patient, Refusal, Request, client_for
from plegma.cluster.clients import Access, Choice
from plegma.cluster.listings import Page, pages
from plegma.cluster.requests import get, path_of
from plegma.evidence.read.live import Question

RECORDING = Path(__file__).parents[3] / "shared/recordings/api-v1.36.jsonl"
pytestmark = pytest.mark.skipif(not RECORDING.exists(), reason=f"the recording of a real API server is not here: {RECORDING}")


@pytest.fixture(params=("kr8s", "kubectl"))
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Client]:
    if request.param == "kubectl" and shutil.which("kubectl") is None:
        pytest.skip("there is no kubectl on PATH: this half is not tested here")
    chosen: Choice = request.param
    with RecordedApi(recording(RECORDING), tmp_path) as api:
        client = client_for(Access(kubeconfig=str(api.kubeconfig)), chosen)
        yield client
        client.close()


def test_its_lists_come_page_by_page(client: Client) -> None:
    found = list(pages(Patient(client), Request(path_of("pods")), limit=3))
    assert [type(item) for item in found[:2]] == [Page, Page]
    assert len([thing for page in found if isinstance(page, Page) for thing in page.items]) == 6


def test_its_refusals_are_understood(client: Client) -> None:
    reasons = {
        path_of("nodes", "v1", "", "nope"): (404, "NotFound"),
        "/apis/nope.example/v1/things": (404, None),
    }
    for path, (code, reason) in reasons.items():
        refusal = client.ask(get(path), 5)
        assert isinstance(refusal, Refusal)
        assert refusal.status == code
        assert reason is None or refusal.reason == reason


def test_the_kubelets_log_folder_is_given_to_who_takes_more_than_json(client: Client) -> None:
    answer = client.ask(get(path_of("nodes", "v1", "", "node-1", "proxy", "logs") + "/", query="kubelet"), 5)
    assert isinstance(answer, Answer), answer
    assert b"kubelet.log" in answer.body


def test_its_cluster_is_diagnosed(tmp_path: Path) -> None:
    played = recording(RECORDING)

    def answer(call: Call) -> Reply:
        """What was recorded was asked for without the limits that plegma sets."""
        kept = {name: value for name, value in call.query.items() if name not in {"limit", "tailLines"}}
        return played(replace(call, query=kept))

    with RecordedApi(answer, tmp_path) as api, collection_from(Target(Question(), Access(kubeconfig=str(api.kubeconfig)))) as collection:
        diagnosis = diagnose_paths([], more=collection.artifacts()).diagnosis
    assert diagnosis.verdict == "problem"
    assert diagnosis.hypotheses[0].cause == "containerd-stopped"
    assert "api/v1/nodes.json" in {e.artifact for step in diagnosis.hypotheses[0].chain for e in step.evidence}
