"""When to ask again, and when time is over: a clock of the test's own, no waiting."""

from collections.abc import Iterator

import pytest

from plegma.cluster import Answer, Patient, Refusal, Request, Silence
from plegma.cluster.outcomes import Outcome
from plegma.cluster.patience import MOST_TRIES, pause_before_retry
from plegma.cluster.requests import delete, evict, get

PODS = get("/api/v1/pods")
KUBELET = get("/api/v1/nodes/n/proxy/healthz")
BUSY = Refusal(429, "TooManyRequests", "too many", 3.0)
FAILED = Refusal(500, "InternalError", "leader changed")


@pytest.mark.parametrize(
    ("outcome", "request_", "tries", "pause"),
    [
        (Answer(b""), PODS, 1, None),
        (BUSY, PODS, 1, 3.0),
        (Refusal(429, "", ""), PODS, 3, 4.0),
        (BUSY, PODS, MOST_TRIES, None),
        (BUSY, delete("/api/v1/namespaces/a/pods/p", dry_run=False), 1, 3.0),
        (BUSY, evict("a", "p", dry_run=False), 1, None),
        (FAILED, PODS, 1, 0.5),
        (FAILED, PODS, 3, None),
        (FAILED, KUBELET, 1, None),
        (FAILED, delete("/api/v1/namespaces/a/pods/p", dry_run=False), 1, None),
        (Refusal(403, "Forbidden", ""), PODS, 1, None),
        (Refusal(404, "NotFound", ""), PODS, 1, None),
        (Silence("connection", ""), PODS, 1, 0.5),
        (Silence("connection", ""), PODS, 2, None),
        (Silence("connection", ""), delete("/api/v1/namespaces/a/pods/p", dry_run=False), 1, None),
        (Silence("deadline", ""), PODS, 1, None),
    ],
)
def test_only_what_may_help_and_cannot_harm_is_asked_again(outcome: Outcome, request_: Request, tries: int, pause: float | None) -> None:
    assert pause_before_retry(outcome, request_, tries) == pause


class Clock:
    """Time that passes only when somebody waits, and in calls."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Slow:
    """A client of the port whose every call takes all the time that it has."""

    name = "slow"

    def __init__(self, clock: Clock, outcome: Outcome) -> None:
        self.clock, self.outcome, self.given = clock, outcome, list[float]()

    def ask(self, request: Request, seconds: float) -> Outcome:
        self.given.append(seconds)
        self.clock.now += min(seconds, 10)
        return self.outcome

    def lines(self, request: Request, seconds: float) -> Iterator[bytes | Refusal | Silence]:
        yield Silence("deadline", "")

    def close(self) -> None:
        """Nothing."""


def test_the_last_request_has_what_is_left_and_the_next_is_not_sent() -> None:
    clock = Clock()
    slow = Slow(clock, Silence("deadline", "no answer"))
    patient = Patient(slow, each=10, total=25, now=clock, sleep=clock.sleep)
    for _ in range(5):
        patient.ask(PODS)
    assert slow.given == [10, 10, 5]
    assert patient.left == 0
    last = patient.ask(PODS)
    assert isinstance(last, Silence)
    assert "25 s is over" in last.message


def test_a_wait_that_is_longer_than_what_is_left_is_not_begun() -> None:
    clock = Clock()
    slow = Slow(clock, Refusal(429, "TooManyRequests", "", 60.0))
    patient = Patient(slow, each=10, total=30, now=clock, sleep=clock.sleep)
    assert isinstance(patient.ask(PODS), Refusal)
    assert len(slow.given) == 1
