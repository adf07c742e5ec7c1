"""A log that is too long to hold is read for the lines that matter, and these are folded into series."""

import gzip
import io
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from plegma.evidence.parse.parsed import Parsed
from plegma.evidence.read import Evidence, Limits
from plegma.evidence.read.artifacts import CutShortError
from plegma.evidence.read.evidence import read_evidence
from plegma.evidence.read.limits import MIB
from plegma.evidence.read.line_blocks import LONGEST_LINE, line_blocks
from plegma.evidence.read.scan_cache import scanner
from plegma.evidence.read.series import MOST_GROUPS, Folded, RawLines, folded, template
from plegma.evidence.read.spans import Span, content
from plegma.evidence.read.streams import guarded, peek
from plegma.evidence.read.tallies import Counter, Tally, last_line
from plegma.evidence.scan import Scanner
from plegma.knowledge.catalog import Catalog, build
from plegma.knowledge.failure_mode import FailureMode, Signature
from plegma.model.observations import Event, Origin, Stamp
from plegma.model.texts import Text

SMALL = Limits(whole=256 * 1024)


@pytest.fixture
def catalog() -> Catalog:
    mode = FailureMode(
        "pool-empty",
        "cni",
        "cause",
        "Node",
        Text("a", "b"),
        Text("a", "b"),
        signatures=(Signature(r"no IP addresses available in range set: (?P<range>\S+)"), Signature("lost contact", reason="X")),
        abductive=True,
    )
    return build([mode])


def noise(n: int) -> str:
    stamp = f"Mar 02 08:{n // 60 % 60:02}:{n % 60:02} wk-7 kubelet[911]: I0302 08:{n // 60 % 60:02}:{n % 60:02}.{n % 1000000:06}     911"
    return f'{stamp} reconciler.go:224] "Volume attached" pod="billing/noise-{n % 7}"\n'


def trouble(n: int, pod: str) -> str:
    stamp = f"Mar 02 08:{n // 60 % 60:02}:{n % 60:02} wk-7 kubelet[911]: E0302 08:{n // 60 % 60:02}:{n % 60:02}.000000     911"
    error = f"no IP addresses available in range set: 10.8.0.0/24 try {n}"
    return f'{stamp} pod_workers.go:1301] "Error syncing pod" err="{error}" pod="billing/{pod}"\n'


def log(count: int, every: int = 100) -> str:
    return "".join(trouble(n, f"db-{n // every % 2}") if n % every == 0 else noise(n) for n in range(count))


def read_log(tmp_path: Path, text: bytes, catalog: Catalog, name: str = "kubelet.log", limits: Limits = SMALL) -> Evidence:
    (tmp_path / name).write_bytes(text)
    return read_evidence([str(tmp_path / name)], limits, catalog=catalog)


def only(evidence: Evidence) -> Parsed:
    (part,) = evidence.parts
    return part


def test_lines_of_one_meaning_become_a_series_for_each_pod(tmp_path: Path, catalog: Catalog) -> None:
    part = only(read_log(tmp_path, log(6000).encode(), catalog))
    found = [o for o in part.observations if isinstance(o, Event) and "range set" in o.message]
    for pod in ("db-0", "db-1"):
        series = [e for e in found if e.refs["pod"] == pod]
        assert len(series) == 3
        assert sum(e.count for e in series) == 30
        assert [e.count for e in series] == [1, 1, 28]
        last = series[-1]
        assert last.first is not None
        assert last.at is not None
        assert (last.first.wall < last.at.wall, last.at.has_year) == (True, False)
    assert (part.kind, part.lines, part.understood, part.components, part.evidence) == ("log", 6000, 6000, ("kubelet",), ("kubelet-log",))


def test_every_event_stands_on_its_own_line(tmp_path: Path, catalog: Catalog) -> None:
    text = log(6000)
    lines = text.split("\n")
    for o in only(read_log(tmp_path, text.encode(), catalog)).observations:
        assert o.text == lines[o.origin.line - 1]


def test_the_first_and_the_last_line_tell_from_when_to_when_the_log_runs(tmp_path: Path, catalog: Catalog) -> None:
    text = noise(0) + log(6000) + noise(3599)
    observations = only(read_log(tmp_path, text.encode(), catalog)).observations
    assert (observations[0].origin.line, observations[-1].origin.line) == (1, 6002)
    ends = [o.at.wall.strftime("%M:%S") for o in (observations[0], observations[-1]) if o.at and o.at.wall]
    assert ends == ["00:00", "59:59"]


def test_a_long_log_in_an_archive_is_read_alike(tmp_path: Path, catalog: Catalog) -> None:
    text = log(6000).encode()
    plain, packed = only(read_log(tmp_path, text, catalog)), only(read_log(tmp_path, gzip.compress(text), catalog, "k.gz"))
    assert [(o.origin.line, o.text) for o in plain.observations] == [(o.origin.line, o.text) for o in packed.observations]


def test_a_long_and_a_short_reading_count_the_same(tmp_path: Path, catalog: Catalog) -> None:
    text = log(3000).encode()
    whole = only(read_log(tmp_path, text, catalog, limits=Limits()))
    counts = [
        sum(o.count for o in p.observations if isinstance(o, Event) and "range set" in o.message)
        for p in (whole, only(read_log(tmp_path, text, catalog)))
    ]
    assert counts == [30, 30]


def test_memory_does_not_grow_with_the_log(tmp_path: Path, catalog: Catalog) -> None:
    peaks = []
    read_log(tmp_path, log(4000).encode(), catalog)
    for size in (8_000, 160_000):
        (tmp_path / "kubelet.log").write_text("".join(log(4000, 50) for _ in range(size // 4000)))
        tracemalloc.start()
        read_evidence([str(tmp_path / "kubelet.log")], SMALL, catalog=catalog)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < max(4 * peaks[0], 40 * MIB)


def test_a_line_of_100_mib_is_borne(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "kubelet.log"
    with path.open("wb") as out:
        out.write(trouble(1, "db-0").encode())
        for _ in range(100):
            out.write(b"x" * MIB)
        out.write(b"\n" + trouble(2, "db-0").encode())
    part = only(read_evidence([str(path)], SMALL, catalog=catalog))
    assert [o.origin.line for o in part.observations] == [1, 3]
    assert part.lines == 3


def test_a_record_over_several_lines_keeps_its_header(tmp_path: Path, catalog: Catalog) -> None:
    header = 'E0302 08:21:40.120481     911 pod_workers.go:1301] "Error syncing pod" pod="billing/db-9" err=<\n'
    text = noise(1) * 4000 + header + "\tfailed: no IP addresses available in range set: 10.8.0.0/24\n >\n"
    found = [o for o in only(read_log(tmp_path, text.encode(), catalog)).observations if "range set" in o.text]
    assert [(o.refs["pod"], o.origin.line) for o in found] == [("db-9", 4002)]


def test_a_long_text_that_is_no_log_is_read_whole_or_refused(tmp_path: Path, catalog: Catalog) -> None:
    row = "billing     ledger-{n}     0/1     CrashLoopBackOff    9          24m\n"
    table = "NAMESPACE   NAME         READY   STATUS              RESTARTS   AGE\n" + "".join(
        row.replace("{n}", str(n)) for n in range(5000)
    )
    part = only(read_log(tmp_path, table.encode(), catalog, "pods.txt"))
    assert len(part.observations) == 5000
    refused = read_log(tmp_path, table.encode(), catalog, "pods.txt", Limits(whole=64 * 1024, largest_whole=128 * 1024))
    assert "hand in a part" in refused.unreadable[0].why.en


def test_a_long_log_that_is_damaged_gives_what_stands_before(tmp_path: Path, catalog: Catalog) -> None:
    packed = gzip.compress("".join(f"{trouble(n, 'db-0')[:-1]} {n * 7919 % 99991:x}{n * 104729:x}\n" for n in range(20_000)).encode(), 1)
    evidence = read_log(tmp_path, packed[: len(packed) * 3 // 4], catalog, "k.gz")
    assert sum(o.count for p in evidence.parts for o in p.observations if isinstance(o, Event)) > 5000
    assert "damaged" in evidence.unreadable[0].why.en


def event(line: int, message: str, second: int, **refs: str) -> Event:
    return Event("kubelet", message, Origin("x", line), message, Stamp(wall=datetime(2025, 3, 2, 8, 0, second), offset=0), refs=refs)


def tally_of(text: str) -> Tally:
    return Counter(Scanner(["failed"])).tally(text.encode())


class TestSeries:
    def test_what_varies_is_taken_out(self) -> None:
        first = f"container {'ab' * 32} of 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 at 0xc0ffee after 3m11.7s"
        second = f"container {'cd' * 32} of 1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 at 0xdead after 12m9s"
        assert template(first) == template(second) == "container # of # at # after #m#s"

    def test_folding_is_the_same_in_one_step_and_in_many(self) -> None:
        events = [event(n, "x", n) for n in range(50)]
        at_once = folded(events)
        step_by_step: list[Event] = []
        for one in events:
            step_by_step = folded([*step_by_step, one])
        assert at_once == step_by_step
        assert [e.count for e in at_once] == [1, 1, 48]
        assert at_once[2].first == events[2].at

    def test_too_many_series_are_held_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("plegma.evidence.read.series.MOST_SERIES", 10)
        all_of_them = Folded()
        for n in range(200):
            all_of_them.add(event(n, "lost" if n % 2 else f"word{'x' * n}", n % 60, pod=f"p{n}"))
        assert len(all_of_them.series) <= 22
        assert sum(e.count for e in all_of_them.events()) == 200

    def test_raw_lines_that_differ_in_times_only_are_taken_apart_three_times(self) -> None:
        parsed: list[int] = []

        def parse(raw: bytes, line: int) -> Event:
            parsed.append(line)
            return event(line, "x", line % 60)

        lines = RawLines(parse)
        text = "".join(f"E0302 08:21:{n % 60:02}.{n:06}     911 x.go:1] failed in {n}ms\n" for n in range(1000))
        lines.add(tally_of(text).groups, 0)
        assert sum(e.count for e in lines.events()) == 1000
        assert len(parsed) <= 4

    def test_names_with_numbers_stay_apart(self) -> None:
        lines = RawLines(lambda raw, line: event(line, raw.decode(), 0))
        lines.add(tally_of("pod db-0 failed\npod db-1 failed\n").groups, 0)
        assert len(lines.groups) == 2

    def test_groups_are_bounded(self) -> None:
        lines = RawLines(lambda raw, line: event(line, "x", 0))
        for n in range(MOST_GROUPS + 10):
            lines.add(tally_of(f"name-{n}x failed\n").groups, n)
        assert len(lines.groups) <= MOST_GROUPS
        assert sum(e.count for e in lines.events()) == MOST_GROUPS + 10


@pytest.mark.parametrize(
    ("block", "line"),
    [(b"a\nb\n\n \n", b"b"), (b"only", b"only"), (b"\n\n", b""), (b"a\n" + b"y" * 40_000 + b"\n", b"y" * 40_000), (b"", b"")],
)
def test_the_last_line_that_is_not_blank_is_found(block: bytes, line: bytes) -> None:
    assert last_line(block) == line


class TestBlocks:
    @pytest.mark.parametrize("size", [1, 7, 64, 10_000])
    def test_blocks_are_whole_lines_and_together_all_of_them(self, size: int) -> None:
        data = b"".join(b"line %d\n" % n for n in range(300)) + b"no end"
        blocks = [content(block) for block in line_blocks(io.BytesIO(data), size)]
        assert b"".join(blocks) == data
        assert all(block.endswith(b"\n") for block in blocks[:-1])

    @pytest.mark.parametrize("layered", [False, True], ids=["a file", "a file under layers"])
    @pytest.mark.parametrize("size", [64, 100, 10_000])
    def test_a_file_is_cut_as_a_stream_is_and_nothing_of_it_is_read(self, tmp_path: Path, size: int, layered: bool) -> None:
        data = b"".join(b"line %d\n" % n for n in range(300)) + b"no end"
        (tmp_path / "x").write_bytes(data)
        with (tmp_path / "x").open("rb", buffering=0) as plain:
            stream = peek(guarded(cast(BinaryIO, plain), lambda _: None), 40)[1] if layered else cast(BinaryIO, plain)
            blocks = list(line_blocks(stream, size))
            assert all(isinstance(block, Span) for block in blocks)
            assert [content(block) for block in blocks] == list(line_blocks(io.BytesIO(data), size))

    def test_a_file_with_a_line_longer_than_a_block_is_read_on_as_a_stream(self, tmp_path: Path) -> None:
        data = b"a\nbb\n" + b"y" * 50 + b"\nc\n" * 20
        (tmp_path / "x").write_bytes(data)
        with (tmp_path / "x").open("rb", buffering=0) as plain:
            blocks = list(line_blocks(cast(BinaryIO, plain), 16))
        assert [type(block) for block in blocks[:2]] == [Span, bytes]

    def test_what_is_gone_over_in_a_file_counts_against_the_limits(self, tmp_path: Path) -> None:
        taken: list[int] = []

        def count(size: int) -> None:
            taken.append(size)
            if sum(taken) > 600:
                raise CutShortError(Text("too much", "多すぎる"))

        (tmp_path / "x").write_bytes(b"line\n" * 300)
        with (tmp_path / "x").open("rb", buffering=0) as plain:
            blocks = line_blocks(guarded(cast(BinaryIO, plain), count), 100)
            assert [content(next(blocks)) for _ in range(6)] == [b"line\n" * 20] * 6
            with pytest.raises(CutShortError):
                next(blocks)

    def test_only_the_start_of_an_endless_line_is_kept(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(b"a\n" + b"y" * (3 * LONGEST_LINE) + b"\nb\n")
        with (tmp_path / "x").open("rb") as stream:
            blocks = [content(block) for block in line_blocks(stream, MIB)]
        assert sum(block.count(b"\n") for block in blocks) == 3
        assert max(map(len, blocks)) <= LONGEST_LINE + 2 * MIB


def test_a_scanner_is_compiled_once_and_kept(own_cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    scanner(["needle in a haystack"])
    (kept,) = (tmp_path / "plegma").iterdir()
    before = kept.stat().st_mtime_ns
    assert scanner(["needle in a haystack"]).hits(b"a needle in a haystack") == [(0, 22)]
    assert kept.stat().st_mtime_ns == before


@pytest.mark.parametrize("spoil", [lambda p: p.write_text("a file"), lambda p: p.mkdir(mode=0o500)], ids=["a file", "read-only"])
def test_without_a_cache_folder_it_is_compiled_each_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(tmp_path / "plegma")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert scanner(["needle in a haystack"]).hits(b"a needle in a haystack") == [(0, 22)]
