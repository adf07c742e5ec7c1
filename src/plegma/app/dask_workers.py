"""Bundles read by a dask cluster: a given scheduler's, or workers on this machine, one for each processor."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from distributed import Client, LocalCluster, as_completed
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

from plegma.app.fleets import FleetError, Order, summary
from plegma.evidence.read import Evidence
from plegma.evidence.read.crews import processors

_AHEAD = 4
"""Bundles that are given out for each processor before the first of them is done: so memory does not grow with their number."""
_WAIT = 20
"""Seconds that a scheduler has to answer."""


class DaskWorkers:
    """Sends one task a bundle and takes back summaries as they come; a task whose worker died is given to another."""

    def __init__(self, scheduler: str = "", count: int = 0) -> None:
        """`scheduler` is an address such as tcp://HOST:8786; without one `count` workers (default: one a processor) are started here."""
        self._scheduler, self._count = scheduler, count or processors()

    def summaries(self, orders: Sequence[Order]) -> Iterator[tuple[int, Evidence]]:
        """Each order's number and its summary, as they come.

        Raises FleetError when the scheduler does not answer, or every worker that was given a bundle died over it.
        """
        with ExitStack() as stack:
            client = stack.enter_context(self._client(stack))
            yield from _taken(client, orders)

    def _client(self, stack: ExitStack) -> Any:
        try:
            if self._scheduler:
                return Client(self._scheduler, timeout=_WAIT)
            cluster = LocalCluster(n_workers=self._count, threads_per_worker=1, dashboard_address=None, silence_logs=50)
            return Client(stack.enter_context(cluster))
        except (OSError, TimeoutError, ValueError) as error:
            raise FleetError(f"the dask scheduler {self._scheduler or 'on this machine'} does not answer: {error}") from error


def _taken(client: Any, orders: Sequence[Order]) -> Iterator[tuple[int, Evidence]]:
    waiting = iter(enumerate(orders))
    running = as_completed(with_results=False)
    numbers: dict[str, int] = {}

    def give() -> None:
        if (order := next(waiting, None)) is not None:
            future = client.submit(summary, order[1], pure=False, retries=2)
            numbers[future.key] = order[0]
            running.add(future)

    for _ in range(_AHEAD * max(1, sum(client.nthreads().values()))):
        give()
    for future in running:
        number = numbers.pop(future.key)
        yield number, _result(future, orders[number])
        future.release()
        give()


def _result(future: Any, order: Order) -> Evidence:
    try:
        found = future.result()
    except (KilledWorker, FutureCancelledError, OSError, MemoryError) as error:
        raise FleetError(f"{order.bundle}: every worker that was to read it ended ({type(error).__name__})") from error
    assert isinstance(found, Evidence)
    return found
