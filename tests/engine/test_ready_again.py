"""A node that is Ready again after the last line of its fault makes the fault no more than possible."""

from plegma.engine.diagnoses import diagnose
from plegma.evidence.parse.documents import parse_text
from plegma.knowledge.catalog import builtin
from plegma.model.diagnosis import Diagnosis

DIAL = r"transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory"
FAILS = "".join(
    f'Mar 04 10:1{m}:12 wk-1 kubelet[911]: E0304 10:1{m}:12.815870     911 generic.go:312] "GenericPLEG: Unable to retrieve pods" '
    f'err="rpc error: code = Unavailable desc = connection error: desc = \\"{DIAL}\\""\n'
    for m in range(3)
)
EVENT = 'Mar 04 10:1{}:20 wk-1 kubelet[911]: I0304 10:1{}:20.433567     911 kubelet_node_status.go:689] "Recording event message for node" '
LOST = EVENT.format(1, 1) + 'node="wk-1" event="NodeNotReady"\n'
BACK = EVENT.format(2, 2) + 'node="wk-1" event="NodeReady"\n'
LATER = FAILS.replace("10:1", "10:3")


def said(log: str) -> Diagnosis:
    return diagnose(parse_text("kubelet.log", log.encode()), builtin())


def test_a_fault_whose_node_came_back_right_behind_it_is_not_sure() -> None:
    assert all(h.confidence == "possible" for h in said(FAILS + LOST + BACK).hypotheses)


def test_a_fault_that_goes_on_or_whose_node_did_not_come_back_is() -> None:
    for log in (FAILS + LOST, FAILS + LOST + BACK + LATER):
        found = said(log).hypotheses[0]
        assert (found.cause, found.confidence) == ("containerd-stopped", "likely")
