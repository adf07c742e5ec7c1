"""Is it safe to act? A table of facts and answers."""

import pytest

from plegma.knowledge.failure_mode import RiskLevel
from plegma.remedy.actions import (
    Action,
    ContinueProcess,
    CordonNode,
    DeletePod,
    DrainNode,
    EvictPod,
    MoveCheckpoint,
    ReleaseAddresses,
    RemoveSandbox,
    RunUnit,
    UndoRollout,
)
from plegma.remedy.facts import (
    AddressFacts,
    CheckpointFacts,
    Facts,
    NodeFacts,
    PodFacts,
    ProcessFacts,
    SandboxFacts,
    UnitFacts,
    WorkloadFacts,
)
from plegma.remedy.preconditions import checks_of, risk_with, stopped

DELETE, EVICT, DRAIN = DeletePod("shop", "web-0"), EvictPod("shop", "web-0"), DrainNode("n1", local_data=True)
OWNED = {"exists": True, "uid": "u", "owner": "ReplicaSet/web-7f9"}
UNDO, RESTART = UndoRollout("shop", "deployment", "web"), RunUnit("restart", "docker")


def pod(**more: object) -> PodFacts:
    return PodFacts(**{**OWNED, **more})  # type: ignore[arg-type]


GO: list[tuple[Action, Facts, RiskLevel]] = [
    (DELETE, pod(), "none"),
    (DELETE, pod(ready=True, peers_ready=2), "none"),
    (DELETE, pod(ready=True, peers_ready=0), "disruptive"),
    (DELETE, pod(disruptions_allowed=0), "disruptive"),
    (EVICT, pod(disruptions_allowed=1), "none"),
    (DELETE, pod(local_data=("cache",)), "data-loss"),
    (UNDO, WorkloadFacts(True, "web", previous=True), "none"),
    (CordonNode("n1"), NodeFacts(True, bare_pods=("shop/job",)), "none"),
    (DRAIN, NodeFacts(True, pods=4), "disruptive"),
    (DRAIN, NodeFacts(True, pods=4, local_data=("shop/web-0",)), "data-loss"),
    (RunUnit("restart", "containerd"), UnitFacts(True), "none"),
    (RESTART, UnitFacts(False), "disruptive"),
    (RESTART, UnitFacts(None), "disruptive"),
    (ContinueProcess("containerd"), ProcessFacts(7, "T"), "none"),
    (RemoveSandbox("a" * 12), SandboxFacts(True), "none"),
    (RemoveSandbox("a" * 12), SandboxFacts(True, running=("main",)), "disruptive"),
    (ReleaseAddresses(), AddressFacts(29, (("x", "id"),)), "none"),
    (MoveCheckpoint("a" * 12), CheckpointFacts(True, container=False), "none"),
]
STOP: list[tuple[Action, Facts]] = [
    (DELETE, PodFacts(False)),
    (DELETE, pod(owner="")),
    (DELETE, pod(mirror=True)),
    (DELETE, pod(owner_ending=True)),
    (DELETE, pod(ending=True)),
    (DELETE, pod(paused_by="the namespace shop")),
    (EVICT, pod(disruptions_allowed=0)),
    (UNDO, WorkloadFacts(False)),
    (UNDO, WorkloadFacts(True, "web", previous=False)),
    (UNDO, WorkloadFacts(True, "web", previous=True, paused=True)),
    (UNDO, WorkloadFacts(True, "web", previous=True, paused_by="its owner shop/web")),
    (CordonNode("n1"), NodeFacts(False)),
    (CordonNode("n1"), NodeFacts(True, paused_by="the node n1")),
    (DRAIN, NodeFacts(True, bare_pods=("shop/one",))),
    (DRAIN, NodeFacts(True, blocked=("shop/db-0",))),
    (DrainNode("n1"), NodeFacts(True, local_data=("shop/web-0",))),
    (ContinueProcess("containerd"), ProcessFacts()),
    (ContinueProcess("containerd"), ProcessFacts(7, "S")),
    (RemoveSandbox("a" * 12), SandboxFacts(False)),
    (RemoveSandbox("a" * 12), SandboxFacts(True, ready=True)),
    (RemoveSandbox("a" * 12), SandboxFacts(True, unknown="no answer")),
    (ReleaseAddresses(), AddressFacts(29)),
    (ReleaseAddresses(), AddressFacts(29, (("x", "id"),), unknown="no answer")),
    (MoveCheckpoint("a" * 12), CheckpointFacts(False)),
    (MoveCheckpoint("a" * 12), CheckpointFacts(True, container=True)),
    (MoveCheckpoint("a" * 12), CheckpointFacts(True, container=None)),
]


@pytest.mark.parametrize(("action", "facts", "risk"), GO)
def test_it_may_go_on_at_this_risk(action: Action, facts: Facts, risk: RiskLevel) -> None:
    checks = checks_of(action, facts)
    assert checks
    assert not stopped(checks)
    assert risk_with("none", checks) == risk


@pytest.mark.parametrize(("action", "facts"), STOP)
def test_it_is_stopped_with_a_reason(action: Action, facts: Facts) -> None:
    checks = checks_of(action, facts)
    assert stopped(checks)
    assert all(c.text.en and c.text.ja for c in checks)


def test_facts_never_lower_the_risk_that_the_remedy_has() -> None:
    assert risk_with("disruptive", checks_of(DELETE, pod())) == "disruptive"
