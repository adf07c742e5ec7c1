"""Binary journals are read where journalctl cannot help, line for line as it prints them."""

import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from plegma.evidence.read import read_evidence
from plegma.evidence.read.journal_files import journal_lines

START = 1_740_902_400_000_000
MESSAGE = 'E0302 08:00:01.000000     911 kubelet.go:2424] "Skipping pod synchronization" err="PLEG is not healthy"'


def journal(messages: list[str], compact: bool = False, packed: bool = False) -> bytes:
    """A journal file by the published format, with as much of it as a reader must look at."""
    body = bytearray(b"\0" * 256)
    entries: list[int] = []
    for number, message in enumerate(messages):
        fields = [f"MESSAGE={message}", "_HOSTNAME=wk-7", "SYSLOG_IDENTIFIER=kubelet", f"_PID={900 + number}", "PRIORITY=6"]
        offsets = [put(body, 1, field_object(text.encode(), compact, packed), 4 if packed else 0) for text in fields]
        items = b"".join(struct.pack("<I", o) if compact else struct.pack("<QQ", o, 0) for o in offsets)
        entry = struct.pack("<QQQ16sQ", number, START + number * 1_000_000, number, b"b" * 16, 0) + items
        entries.append(put(body, 3, entry))
    arrays = [entries[:2], entries[2:]]
    places: list[int] = []
    for part in arrays:
        numbers = b"".join(struct.pack("<I" if compact else "<Q", o) for o in part)
        places.append(put(body, 6, struct.pack("<Q", 0) + numbers))
    struct.pack_into("<Q", body, places[0] + 16, places[1])
    body[:8] = b"LPKSHHRH"
    struct.pack_into("<I", body, 12, (16 if compact else 0) | (8 if packed else 0))
    struct.pack_into("<Q", body, 152, len(entries))
    struct.pack_into("<Q", body, 176, places[0])
    return bytes(body)


def field_object(text: bytes, compact: bool, packed: bool) -> bytes:
    payload = zstandard.ZstdCompressor().compress(text) if packed else text
    return b"\0" * (48 + (8 if compact else 0)) + payload


def put(body: bytearray, kind: int, content: bytes, flags: int = 0) -> int:
    body.extend(b"\0" * (-len(body) % 8))
    offset = len(body)
    body.extend(struct.pack("<BB6xQ", kind, flags, 16 + len(content)) + content)
    return offset


@pytest.mark.parametrize("compact", [False, True], ids=["regular", "compact"])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "zstd"])
def test_entries_are_printed_in_order(compact: bool, packed: bool) -> None:
    assert b"".join(journal_lines(journal(["one", "two", "three\nmore"], compact, packed))).decode().split("\n") == [
        "2025-03-02T08:00:00.000000+0000 wk-7 kubelet[900]: one",
        "2025-03-02T08:00:01.000000+0000 wk-7 kubelet[901]: two",
        "2025-03-02T08:00:02.000000+0000 wk-7 kubelet[902]: three",
        "    more",
        "",
    ]


def test_a_journal_in_an_archive_is_evidence_like_its_printed_form(tmp_path: Path, pack_tar: Any) -> None:
    (tmp_path / "b.tar").write_bytes(pack_tar({"var/log/journal/4711/system.journal": journal([MESSAGE, MESSAGE])}))
    evidence = read_evidence([str(tmp_path / "b.tar")])
    first, second = (o for p in evidence.parts for o in p.observations)
    assert (first.component, first.refs["node"], second.origin.line) == ("kubelet", "wk-7", 2)
    assert first.at.offset == 0
    assert evidence.inputs[0].artifact.endswith("b.tar!var/log/journal/4711/system.journal")
    assert not evidence.unreadable


def test_without_journalctl_a_journal_is_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "system.journal").write_bytes(journal([MESSAGE]))
    assert [o.component for p in read_evidence([str(tmp_path / "system.journal")]).parts for o in p.observations] == ["kubelet"]


def test_a_damaged_journal_gives_what_stands_before_the_damage(tmp_path: Path, pack_tar: Any) -> None:
    data = bytearray(journal([MESSAGE] * 5))
    data[data.rindex(b"LPK") if data.count(b"LPK") > 1 else len(data) - 8] ^= 0xFF
    (tmp_path / "b.tar").write_bytes(pack_tar({"x.journal": bytes(data)}))
    evidence = read_evidence([str(tmp_path / "b.tar")])
    assert len([o for p in evidence.parts for o in p.observations]) == 4
    assert "damaged" in evidence.unreadable[0].why.en


def test_a_journal_without_lines_says_how_to_print_it(tmp_path: Path) -> None:
    (tmp_path / "x.journal").write_bytes(journal([])[:256])
    (unreadable,) = read_evidence([str(tmp_path / "x.journal")]).unreadable
    assert "journalctl --file" in unreadable.why.en


@given(st.lists(st.tuples(st.integers(8, 2000), st.integers(0, 255)), max_size=30), st.integers(0, 2500))
@settings(max_examples=150, deadline=None)
def test_any_damage_ends_in_a_clear_error_or_in_lines(damage: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(journal([MESSAGE, "x", "y"]))
    for at, byte in damage:
        data[at % len(data)] = byte
    data[:8] = b"LPKSHHRH"
    with suppress(ValueError):
        assert sum(1 for _ in journal_lines(bytes(data[:cut]))) <= 1000
