import pytest

from plegma.agent.pods import PodSpec, RuntimeStatus, Sandbox
from plegma.agent.sandbox_changes import next_attempt, sandbox_change

SPEC = PodSpec("u1", "shop", "web-1", "web", "registry.example/web:1")
GOOD = Sandbox("a", True, 0, "10.0.0.2")


@pytest.mark.parametrize(
    ("sandboxes", "change"),
    [
        ((), "none"),
        ((GOOD, GOOD), "several"),
        ((Sandbox("a", False, 0, "10.0.0.2"),), "not-ready"),
        ((Sandbox("a", True, 0, "10.0.0.2", "NODE"),), "network-mode"),
        ((Sandbox("a", True, 0),), "no-ip"),
        ((GOOD,), ""),
    ],
)
def test_a_new_sandbox_is_asked_for_in_the_kubelets_order(sandboxes, change):
    assert sandbox_change(SPEC, RuntimeStatus(sandboxes)) == change


def test_attempts_go_on_from_the_newest_record_and_start_at_none():
    assert next_attempt(RuntimeStatus()) == 0
    assert next_attempt(RuntimeStatus((Sandbox("a", False, 4),))) == 5
