"""How right plegma is on real incidents, where they are at hand (../shared/cases), else on the project's own cases."""

from functools import cache
from pathlib import Path

from plegma.app.evaluations import Evaluation, calibration, evaluate

_ROOT = Path(__file__).parents[2]
_SHARED = _ROOT.parent / "shared" / "cases"


@cache
def evaluation() -> Evaluation:
    return evaluate(_SHARED if _SHARED.is_dir() else _ROOT / "cases")


def test_the_first_answer_is_right_in_most_cases() -> None:
    assert evaluation().share("top1") >= 0.85


def test_a_right_answer_is_among_the_first_three() -> None:
    assert evaluation().share("top3") >= 0.95


def test_hardly_any_sure_answer_is_wrong() -> None:
    assert evaluation().share("confidently_wrong") <= 0.02


def test_confirmed_is_right() -> None:
    used, right = next((used, right) for word, used, right in calibration(evaluation().cases) if word == "confirmed")
    assert used
    assert right >= 0.98


def test_every_truth_could_be_read_and_each_case_takes_seconds_at_most() -> None:
    assert not evaluation().unreadable
    assert max(case.seconds for case in evaluation().cases) < 20
