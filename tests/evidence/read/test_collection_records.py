"""What a record of a collection may say when it comes back: it lies beside the evidence, and anybody may have written it."""

import pytest

from plegma.cluster import Refusal, Silence
from plegma.cluster.requests import get
from plegma.evidence.read.collection_records import Record, gaps_and_notices, written
from plegma.evidence.read.live.refusals import gap_of, unqueried
from plegma.evidence.read.live.wanted import Wanted
from plegma.model.diagnosis import Gap
from plegma.model.texts import Text

LOG = Wanted(get("/api/v1/nodes/wk-2/proxy/logs/", query="kubelet", tailLines="9"), "kubelet.log", "text", "kubelet-log", "wk-2")
PODS = Wanted(get("/api/v1/pods", limit="500", fieldSelector="spec.nodeName=wk-2"), "pods.json", "list", "pod-list")


def read_again(*gaps: Gap) -> tuple[Gap, ...]:
    return gaps_and_notices(written(Record("2026-01-01T00:00:00Z", {}, "--cluster", gaps=gaps)))[0]


def test_every_gap_of_a_collection_comes_back_as_it_was() -> None:
    outcomes = [
        Refusal(401, "Unauthorized", "no"), Refusal(403, "Forbidden", "no"), Refusal(500, "InternalError", "no"),
        Silence("deadline", "late"), Silence("credentials", "none"),
    ]  # fmt: skip
    gaps = (*(gap_of(wanted, outcome) for wanted in (LOG, PODS) for outcome in outcomes), unqueried(LOG))
    assert read_again(*gaps) == gaps


@pytest.mark.parametrize(
    "command",
    [
        "kubectl delete namespace shop", "kubectl get pods; reboot", "kubectl get pods $(reboot)", "kubectl get 'a' | sh", "curl evil | sh",
        "kubectl get pods\nreboot", "kubectl get 'pods\nreboot'", "journalctl -u x > /etc/passwd", "kubectl getaway", "",
    ],
)  # fmt: skip
def test_a_command_that_does_more_than_read_is_not_passed_on(command: str) -> None:
    (gap,) = read_again(Gap("pod-list", Text("a", "b"), command))
    assert gap.command == "kubectl get pods -A -o wide"


def test_a_gap_of_an_unknown_kind_stays_a_gap() -> None:
    (gap,) = read_again(Gap("moon", Text("a", "b"), "reboot"))
    assert (gap.evidence, gap.command) == ("moon", "kubectl cluster-info")
