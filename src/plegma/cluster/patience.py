"""How long and how often to ask: deadlines, and waits that the server or the failure calls for."""

import time
from collections.abc import Callable, Iterator

from plegma.cluster.clients import Client
from plegma.cluster.outcomes import Answer, Outcome, Refusal, Silence
from plegma.cluster.requests import Request

MOST_TRIES = 4
_PASSING = frozenset({500, 502, 503, 504})


def pause_before_retry(outcome: Outcome, request: Request, tries: int) -> float | None:
    """Seconds to wait before asking again after `tries` tries; None when asking again would not help, or could do harm.

    429 means that nothing was done, so that everything but an eviction (where a PodDisruptionBudget says it) may be
    repeated; after a server's failure only what reads.
    """
    match outcome:
        case Answer():
            return None
        case _ if tries >= MOST_TRIES:
            return None
        case Refusal(status=429, retry_after=after):
            return None if request.path.endswith("/eviction") else after if after is not None else 2.0 ** (tries - 1)
        case Refusal(status=status, retry_after=after):
            reads = request.method == "GET" and status in _PASSING and "/proxy/" not in request.path
            return (after if after is not None else 0.5 * tries) if reads and tries <= 2 else None
        case Silence(why=why):
            return 0.5 if why == "connection" and request.method == "GET" and tries == 1 else None


class Patient:
    """A client with a deadline for each request and one for all of them together; counts what it asks."""

    def __init__(
        self,
        client: Client,
        each: float = 15.0,
        total: float = 120.0,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`each` and `total` are seconds; the total runs from here on."""
        self._client, self._each, self._total, self._now, self._sleep = client, each, total, now, sleep
        self._end = now() + total
        self.asked: list[Request] = []
        """Every request that was sent, repeats included."""

    @property
    def name(self) -> str:
        """The client's."""
        return self._client.name

    @property
    def left(self) -> float:
        """Seconds until the overall deadline, never below zero."""
        return max(0.0, self._end - self._now())

    def ask(self, request: Request, seconds: float | None = None) -> Outcome:
        """What came of the request, asked again where that may help; `seconds` in place of the usual time for one."""
        tries = 0
        while True:
            if self.left <= 0:
                return Silence("deadline", f"the overall time of {self._total:g} s is over")
            tries += 1
            self.asked.append(request)
            outcome = self._client.ask(request, min(seconds or self._each, self.left))
            pause = pause_before_retry(outcome, request, tries)
            if pause is None or pause >= self.left:
                return outcome
            self._sleep(pause)

    def lines(self, request: Request, seconds: float) -> Iterator[bytes | Refusal | Silence]:
        """The answer line by line, not beyond the overall deadline."""
        self.asked.append(request)
        yield from self._client.lines(request, min(seconds, self.left))

    def close(self) -> None:
        """Closes the client."""
        self._client.close()
