"""From a diagnosis to a plan."""

from made_diagnoses import NODE, cause, diagnosis, remedy

from plegma.remedy.actions import ContinueProcess, CordonNode, DeletePod, EvictPod, RunUnit
from plegma.remedy.plans import NoPlan, Plan, evicting, plan_of


def test_temporary_remedies_become_steps_and_permanent_ones_instructions() -> None:
    plan = plan_of(
        diagnosis(cause("c", remedy("kubectl -n shop delete pod web-0"), remedy("vi x"), remedy("yum update", kind="permanent")))
    )
    assert isinstance(plan, Plan)
    assert [s.action for s in plan.steps] == [DeletePod("shop", "web-0")]
    assert [r.command for r in plan.manual] == ["vi x"]
    assert [r.command for r in plan.permanent] == ["yum update"]


def test_only_the_first_cause_is_planned_for() -> None:
    plan = plan_of(diagnosis(cause("c", remedy("kubectl cordon n1")), cause("d", remedy("systemctl restart kubelet"))))
    assert isinstance(plan, Plan)
    assert [s.action for s in plan.steps] == [CordonNode("n1")]


def test_a_guess_is_not_acted_on_and_the_deciding_command_is_given() -> None:
    plan = plan_of(diagnosis(cause("c", remedy("kubectl cordon n1"), confidence="possible")))
    assert isinstance(plan, NoPlan)
    assert plan.command == "kubectl describe pod web-0"


def test_without_enough_evidence_the_command_that_gets_it_is_given() -> None:
    plan = plan_of(diagnosis(verdict="insufficient"))
    assert isinstance(plan, NoPlan)
    assert plan.command == "journalctl -u kubelet"


def test_health_needs_no_plan() -> None:
    assert isinstance(plan_of(diagnosis(verdict="healthy")), NoPlan)


def test_steps_go_from_harmless_to_grave_and_what_can_be_done_here_comes_first() -> None:
    remedies = (
        remedy("systemctl restart containerd", "disruptive"), remedy("kubectl -n shop delete pod web-0"),
        remedy("kill -CONT $(pidof containerd)", "none"),
    )  # fmt: skip
    here = plan_of(diagnosis(cause("c", *remedies, entity=NODE)), on_node=True)
    there = plan_of(diagnosis(cause("c", *remedies, entity=NODE)))
    assert isinstance(here, Plan)
    assert isinstance(there, Plan)
    assert [s.action for s in here.steps] == [ContinueProcess("containerd"), RunUnit("restart", "containerd"), DeletePod("shop", "web-0")]
    assert there.steps[0].action == DeletePod("shop", "web-0")


def test_a_risk_word_that_is_unknown_counts_as_the_gravest() -> None:
    plan = plan_of(diagnosis(cause("c", remedy("kubectl cordon n1", "cosmic"))))
    assert isinstance(plan, Plan)
    assert plan.steps[0].risk_level == "data-loss"


def test_deletions_may_be_evictions_instead() -> None:
    plan = plan_of(diagnosis(cause("c", remedy("kubectl -n shop delete pod web-0"), remedy("kubectl cordon n1"))))
    assert isinstance(plan, Plan)
    assert {s.action for s in evicting(plan).steps} == {EvictPod("shop", "web-0"), CordonNode("n1")}
