"""A count is begun before it is wanted, and tells the same as one that was not."""

import io
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from plegma.evidence.read.artifacts import CutShortError
from plegma.evidence.read.block_counts import BLOCK, BlockCounts
from plegma.evidence.read.streams import guarded
from plegma.model.texts import Text

LINE = b"Mar 02 08:21:40 wk-7 kubelet[911]: E0302 08:21:40.123456     911 x.go:1] failed in 12ms\n"
TOO_LONG = Text("too long", "長すぎます")


def counts(workers: int) -> BlockCounts:
    return BlockCounts(lambda: ("failed",), workers)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    (tmp_path / "k.log").write_bytes(LINE * (3 * BLOCK // len(LINE)))
    return tmp_path / "k.log"


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_tallies_are_those_of_a_stream(log: Path, workers: int) -> None:
    with log.open("rb", buffering=0) as plain, counts(workers).begun(cast(BinaryIO, plain)) as begun:
        of_file = list(begun.tallies())
    with counts(1).begun(io.BytesIO(log.read_bytes())) as begun:
        of_stream = list(begun.tallies())
    total = log.read_bytes().count(b"\n")
    assert sum(t.lines for t in of_file) == sum(t.lines for t in of_stream) == total
    assert sum(g.count for t in of_file for g in t.groups.values()) == total


@pytest.mark.parametrize("workers", [1, 2])
def test_a_count_that_is_not_wanted_takes_nothing(log: Path, workers: int) -> None:
    with log.open("rb", buffering=0) as plain:
        with counts(workers).begun(cast(BinaryIO, plain)):
            pass
        assert plain.tell() == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_written_after_the_begin_is_counted_too(log: Path, workers: int) -> None:
    with log.open("rb", buffering=0) as plain, counts(workers).begun(cast(BinaryIO, plain)) as begun:
        with log.open("ab") as more:
            more.write(LINE * 5)
        assert sum(t.lines for t in begun.tallies()) == log.read_bytes().count(b"\n")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_limit_ends_a_count_where_it_is_met(log: Path, workers: int) -> None:
    left = [2 * BLOCK]

    def taken(size: int) -> None:
        left[0] -= size
        if left[0] < 0:
            raise CutShortError(TOO_LONG)

    with log.open("rb", buffering=0) as plain, counts(workers).begun(guarded(cast(BinaryIO, plain), taken)) as begun:
        tallies = begun.tallies()
        assert sum(next(tallies).lines for _ in range(2)) <= 2 * BLOCK // len(LINE)
        with pytest.raises(CutShortError):
            next(tallies)
