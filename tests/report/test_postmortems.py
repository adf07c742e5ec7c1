"""A post-mortem: what the evidence says filled in, what people know left open."""

from pathlib import Path

import pytest

from plegma.app.diagnosing import diagnose_paths
from plegma.model.diagnosis import Diagnosis
from plegma.model.texts import Lang
from plegma.report.markdown import to_markdown
from plegma.report.postmortems import postmortem

EXAMPLE = str(Path(__file__).parents[2] / "examples/fluentd-crashloop")


@pytest.fixture(scope="module")
def example() -> Diagnosis:
    return diagnose_paths([EXAMPLE], whole=True).diagnosis


@pytest.mark.parametrize(("lang", "heading"), [("en", "## Follow-ups"), ("ja", "## 再発防止と残作業")])
def test_it_has_a_timeline_in_order_and_follow_ups_to_tick_off(example: Diagnosis, lang: Lang, heading: str) -> None:
    text = to_markdown(postmortem(example, lang))
    times = [line[2:27] for line in text.splitlines() if line.startswith("- 20")]
    assert len(times) > 5
    assert times == sorted(times)
    assert heading in text
    assert text.count("- [ ] ") >= 5


def test_a_cause_that_is_not_proven_is_said_to_be_so(example: Diagnosis) -> None:
    assert "not proven" in to_markdown(postmortem(example, "en"))


def test_a_healthy_case_has_a_post_mortem_without_a_cause() -> None:
    quiet = diagnose_paths([str(Path(EXAMPLE).parents[1] / "cases/healthy/quiet-cluster")], whole=True).diagnosis
    text = to_markdown(postmortem(quiet, "en"))
    assert quiet.verdict == "healthy"
    assert "Root cause" not in text
