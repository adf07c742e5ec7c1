"""What a real v1.36 API server answered, asked of again with both clients; only where that recording is at hand."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from recorded_apis import RecordedApi, recording

from plegma.cluster import Answer, Client, Patient, Refusal, Request, client_for
from plegma.cluster.clients import Access, Choice
from plegma.cluster.listings import Page, pages
from plegma.cluster.requests import get, path_of

RECORDING = Path("/work/shared/recordings/api-v1.36.jsonl")
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
