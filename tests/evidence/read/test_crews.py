"""Blocks are worked on by several processes, and nothing of the result shows it."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from plegma.evidence.read.artifacts import CutShortError
from plegma.evidence.read.crews import Crew
from plegma.evidence.read.limits import MIB
from plegma.evidence.read.spans import Span

BLOCKS = [bytes([65 + n % 26]) * (n * 37 % 900 + 1) for n in range(60)]


def size_and_start(block: bytes) -> tuple[int, bytes]:
    return len(block), block[:1]


@pytest.mark.parametrize("workers", [0, 1, 2, 5])
def test_results_come_in_the_order_of_the_blocks(workers: int) -> None:
    crew = Crew(size_and_start, workers, 1024)
    try:
        assert list(crew.results(BLOCKS)) == [size_and_start(block) for block in BLOCKS]
    finally:
        crew.close()


def test_a_block_larger_than_the_shared_memory_is_done_here() -> None:
    crew = Crew(size_and_start, 2, 16)
    try:
        assert list(crew.results([b"a" * 8, b"b" * MIB, b"c"])) == [(8, b"a"), (MIB, b"b"), (1, b"c")]
    finally:
        crew.close()


def test_no_block_is_lost_when_a_worker_dies() -> None:
    parent = os.getpid()

    def work(block: bytes) -> tuple[int, bytes]:
        if block[:1] == b"K" and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return size_and_start(block)

    crew = Crew(work, 2, 1024)
    try:
        assert list(crew.results(BLOCKS)) == [size_and_start(block) for block in BLOCKS]
    finally:
        crew.close()


def test_what_breaks_off_the_blocks_comes_after_the_results_before_it() -> None:
    def broken() -> Iterator[bytes]:
        yield from BLOCKS[:5]
        raise EOFError

    crew = Crew(size_and_start, 2, 1024)
    try:
        results = crew.results(broken())
        assert [next(results) for _ in range(5)] == [size_and_start(block) for block in BLOCKS[:5]]
        with pytest.raises(EOFError):
            next(results)
    finally:
        crew.close()


def test_what_stands_in_a_file_is_read_by_the_worker(tmp_path: Path) -> None:
    parent = os.getpid()
    (tmp_path / "x").write_bytes(b"".join(BLOCKS))

    def work(block: bytes) -> tuple[bool, bytes]:
        return os.getpid() != parent, block

    with (tmp_path / "x").open("rb") as stream:
        crew = Crew(work, 2, 1024)
        try:
            starts = [sum(map(len, BLOCKS[:n])) for n in range(len(BLOCKS))]
            spans = [Span(stream.fileno(), start, len(block)) for start, block in zip(starts, BLOCKS, strict=True)]
            assert list(crew.results(spans)) == [(True, block) for block in BLOCKS]
        finally:
            crew.close()


def test_what_a_worker_cannot_read_is_said_after_what_stands_before(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    with (tmp_path / "x").open("rb") as stream:
        crew = Crew(size_and_start, 2, 1024)
        try:
            results = crew.results([Span(stream.fileno(), 0, 3), Span(9999, 0, 3), b"later"])
            assert next(results) == (3, b"a")
            with pytest.raises(CutShortError):
                next(results)
        finally:
            crew.close()
