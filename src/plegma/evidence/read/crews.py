"""Blocks of bytes worked on by as many processes as there are processors, their results in the blocks' order.

Must never: make a result depend on how many processes there are, or lose a block when one of them dies.
"""

import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from mmap import mmap
from time import monotonic, sleep
from typing import Any, BinaryIO, Generic, NoReturn, TypeVar

from plegma.evidence.read.spans import Block, Span, content

Result = TypeVar("Result")
_AHEAD = 4
"""Blocks that each worker has been given and not yet answered."""
_ROOM = 1024 * 1024
"""Bytes of a result that wait in a worker's pipe."""
_PATIENCE = 1.0
_PAUSE = 0.001
"""Seconds that a worker is given to end, and between two looks."""


def processors() -> int:
    """How many processors this process may use; 1 where processes cannot be forked."""
    if not hasattr(os, "sched_getaffinity") or sys.platform != "linux":
        return 1
    return len(os.sched_getaffinity(0))


def worked_on(work: Callable[[bytes], Result], blocks: Iterator[Block], alone: int, largest: int, workers: int = 0) -> Iterator[Result]:
    """The result for each block, in their order: the first `alone` made here, those of a longer input by all processors.

    `largest`: bytes of the largest block; `workers`: so many processes (0: one for each processor).
    """
    yield from (work(content(block)) for block in islice(blocks, alone))
    following = next(blocks, None)
    if following is None:
        return
    crew = Crew(work, workers or processors(), largest)
    try:
        yield from crew.results(chain((following,), blocks))
    finally:
        crew.close()


class Crew(Generic[Result]):
    """Workers that share memory and open files with this process: a block is copied once or read by the worker, not sent."""

    def __init__(self, work: Callable[[bytes], Result], workers: int, largest: int) -> None:
        """`largest`: bytes of the largest block. With fewer than two workers all is done in this process."""
        self._work = work
        self._largest = largest
        self._workers = [_Worker(work, largest) for _ in range(workers)] if workers > 1 else []
        self._turn = 0
        self._begun: deque[tuple[_Worker[Result] | None, Block]] = deque()

    def begin(self, blocks: Iterable[Span]) -> None:
        """Has blocks worked on before it is known whether `results` will be asked for them; they must then be its first ones."""
        self._begun.extend(self._given(block) for block in blocks)

    def results(self, blocks: Iterable[Block]) -> Iterator[Result]:
        """The result for each block, in their order. What `blocks` raises comes after the results for those before."""
        pending: deque[tuple[_Worker[Result] | None, Block]] = deque()
        given = iter(blocks)
        while True:
            try:
                block = next(given)
            except StopIteration:
                break
            except BaseException:
                yield from (self._answer(*item) for item in pending)
                raise
            pending.append(self._begun.popleft() if self._begun else self._given(block))
            while len(pending) > _AHEAD * len(self._workers):
                yield self._answer(*pending.popleft())
        yield from (self._answer(*item) for item in pending)

    def _given(self, block: Block) -> "tuple[_Worker[Result] | None, Block]":
        """The block with the worker that it was given to; with None where it is to be worked on here."""
        if not self._workers or _size(block) > self._largest:
            return None, block
        worker = self._workers[self._turn % len(self._workers)]
        self._turn += 1
        return worker if worker.give(block) else None, block

    def _answer(self, worker: "_Worker[Result] | None", block: Block) -> Result:
        answer = worker.answer() if worker else None
        return self._work(content(block)) if answer is None else answer

    def close(self) -> None:
        """Sends the workers home."""
        for worker in self._workers:
            worker.dismiss()
        for worker in self._workers:
            worker.close()
        self._workers = []


def _size(block: Block) -> int:
    return block.size if isinstance(block, Span) else len(block)


class _Worker(Generic[Result]):
    """A forked process with a piece of shared memory for the blocks that it works on.

    Plain pipes: `multiprocessing`, which would do the same, takes 20 ms to import.
    """

    def __init__(self, work: Callable[[bytes], Result], largest: int) -> None:
        self._slots = [mmap(-1, largest) for _ in range(_AHEAD + 1)]
        self._turn = 0
        (asked, ask), (answered, answer) = os.pipe(), os.pipe()
        _widen(answer)
        self._process = os.fork()
        if self._process == 0:
            os.close(ask)
            os.close(answered)
            _serve(work, self._slots, open(asked, "rb"), open(answer, "wb"))  # noqa: PTH123, SIM115 - descriptors, for as long as it lives
        os.close(asked)
        os.close(answer)
        self._asking, self._answers = open(ask, "wb"), open(answered, "rb")  # noqa: PTH123, SIM115 - descriptors; `close` closes them

    def give(self, block: Block) -> bool:
        """Hands a block over; False when the worker is gone."""
        try:
            self._tell(block if isinstance(block, Span) else self._laid_down(block))
        except OSError:
            return False
        self._turn += 1
        return True

    def _tell(self, task: "Task") -> None:
        pickle.dump(task, self._asking)
        self._asking.flush()

    def _laid_down(self, block: bytes) -> tuple[int, int]:
        """Where in the shared memory the block stands now, and its size."""
        slot = self._turn % len(self._slots)
        self._slots[slot][: len(block)] = block
        return slot, len(block)

    def answer(self) -> Result | None:
        """The result for the oldest block; None when the worker died over it."""
        try:
            result: Result = pickle.load(self._answers)  # noqa: S301 - from our own process
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        return result

    def dismiss(self) -> None:
        """Tells the process to end: younger workers hold the pipe as well, so that closing it is not noticed."""
        with suppress(OSError):
            self._tell(None)

    def close(self) -> None:
        """Waits for the end of the process that was told so."""
        for pipe in (self._asking, self._answers):
            with suppress(OSError):
                pipe.close()
        with suppress(ChildProcessError):
            self._end()

    def _end(self) -> None:
        """Waits for the process a second, then kills it."""
        until = monotonic() + _PATIENCE
        while os.waitpid(self._process, os.WNOHANG) == (0, 0):
            if monotonic() > until:
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)
                return
            sleep(_PAUSE)


def _widen(pipe: int) -> None:
    """Makes room for a whole answer: a worker need not wait until it is taken, in the blocks' order, before it goes on."""
    with suppress(ImportError, OSError):  # Linux only, and up to what fs.pipe-max-size allows
        from fcntl import F_SETPIPE_SZ, fcntl

        fcntl(pipe, F_SETPIPE_SZ, _ROOM)


Task = Span | tuple[int, int] | None
"""A run of a file, a slot of the shared memory with a size, or the end."""


def _serve(work: Callable[[bytes], Any], slots: list[mmap], tasks: BinaryIO, answers: BinaryIO) -> NoReturn:
    """What the forked process does. The parent works on a block itself when this process ends over it, and meets the same error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that waits for the results is told, and closes the pipe
    try:
        while (task := pickle.load(tasks)) is not None:  # noqa: S301 - from our own process
            result = work(task.read() if isinstance(task, Span) else slots[task[0]][: task[1]])
            pickle.dump(result, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    finally:
        os._exit(0)
