"""Diagnoses under way: a queue, processes with a time limit, and how far each is."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from msgspec import structs

from plegma.model.texts import Text
from plegma.web.cases import Case, Done, Failed, Running, State, Waiting
from plegma.web.settings import Settings
from plegma.web.stores import Store
from plegma.web.workers import SUMMARY, Order

TOO_LONG = Text(
    "The diagnosis took longer than {0:g} seconds and was ended. Hand in less at once, or start the server with a longer --timeout.",
    "診断が {0:g} 秒を超えたため中止した。一度に渡す量を減らすか、--timeout を長くしてサーバーを起動する。",
)
BROKE = Text(
    "The diagnosis ended before it had an answer (it may have run out of memory). Hand in less at once.",
    "診断が結果を出す前に終了した(メモリ不足の可能性がある)。一度に渡す量を減らす。",
)
STOPPED = Text("The server was stopped before this was diagnosed. Hand it in again.", "診断の前にサーバーが停止した。もう一度渡す。")
_POLL = 0.2


@dataclass(frozen=True, slots=True)
class Job:
    """A case with what is to be read; `own` is a folder that is to be removed afterwards, or None."""

    case_id: str
    folder: Path
    paths: tuple[str, ...]
    own: Path | None


@dataclass(slots=True)
class Runs:
    """Starts at most `settings.workers` processes at a time; the others wait."""

    settings: Settings
    store: Store
    incoming: Path
    _queue: asyncio.Queue[Job] = field(default_factory=asyncio.Queue)
    _live: dict[str, State] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _processes: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    _coming: int = 0
    closing: bool = False

    def start(self) -> None:
        """Begins to take jobs."""
        self._tasks = [asyncio.create_task(self._work()) for _ in range(self.settings.workers)]

    async def close(self) -> None:
        """Ends all processes and waits for them; what was not finished is said to have failed."""
        self.closing = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self.store.give_up, STOPPED)

    def full(self) -> bool:
        """Do as many wait, or come in, as may at a time?"""
        return self._queue.qsize() >= self.settings.waiting or self._coming >= self.settings.uploads

    @contextlib.contextmanager
    def coming(self) -> Iterator[None]:
        """While a case comes in."""
        self._coming += 1
        try:
            yield
        finally:
            self._coming -= 1

    def add(self, job: Job) -> None:
        """Puts a job at the end of the queue; its case is in the store already."""
        self._live[job.case_id] = Waiting()
        self._queue.put_nowait(job)

    def drop(self, case_id: str) -> None:
        """Ends a diagnosis whose case was deleted."""
        self._live.pop(case_id, None)
        self._end(case_id)

    def state(self, case: Case) -> State:
        """How far a case is: what is under way is known here only."""
        return self._live.get(case.id, case.state)

    async def states(self, case: Case) -> AsyncIterator[State]:
        """Each new state of a case until its end, or until the server's."""
        told: State | None = None
        while not self.closing:
            now = self._live[case.id] if case.id in self._live else await asyncio.to_thread(self._kept, case)
            if now != told:
                yield now
            if isinstance(now, Done | Failed):
                return
            told = now
            await asyncio.sleep(_POLL)

    def _kept(self, case: Case) -> State:
        kept = self.store.get(case.id)
        return kept.state if kept else Failed(STOPPED)

    async def _work(self) -> None:
        while True:
            job = await self._queue.get()
            end, documents = await self._without_trace(job)
            try:
                await asyncio.to_thread(self.store.change, job.case_id, end, documents)
            except sqlite3.Error as error:
                sys.stderr.write(f"plegma: a report could not be kept: {error}\n")
            self._live.pop(job.case_id, None)

    async def _without_trace(self, job: Job) -> tuple[State, dict[str, bytes]]:
        """Diagnoses a job; evidence and process are gone before anyone is told how it ended."""
        out = Path(mkdtemp(prefix="out-", dir=self.incoming))
        try:
            return await self._diagnosed(job, out) if job.case_id in self._live else (Failed(STOPPED), {})
        finally:
            self._end(job.case_id)
            for folder in (out, job.own):
                if folder is not None:
                    shutil.rmtree(folder, ignore_errors=True)

    async def _diagnosed(self, job: Job, out: Path) -> tuple[State, dict[str, bytes]]:
        self._live[job.case_id] = Running()
        try:
            async with asyncio.timeout(self.settings.timeout):
                code = await self._run(job, out)
            return _result(out) if code == 0 else (Failed(BROKE), {})
        except TimeoutError:
            return Failed(_with(TOO_LONG, self.settings.timeout)), {}
        except (OSError, ValueError, KeyError) as error:
            sys.stderr.write(f"plegma: a diagnosis could not be run: {type(error).__name__}\n")
            return Failed(BROKE), {}

    async def _run(self, job: Job, out: Path) -> int:
        order, scratch = out / "order.json", out / "scratch"
        scratch.mkdir()
        order.write_text(_order(job, out, self.settings).written(), encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "plegma.web.workers", str(order), stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, "TMPDIR": str(scratch)},  # what it writes on its way goes when it goes
        )  # fmt: skip
        self._processes[job.case_id] = process
        if process.stdout is not None:
            async for line in process.stdout:
                if job.case_id in self._live:
                    told = json.loads(line)
                    self._live[job.case_id] = Running(told["artifact"], told["read"])
        return await process.wait()

    def _end(self, case_id: str) -> None:
        process = self._processes.pop(case_id, None)
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _order(job: Job, out: Path, settings: Settings) -> Order:
    paths = tuple("./-" if path == "-" else path for path in job.paths)  # "-" alone would be standard input
    return Order(str(job.folder), paths, str(out), structs.asdict(settings.limits), settings.memory, _cpu_seconds(settings.timeout))


def _cpu_seconds(timeout: float) -> int:
    """Processor time of all threads together: no more than the wall clock allows, so only a runaway meets it."""
    return int(timeout * (os.cpu_count() or 1)) + 1


def _result(out: Path) -> tuple[State, dict[str, bytes]]:
    """How a diagnosis ended well. Raises OSError, ValueError and KeyError when what the process left is not that."""
    summary = json.loads((out / SUMMARY).read_text(encoding="utf-8"))
    documents = {file.name: file.read_bytes() for file in out.iterdir() if file.is_file() and file.name not in {SUMMARY, "order.json"}}
    return Done(summary["verdict"], Text(summary["en"], summary["ja"])), documents


def _with(text: Text, value: float) -> Text:
    return Text(text.en.format(value), text.ja.format(value))
