"""The project's own incidents: made up, in the words of the programs that write them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plegma.app.evaluations import NO_FAULT, CaseResult, evaluate
from plegma.knowledge.catalog import builtin

INCIDENTS = Path(__file__).parents[2] / "cases" / "incidents"
CASES = sorted(path.parent.name for path in INCIDENTS.rglob("truth.json"))
TRUTHS: dict[str, dict[str, Any]] = {name: json.loads((INCIDENTS / name / "truth.json").read_text(encoding="utf-8")) for name in CASES}
SILENT = [name for name in CASES if TRUTHS[name].get("abstain")]
NEEDED_TOP1 = 0.9
FEWEST = 40


@cache
def results() -> dict[str, CaseResult]:
    return {case.case: case for case in evaluate(INCIDENTS).cases}


def test_every_class_named_in_a_truth_is_a_failure_mode() -> None:
    catalog = builtin()
    named = {c for t in TRUTHS.values() for c in (t["root_cause_class"], *t["also_acceptable"], *t.get("all_of", ()))}
    assert not {c for c in named - NO_FAULT - {"insufficient"} if c not in catalog}


def test_the_set_reaches_over_every_layer() -> None:
    catalog = builtin()
    layers = {catalog[t["root_cause_class"]].layer for t in TRUTHS.values() if t["root_cause_class"] in catalog}
    assert len(CASES) >= FEWEST
    assert layers == {mode.layer for mode in catalog}


def test_nine_in_ten_first_answers_are_right() -> None:
    wrong = [(case.case, case.truth, case.causes[:3]) for case in results().values() if not case.top1]
    assert len(wrong) <= (1 - NEEDED_TOP1) * len(CASES), wrong


def test_no_wrong_answer_is_given_as_sure() -> None:
    assert not [(case.case, case.causes[0], case.confidences[0]) for case in results().values() if case.confidently_wrong]


def test_of_several_faults_at_once_each_is_told() -> None:
    assert not [(case.case, case.missing) for case in results().values() if case.missing]


@pytest.mark.parametrize("name", SILENT)
def test_nothing_is_named_where_the_evidence_does_not_say(name: str) -> None:
    assert not results()[name].causes
    assert results()[name].verdict == "insufficient"
