"""A series of events that would have gone on with its fault, and did not, names no cause for sure."""

import pytest

from plegma.engine.diagnoses import diagnose
from plegma.evidence.parse.documents import parse_text
from plegma.knowledge.catalog import builtin
from plegma.model.diagnosis import Diagnosis

HEADER = "$ kubectl get events\nLAST SEEN   TYPE      REASON   OBJECT       MESSAGE\n"
REFUSED = (
    'Warning   Failed   pod/cart-0   Failed to pull image "reg.example.net/cart:1": failed to do request: '
    'Head "https://reg.example.net/v2/cart/manifests/1": dial tcp 10.9.0.4:443: connect: connection refused\n'
)
PODS = "$ kubectl get pods\nNAME     READY   STATUS             RESTARTS   AGE\ncart-0   0/1     ImagePullBackOff   0          30m\n"
CALM = "Normal    Pulled   pod/wheel    Successfully pulled image\n"
AGAIN = "Normal    SandboxChanged   pod/cart-0   Pod sandbox changed, it will be killed and re-created.\n"


def said(text: str) -> Diagnosis:
    return diagnose(parse_text("paste.txt", text.encode()), builtin())


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        (HEADER + "29m         " + REFUSED, "possible"),
        (HEADER + "29m         " + REFUSED + "1m          " + CALM, "possible"),
        (HEADER + "29m         " + REFUSED + "1m          " + AGAIN, "confirmed"),
        (HEADER + "4m          " + REFUSED + "1m          " + CALM, "confirmed"),
        (HEADER + "29m         " + REFUSED + PODS, "confirmed"),
    ],
)
def test_only_what_would_have_been_told_again_by_now_is_in_doubt(text: str, confidence: str) -> None:
    first = said(text).hypotheses[0]
    assert (first.cause, first.confidence) == ("image-registry-unreachable", confidence)
