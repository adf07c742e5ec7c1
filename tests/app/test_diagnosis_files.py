"""A diagnosis read back from its JSON."""

import json
from pathlib import Path

import pytest

from plegma.app.diagnosing import diagnose_paths
from plegma.app.diagnosis_files import NotADiagnosisError, held_against, is_diagnosis, read_diagnosis
from plegma.knowledge.catalog import builtin
from plegma.model.diagnosis import Diagnosis, Entity, Hypothesis, RemedyStep
from plegma.model.texts import Text
from plegma.remedy.actions import Action, DeletePod
from plegma.remedy.plans import Plan, plan_of
from plegma.report.diagnosis_v1 import to_json

EXAMPLE = str(Path(__file__).parents[2] / "examples/fluentd-crashloop")


@pytest.mark.parametrize("indent", [None, 4])
@pytest.mark.parametrize("in_order", [True, False])
def test_a_plan_from_a_file_is_the_plan_of_the_diagnosis(tmp_path: Path, indent: int | None, in_order: bool) -> None:
    diagnosis = diagnose_paths([EXAMPLE]).diagnosis
    path = tmp_path / "d.json"
    path.write_text(json.dumps(json.loads(to_json(diagnosis, "en")), indent=indent, sort_keys=in_order))
    assert is_diagnosis(path)
    plan, again = plan_of(diagnosis), plan_of(read_diagnosis(path))
    assert isinstance(plan, Plan)
    assert isinstance(again, Plan)
    assert [(s.action, s.risk_level) for s in again.steps] == [(s.action, s.risk_level) for s in plan.steps]
    assert again.entities == plan.entities


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": "plegma.dev/diagnosis/v1"}', "[" * 100_000])
def test_what_is_no_diagnosis_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "d.json"
    path.write_text(text)
    with pytest.raises(NotADiagnosisError, match="no diagnosis of plegma"):
        read_diagnosis(path)


def test_evidence_is_no_diagnosis(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("plegma.dev/diagnosis/v1 is the schema of a diagnosis")
    assert not is_diagnosis(path)
    assert not is_diagnosis(tmp_path)


def forged(cause: str, command: str, risk: str = "none") -> Diagnosis:
    """A diagnosis as anybody may write one."""
    told = Text("x", "x")
    remedy = RemedyStep("temporary", told, command, told, risk, "")
    pod = Entity("Pod", "web-0", "shop")
    hypothesis = Hypothesis(1, cause, told, told, pod, (), "confirmed", 1.0, (), (), (), (remedy,))
    return Diagnosis("problem", told, (hypothesis,), (), (), (), (), ())


@pytest.mark.parametrize(
    ("cause", "command", "actions"),
    [
        ("pause-container-dead", "kubectl -n shop delete pod web-0", [("restart", DeletePod("shop", "web-0"))]),
        ("pause-container-dead", "kubectl delete pod web-0", [("restart", DeletePod("default", "web-0"))]),
        ("pause-container-dead", "kubectl drain n1", []),  # not a remedy of that cause
        ("pause-container-dead", "kubectl -n shop delete pod web-0 && kubectl cordon n1", []),
        ("no-such-cause", "kubectl -n shop delete pod web-0", []),
    ],
)
def test_only_the_catalogs_own_remedies_are_carried_out_and_at_its_own_risk(
    cause: str, command: str, actions: list[tuple[str, Action]]
) -> None:
    plan = plan_of(held_against(forged(cause, command), builtin()))
    assert isinstance(plan, Plan)
    assert [(s.risk_level, s.action) for s in plan.steps] == actions
    assert len(plan.steps) + len(plan.manual) == 1


def test_a_diagnosis_of_ours_keeps_all_its_steps() -> None:
    diagnosis = diagnose_paths([EXAMPLE]).diagnosis
    plan, held = plan_of(diagnosis), plan_of(held_against(diagnosis, builtin()))
    assert isinstance(plan, Plan)
    assert isinstance(held, Plan)
    assert plan.steps
    assert [(s.action, s.risk_level) for s in held.steps] == [(s.action, s.risk_level) for s in plan.steps]
