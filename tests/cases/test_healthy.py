"""The project's own healthy set: clusters at rest, and clusters at work that make noise."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plegma.app.diagnosing import diagnose_paths
from plegma.model.diagnosis import Diagnosis

HEALTHY = Path(__file__).parents[2] / "cases" / "healthy"
CASES = sorted(path.parent for path in HEALTHY.rglob("truth.json"))
FILES = sorted(path for case in CASES for path in case.rglob("*") if path.is_file() and path.name != "truth.json")
FEWEST_KINDS = 16
UNFINISHED = {"pull-retried/kubelet.log", "reboot-recovered/kubelet.log"}
"""Files that, alone, tell of a fault and not of its end: to name it is right."""


def truth_of(case: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((case / "truth.json").read_text(encoding="utf-8"))
    return known


@cache
def diagnosis_of(path: Path) -> Diagnosis:
    return diagnose_paths([str(path)]).diagnosis


def asserted(diagnosis: Diagnosis) -> list[str]:
    """Faults told as more than a possibility, each with the line that it rests on."""
    return [
        f"{h.cause} ({h.confidence}): {h.chain[0].evidence[0].text[:160] if h.chain and h.chain[0].evidence else ''}"
        for h in diagnosis.hypotheses
        if h.confidence != "possible"
    ]


def test_the_set_holds_many_kinds_of_healthy_clusters() -> None:
    assert len(CASES) >= FEWEST_KINDS
    assert all("no-fault" in {truth_of(case)["root_cause_class"]} for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_nothing_is_asserted_of_a_healthy_cluster(case: Path) -> None:
    assert not asserted(diagnosis_of(case))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_healthy_cluster_is_called_healthy(case: Path) -> None:
    diagnosis = diagnosis_of(case)
    named = [h.cause for h in diagnosis.hypotheses]
    assert diagnosis.verdict in truth_of(case).get("verdict", ["healthy"]), (named, [s.mode for s in diagnosis.symptoms])
    assert set(named) <= set(truth_of(case)["also_acceptable"])


@pytest.mark.parametrize(
    "file", [f for f in FILES if str(f.relative_to(HEALTHY)) not in UNFINISHED], ids=lambda path: str(path.relative_to(HEALTHY))
)
def test_nothing_is_asserted_from_one_file_of_a_healthy_cluster(file: Path) -> None:
    assert not asserted(diagnosis_of(file))
