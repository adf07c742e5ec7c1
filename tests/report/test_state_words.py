"""State tests in words."""

import pytest

from plegma.knowledge.failure_mode import StateTest
from plegma.report.state_words import state_words


@pytest.mark.parametrize(
    ("wanted", "en", "ja"),
    [
        (">=5", "Pod: restarts at least 5", "Pod: restarts が 5 以上"),
        ("<=0", "Pod: restarts at most 0", "Pod: restarts が 0 以下"),
        (">0", "Pod: restarts over 0", "Pod: restarts が 0 を超える"),
        ("<3", "Pod: restarts under 3", "Pod: restarts が 3 未満"),
        (r"^(Error|Failed)$", "Pod: restarts is Error or Failed", "Pod: restarts が Error / Failed"),
        (r"^true$", "Pod: restarts is true", "Pod: restarts が true"),
        (r"^web-", "Pod: restarts begins with web-", "Pod: restarts が web- で始まる"),
        (r"a\.b", "Pod: restarts contains a.b", "Pod: restarts に a.b を含む"),
        (r"(?i)^kubelet(?:\.service)?$", "Pod: restarts is kubelet", "Pod: restarts が kubelet"),
        (r"^x\d+$", r"Pod: restarts matches /^x\d+$/", r"Pod: restarts が /^x\d+$/ に一致する"),
        (r"!^ok$", "Pod: restarts not (is ok)", "Pod: restarts (が ok)でない"),
    ],
)
def test_each_kind_of_condition_reads_as_words(wanted: str, en: str, ja: str) -> None:
    test = StateTest("Pod", {"restarts": wanted})
    assert state_words(test, "en") == en
    assert state_words(test, "ja") == ja


def test_conditions_are_joined_and_the_number_of_rows_is_said() -> None:
    test = StateTest("Unit", {"name": "^a$", "active": "failed"}, at_least=3)
    assert state_words(test, "en") == "Unit: name is a; active contains failed (on at least 3 of them)"


def test_a_test_without_conditions_is_only_the_kind() -> None:
    assert state_words(StateTest("Lease", {}), "en") == "Lease"
