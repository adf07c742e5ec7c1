"""What was not given, what it would decide, and one command for each."""

from made import DAY, NOW, UID, age, diagnosed, event, link, mode, part, wall

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature
from plegma.model.diagnosis import Diagnosis
from plegma.model.parts import ClockHints, Parsed
from plegma.model.texts import Text

WHY = Text("which process holds it", "どのプロセスか")


def asking(id_: str, *asks: Ask, proof: str = "shows") -> FailureMode:
    signature = Signature(f"{id_} line", proof=proof)  # type: ignore[arg-type]
    return mode(id_, "cause", "Node", signature, leads_to=(link("flapping"),), asks=asks)


PROCESSES = Ask("ps -ef  # on {node}", WHY, ("other",), "processes")
KUBELET_LOG = Ask("journalctl -u kubelet", WHY, (), "kubelet-log")
FLAPPING = mode("flapping", "symptom", "Node", "flaps", asks=(Ask("kubectl describe node {node}", WHY, (), "node-describe"),))
OTHER = mode("other", "cause", "Node", "other line")


def gaps(found: Diagnosis) -> list[str]:
    return [g.evidence for g in found.gaps]


def line(text: str) -> Parsed:
    return part(event(text, at=wall(NOW), node="wk-7"))


def test_an_open_question_that_the_case_cannot_answer_is_a_gap_with_its_command() -> None:
    (gap,) = diagnosed([asking("held", PROCESSES), OTHER, mode("flapping", "symptom", "Node", "flaps")], line("held line")).gaps
    assert (gap.evidence, gap.command) == ("processes", "ps -ef  # on wk-7")
    assert "which process holds it" in gap.text.en
    assert "どのプロセスか" in gap.text.ja


def test_evidence_that_the_case_holds_is_no_gap() -> None:
    given = part(artifact="ps.txt", kind="ps", evidence=("processes",))
    assert gaps(diagnosed([asking("held", PROCESSES), OTHER, FLAPPING], line("held line"), given)) == []


def test_a_confirmed_cause_asks_nothing_more() -> None:
    found = diagnosed(
        [asking("held", PROCESSES, proof="states"), OTHER, FLAPPING], line("held line"), part(event("flaps", node="wk-7"), artifact="b")
    )
    assert gaps(found) == []


def test_each_kind_of_evidence_is_asked_for_once() -> None:
    twice = asking("held", PROCESSES, Ask("ps axf", WHY, (), "processes"))
    assert gaps(diagnosed([twice, OTHER, FLAPPING], line("held line"))) == ["processes"]


def test_without_a_cause_the_symptoms_own_questions_are_asked() -> None:
    found = diagnosed([FLAPPING], part(event("flaps", node="wk-7")))
    assert [(g.evidence, g.command) for g in found.gaps] == [("node-describe", "kubectl describe node wk-7")]


def test_a_kubelet_log_of_another_time_is_a_gap_with_the_window_to_look_in() -> None:
    flapping = event("flaps", "k8s-event", at=age(60), first=age(24 * DAY, DAY), count=900, node="wk-7", artifact="describe.txt")
    described = part(flapping, artifact="describe.txt", kind="kubectl-describe-node", hints=ClockHints(taken=wall(NOW)))
    recent = part(event("held line", at=wall(NOW), node="wk-7"), evidence=("kubelet-log",))
    found = diagnosed([asking("held", KUBELET_LOG), OTHER, FLAPPING], described, recent)
    gap = next(g for g in found.gaps if g.evidence == "kubelet-log")
    assert "--since '2025-02-0" in gap.command
    assert "--until '2025-02-06 09:00:00'" in gap.command


def test_a_kubelet_log_of_that_time_is_no_gap() -> None:
    recent = part(event("held line", at=wall(NOW), node="wk-7"), evidence=("kubelet-log",))
    assert gaps(diagnosed([asking("held", KUBELET_LOG), OTHER, mode("flapping", "symptom", "Node", "flaps")], recent)) == []


def test_health_has_no_gaps() -> None:
    assert diagnosed([asking("held", PROCESSES), OTHER, FLAPPING], line("all is well")).gaps == ()


def test_with_nothing_at_all_the_first_commands_are_named() -> None:
    found = diagnosed([FLAPPING])
    assert gaps(found) == ["pod-list", "events", "node-list"]
    assert all(g.command.startswith("kubectl ") for g in found.gaps)


def test_decisions_name_the_mode_itself_first_among_those_they_tell_apart() -> None:
    (decision,) = diagnosed([asking("held", PROCESSES), OTHER, FLAPPING], line("held line")).hypotheses[0].decide
    assert (decision.command, decision.separates) == ("ps -ef  # on wk-7", ("held", "other"))


def test_commands_of_a_pods_question_have_the_pods_names() -> None:
    crashing = mode(
        "crashing", "symptom", "Pod", "is crashing", asks=(Ask("crictl ps  # {namespace}/{pod} {pod_uid}", WHY, (), "processes"),)
    )
    (gap,) = diagnosed([crashing], part(event("is crashing", pod="web-0", namespace="shop", pod_uid=UID))).gaps
    assert gap.command == f"crictl ps  # shop/web-0 {UID}"
