"""kr8s and kubectl, each asking a real HTTPS server: the same outcomes from both."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_clusters import MadeCluster
from recorded_apis import Faults, RecordedApi, Reply, cut, slow, status

from plegma.cluster import Answer, Client, Patient, Refusal, Request, Silence, client_for
from plegma.cluster.clients import Access, Choice
from plegma.cluster.listings import Anew, Change, Page, pages, watch
from plegma.cluster.requests import delete, evict, get, patch, path_of

CHOICES = ("kr8s", "kubectl")


def made() -> MadeCluster:
    cluster = MadeCluster()
    for n in range(7):
        labels = {"app": "web" if n < 3 else "db"}
        cluster.add(
            "pods",
            {
                "metadata": {"name": f"p{n}", "namespace": "shop", "uid": f"uid-{n}", "labels": labels},
                "spec": {"nodeName": "n1", "containers": [{"name": "app"}]},
            },
        )
    cluster.logs["shop", "p1", "app", False] = "one\ntwo\nthree\n"
    return cluster


@pytest.fixture(params=CHOICES)
def choice(request: pytest.FixtureRequest) -> Choice:
    if request.param == "kubectl" and shutil.which("kubectl") is None:
        pytest.skip("there is no kubectl on PATH: this half is not tested here")
    chosen: Choice = request.param
    return chosen


class Asked:
    """A server with faults, and a client that asks it."""

    def __init__(self, choice: Choice, folder: Path) -> None:
        self.cluster = made()
        self.faults = Faults(self.cluster)
        self.api = RecordedApi(self.faults, folder)
        self.client: Client = client_for(Access(kubeconfig=str(self.api.kubeconfig)), choice)
        self.patient = Patient(self.client, each=5, total=20, sleep=lambda _: None)


@pytest.fixture
def asked(choice: Choice, tmp_path: Path) -> Iterator[Asked]:
    asked = Asked(choice, tmp_path)
    with asked.api:
        yield asked
    asked.client.close()


PODS = path_of("pods", "v1", "shop")


def test_an_object_and_a_log_come_as_they_are(asked: Asked) -> None:
    answer = asked.client.ask(get(path_of("pods", "v1", "shop", "p1", "log"), container="app", tailLines="2"), 5)
    assert isinstance(answer, Answer)
    assert answer.body == b"two\nthree\n"
    assert isinstance(asked.client.ask(get(path_of("pods", "v1", "shop", "p1")), 5), Answer)


def test_refusals_carry_the_servers_reason(asked: Asked) -> None:
    asked.faults.add("/secrets", status(403, "Forbidden", 'secrets is forbidden: User "tester" cannot list resource "secrets"'))
    cases = {path_of("pods", "v1", "shop", "gone"): (404, "NotFound"), path_of("secrets"): (403, "Forbidden")}
    for path, (code, reason) in cases.items():
        refusal = asked.client.ask(get(path), 5)
        assert isinstance(refusal, Refusal)
        assert (refusal.status, refusal.reason) == (code, reason)
        assert not refusal.message.startswith("{")
    assert isinstance(refused := asked.client.ask(get("/apis/nope.example/v1/things"), 5), Refusal)
    assert refused.status == 404


def test_a_refused_request_is_sent_once(asked: Asked) -> None:
    asked.faults.add("/api/v1/nodes", status(403, "Forbidden", "no"))
    asked.patient.ask(get(path_of("nodes")))
    assert asked.api.targets() == ["/api/v1/nodes"]


def test_a_wrong_token_is_a_refusal_with_401(choice: Choice, tmp_path: Path) -> None:
    with RecordedApi(made(), tmp_path) as api:
        api.write_kubeconfig(api.kubeconfig, "another")
        client = client_for(Access(kubeconfig=str(api.kubeconfig)), choice)
        refusal = client.ask(get(PODS), 5)
        client.close()
    assert isinstance(refusal, Refusal)
    assert refusal.status == 401


def test_a_kubeconfig_that_is_not_there_or_names_no_such_context_is_silence(choice: Choice, tmp_path: Path) -> None:
    with RecordedApi(made(), tmp_path) as api:
        for access in (Access(kubeconfig=str(tmp_path / "none")), Access(context="other", kubeconfig=str(api.kubeconfig))):
            client = client_for(access, choice)
            outcome = client.ask(get(PODS), 5)
            client.close()
            assert isinstance(outcome, Silence), outcome
        assert api.targets() == []


def test_an_answer_that_does_not_come_is_silence_within_its_deadline(asked: Asked) -> None:
    asked.faults.add("/pods/p1", slow(4))
    outcome = asked.client.ask(get(path_of("pods", "v1", "shop", "p1")), 1)
    assert isinstance(outcome, Silence)
    assert outcome.why == "deadline"


def test_a_server_that_is_not_there_is_silence(choice: Choice, tmp_path: Path) -> None:
    api = RecordedApi(made(), tmp_path)
    api._server.server_close()
    client = client_for(Access(kubeconfig=str(api.kubeconfig)), choice)
    outcome = client.ask(get(PODS), 5)
    client.close()
    assert isinstance(outcome, Silence)
    assert outcome.why == "connection"


def test_of_a_log_that_breaks_off_the_beginning_stays(asked: Asked) -> None:
    asked.cluster.logs["shop", "p1", "app", False] = "line of a log\n" * 4000
    asked.faults.add("/log", cut)
    outcome = asked.client.ask(get(path_of("pods", "v1", "shop", "p1", "log")), 5)
    assert isinstance(outcome, Answer)
    assert not outcome.whole
    assert outcome.body.startswith(b"line of a log\n")


def test_of_a_log_that_does_not_end_in_time_the_beginning_stays(asked: Asked) -> None:
    pieces = Reply(200, [b"first line\n", b"second line\n", b"never\n"], "text/plain", between=1.2)
    asked.faults.add("/log", pieces)
    outcome = asked.client.ask(get(path_of("pods", "v1", "shop", "p1", "log")), 1.0)
    assert isinstance(outcome, Answer), outcome
    assert not outcome.whole
    assert outcome.body.startswith(b"first line\n")


def test_a_refusal_that_breaks_off_is_no_answer(asked: Asked) -> None:
    asked.faults.add("/pods", cut(status(500, "InternalError", "x" * 2000)))
    assert not isinstance(asked.client.ask(get(PODS), 5), Answer)


def test_no_more_is_taken_than_is_wanted(asked: Asked) -> None:
    asked.cluster.logs["shop", "p1", "app", False] = "x" * 300_000
    outcome = asked.client.ask(get(path_of("pods", "v1", "shop", "p1", "log"), most=1000), 5)
    assert outcome == Answer(b"x" * 1000, outcome.content_type if isinstance(outcome, Answer) else "", whole=False)


def test_a_list_comes_page_by_page(asked: Asked) -> None:
    found = list(pages(asked.patient, Request(PODS), limit=3))
    assert [[item["metadata"]["name"] for item in page.items] for page in found if isinstance(page, Page)] == [
        ["p0", "p1", "p2"], ["p3", "p4", "p5"], ["p6"],
    ]  # fmt: skip
    assert len(asked.api.targets()) == 3


def test_a_list_whose_pages_expired_begins_anew(asked: Asked) -> None:
    asked.faults.add("continue=", status(410, "Expired", "The provided continue parameter is too old"), times=1)
    found = list(pages(asked.patient, Request(PODS), limit=3))
    assert [type(item) for item in found] == [Page, Anew, Page, Page, Page]


def test_a_list_that_always_expires_ends_with_the_refusal(asked: Asked) -> None:
    asked.faults.add("continue=", status(410, "Expired", "too old"))
    last = list(pages(asked.patient, Request(PODS), limit=3))[-1]
    assert isinstance(last, Refusal)
    assert last.status == 410


def test_a_page_that_breaks_off_is_no_page(asked: Asked) -> None:
    asked.faults.add("/pods", cut)
    assert [type(item) for item in pages(asked.patient, Request(PODS))] == [Silence]


def test_a_busy_server_is_asked_again(asked: Asked) -> None:
    busy = Reply(429, status(429, "TooManyRequests", "too many").body, headers={"Retry-After": "1"})
    asked.faults.add("/pods", busy, times=2)
    assert isinstance(asked.patient.ask(get(PODS)), Answer)
    assert len(asked.api.targets()) == 3


def test_a_server_that_failed_once_is_asked_again(asked: Asked) -> None:
    asked.faults.add("/pods", status(500, "InternalError", "etcdserver: leader changed"), times=1)
    assert isinstance(asked.patient.ask(get(PODS)), Answer)


def test_a_watch_gives_changes_and_takes_bookmarks_as_places(asked: Asked) -> None:
    asked.cluster.remove("pods", "shop", "p6")
    found = watch(asked.patient, Request(PODS), "106", 3)
    first, second = next(found), next(found)
    assert isinstance(first, Change)
    assert isinstance(second, Change)
    assert [(c.type, c.thing["metadata"]["name"]) for c in (first, second)] == [("ADDED", "p6"), ("DELETED", "p6")]
    assert list(found) == []
    assert asked.api.log[-1].query["resourceVersion"] == "108"


def test_a_watch_from_too_old_a_place_is_refused(asked: Asked) -> None:
    (refusal,) = watch(asked.patient, Request(PODS), "7", 3)
    assert isinstance(refusal, Refusal)
    assert refusal.status == 410


def test_a_dry_run_changes_nothing_and_a_deletion_does(asked: Asked) -> None:
    path = path_of("pods", "v1", "shop", "p1")
    assert isinstance(asked.client.ask(delete(path, dry_run=True), 5), Answer)
    assert isinstance(asked.client.ask(get(path), 5), Answer)
    assert isinstance(conflict := asked.client.ask(delete(path, dry_run=False, uid="older"), 5), Refusal)
    assert conflict.status == 409
    assert isinstance(asked.client.ask(delete(path, dry_run=False, uid="uid-1"), 5), Answer)
    assert isinstance(gone := asked.client.ask(get(path), 5), Refusal)
    assert gone.status == 404


def test_an_eviction_that_a_budget_forbids_is_refused(asked: Asked) -> None:
    budget = {"metadata": {"name": "db", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "db"}}}}
    asked.cluster.add("poddisruptionbudgets", {**budget, "status": {"disruptionsAllowed": 0}})
    assert isinstance(asked.client.ask(evict("shop", "p2", dry_run=False), 5), Answer)
    refusal = asked.client.ask(evict("shop", "p5", dry_run=False), 2)
    assert refusal == Refusal(429, "TooManyRequests", refusal.message if isinstance(refusal, Refusal) else "")
    assert ("pods", "shop", "p5") in asked.cluster.things


def test_a_patch_merges(asked: Asked) -> None:
    asked.cluster.add("nodes", {"metadata": {"name": "n1"}, "spec": {}})
    outcome = asked.client.ask(patch(path_of("nodes", "v1", "", "n1"), {"spec": {"unschedulable": True}}, "merge", dry_run=False), 5)
    assert isinstance(outcome, Answer), outcome
    assert asked.cluster.things["nodes", "", "n1"]["spec"] == {"unschedulable": True}


def test_nothing_of_the_kubeconfig_is_left_on_disk(asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    client = client_for(Access(kubeconfig=str(asked.api.kubeconfig)))
    client.ask(get(PODS), 5)
    written = [file for file in tmp_path.glob("tmp*") if file.read_bytes() == asked.api.authority]
    assert len(written) == 1
    client.close()
    assert not written[0].exists()


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="there is no kubectl on PATH to take over")
def test_a_kubeconfig_that_kr8s_does_not_understand_is_left_to_kubectl(tmp_path: Path) -> None:
    with RecordedApi(made(), tmp_path) as api:
        (tmp_path / "token").write_text(api.token)
        config = json.loads(api.kubeconfig.read_text())
        config["users"][0]["user"] = {"tokenFile": str(tmp_path / "token")}
        api.kubeconfig.write_text(json.dumps(config))
        alone = client_for(Access(kubeconfig=str(api.kubeconfig)), "kr8s")
        outcome = alone.ask(get(PODS), 5)
        alone.close()
        assert isinstance(outcome, Silence)
        assert "tokenFile" in outcome.message
        assert api.targets() == []
        client = client_for(Access(kubeconfig=str(api.kubeconfig)))
        assert isinstance(client.ask(get(PODS), 5), Answer)
        assert client.name == "kubectl"
        client.close()
