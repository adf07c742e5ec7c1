"""Blocks of bytes worked on by as many processes as there are processors, their results in the blocks' order.

Must never: make a result depend on how many processes there are, or lose a block when one of them dies.
"""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from mmap import mmap
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Result = TypeVar("Result")
_AHEAD = 2
"""Blocks that each worker has been given and not yet answered."""


def processors() -> int:
    """How many processors this process may use; 1 where processes cannot be forked."""
    if not hasattr(os, "sched_getaffinity") or sys.platform != "linux":
        return 1
    return len(os.sched_getaffinity(0))


def worked_on(work: Callable[[bytes], Result], blocks: Iterator[bytes], alone: int, largest: int, workers: int = 0) -> Iterator[Result]:
    """The result for each block, in their order: the first `alone` made here, those of a longer input by all processors.

    `largest`: bytes of the largest block; `workers`: so many processes (0: one for each processor).
    """
    yield from map(work, islice(blocks, alone))
    following = next(blocks, None)
    if following is None:
        return
    crew = Crew(work, workers or processors(), largest)
    try:
        yield from crew.results(chain((following,), blocks))
    finally:
        crew.close()


class Crew(Generic[Result]):
    """Workers that share memory with this process: a block is copied once, not sent."""

    def __init__(self, work: Callable[[bytes], Result], workers: int, largest: int) -> None:
        """`largest`: bytes of the largest block. With fewer than two workers all is done in this process."""
        self._work = work
        self._largest = largest
        self._workers = [_Worker(work, largest) for _ in range(workers)] if workers > 1 else []

    def results(self, blocks: Iterable[bytes]) -> Iterator[Result]:
        """The result for each block, in their order. What `blocks` raises comes after the results for those before."""
        pending: deque[tuple[_Worker[Result] | None, bytes]] = deque()
        turn = 0
        given = iter(blocks)
        while True:
            try:
                block = next(given)
            except StopIteration:
                break
            except BaseException:
                yield from (self._answer(*item) for item in pending)
                raise
            worker = self._workers[turn % len(self._workers)] if self._workers and len(block) <= self._largest else None
            turn += 1
            pending.append((worker if worker and worker.give(block) else None, block))
            while len(pending) > _AHEAD * len(self._workers):
                yield self._answer(*pending.popleft())
        yield from (self._answer(*item) for item in pending)

    def _answer(self, worker: "_Worker[Result] | None", block: bytes) -> Result:
        answer = worker.answer() if worker else None
        return self._work(block) if answer is None else answer

    def close(self) -> None:
        """Sends the workers home."""
        for worker in self._workers:
            worker.close()
        self._workers = []


class _Worker(Generic[Result]):
    """A forked process with a piece of shared memory for the blocks that it works on."""

    def __init__(self, work: Callable[[bytes], Result], largest: int) -> None:
        from multiprocessing import get_context

        forking = get_context("fork")
        self._slots = [mmap(-1, largest) for _ in range(_AHEAD + 1)]
        self._turn = 0
        self._pipe, theirs = forking.Pipe()
        self._process = forking.Process(target=_serve, args=(work, self._slots, theirs, self._pipe), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, block: bytes) -> bool:
        """Hands a block over; False when the worker is gone."""
        slot = self._turn % len(self._slots)
        self._slots[slot][: len(block)] = block
        try:
            self._pipe.send((slot, len(block)))
        except OSError:
            return False
        self._turn += 1
        return True

    def answer(self) -> Result | None:
        """The result for the oldest block; None when the worker died over it."""
        try:
            result: Result = self._pipe.recv()
        except (EOFError, OSError):
            return None
        return result

    def close(self) -> None:
        """Ends the process. It is told so: younger workers hold the pipe as well, so that closing it is not noticed."""
        with suppress(OSError):
            self._pipe.send(None)
        self._pipe.close()
        self._process.join(1)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _serve(work: Callable[[bytes], Any], slots: list[mmap], pipe: "Connection[Any, Any]", other_end: "Connection[Any, Any]") -> None:
    other_end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that waits for the results is told, and closes the pipe
    try:
        while (task := pipe.recv()) is not None:
            slot, size = task
            pipe.send(work(slots[slot][:size]))
    except (EOFError, OSError):
        return
    except Exception:  # noqa: BLE001 - the parent works on the block itself when this process ends, and meets the same error
        os._exit(1)
