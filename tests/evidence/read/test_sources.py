"""What stands at the paths is read: files, folders, standard input, compressed or not."""

import bz2
import gzip
import io
import lzma
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from plegma.evidence.read import Limits, read_evidence
from plegma.evidence.read.artifacts import Artifact
from plegma.evidence.read.limits import DEFAULT_LIMITS
from plegma.evidence.read.sources import read

LINE = b'Mar 02 08:21:40 wk-7 kubelet[911]: E0302 08:21:40.120481     911 kubelet.go:2424] "Skipping pod synchronization" err="down"\n'
COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


def names(paths: list[Path], limits: Limits = DEFAULT_LIMITS) -> list[str]:
    return [found.name for found in read([str(path) for path in paths], limits) if isinstance(found, Artifact)]


@pytest.mark.parametrize("kind", COMPRESSIONS)
def test_a_compressed_log_is_read_under_its_own_name_whatever_it_is_called(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "anything"
    path.write_bytes(COMPRESSIONS[kind](LINE * 3))
    evidence = read_evidence([str(path)])
    (part,) = evidence.parts
    assert part.artifact == str(path)
    assert (part.kind, part.lines, part.components) == ("log", 3, ("kubelet",))
    assert evidence.inputs[0].lines == evidence.inputs[0].read == 3


def test_a_folder_is_read_in_order_of_name_and_what_explains_it_is_not_evidence(tmp_path: Path) -> None:
    for name in ("b.log", "a/2.log", "a/1.log", "README.md", "LICENSE", "a/truth.json", ".git/HEAD"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(LINE)
    assert [Path(name).relative_to(tmp_path).as_posix() for name in names([tmp_path])] == ["b.log", "a/1.log", "a/2.log"]


def test_links_that_lead_out_of_a_folder_are_named_and_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.log").write_bytes(LINE)
    (inside / "own.log").write_bytes(LINE)
    (inside / "same.log").symlink_to(inside / "own.log")
    (inside / "away.log").symlink_to(outside / "secret.log")
    (inside / "folder").symlink_to(outside)
    os.mkfifo(inside / "pipe.log")
    evidence = read_evidence([str(inside)])
    assert [i.artifact for i in evidence.inputs] == [str(inside / "own.log")]
    (notice,) = evidence.unreadable
    assert "away.log" in notice.why.en
    assert "pipe.log" in notice.why.en
    assert "same.log" not in notice.why.en


def test_a_link_that_was_named_is_read(tmp_path: Path) -> None:
    (tmp_path / "real.log").write_bytes(LINE)
    (tmp_path / "link").symlink_to(tmp_path / "real.log")
    assert names([tmp_path / "link"]) == [str(tmp_path / "link")]


def test_standard_input_is_read_as_text_and_as_an_archive(monkeypatch: pytest.MonkeyPatch, pack_tar: Any, pack_zip: Any) -> None:
    for data, name in ((LINE, "stdin"), (pack_tar({"a.log": LINE}, "gz"), "stdin!a.log"), (pack_zip({"a.log": LINE}), "stdin!a.log")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        evidence = read_evidence(["-"])
        assert [i.artifact for i in evidence.inputs] == [name]
        assert len(evidence.parts[0].observations) == 1


def test_what_is_not_there_or_must_not_be_opened_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(LINE)
    evidence = read_evidence([str(tmp_path / "missing.log"), str(tmp_path / "a.log")])
    assert [u.name for u in evidence.unreadable] == [str(tmp_path / "missing.log")]
    assert "No such file" in evidence.unreadable[0].why.en
    assert len(evidence.parts) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x7fELF\x02\x01\x01" + bytes(200), "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x00" * 5000, "binary"),
        (b"age-encryption.org/v1\n-> X25519 abc\n", "age"),
        (b"Salted__" + b"\x01" * 64, "encrypted"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(64), "archive"),
    ],
)
def test_what_is_no_text_is_said_to_be_what_it_is(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "x").write_bytes(data)
    evidence = read_evidence([str(tmp_path / "x")])
    assert not evidence.parts
    (unreadable,) = evidence.unreadable
    assert said in unreadable.why.en
    assert unreadable.why.ja


@pytest.mark.parametrize("encode", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_any_encoding_of_text_is_read(tmp_path: Path, encode: str) -> None:
    (tmp_path / "x").write_bytes(LINE.decode().encode(encode))
    assert [o.component for p in read_evidence([str(tmp_path / "x")]).parts for o in p.observations] == ["kubelet"]


def test_a_log_with_blocks_of_nuls_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(LINE + b"\x00" * 4096 + LINE)
    observations = [o for p in read_evidence([str(tmp_path / "x")]).parts for o in p.observations]
    assert len(observations) == 2


def test_an_empty_file_is_an_input_without_lines(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    evidence = read_evidence([str(tmp_path / "x")])
    assert [(i.lines, i.read) for i in evidence.inputs] == [(0, 0)]
    assert not evidence.unreadable


def test_a_damaged_file_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    whole = gzip.compress(os.urandom(60_000).hex().encode() + b"\n" + LINE * 500, 1)
    (tmp_path / "x.gz").write_bytes(whole[:-200])
    evidence = read_evidence([str(tmp_path / "x.gz")])
    assert sum(len(p.observations) for p in evidence.parts) > 300
    assert "damaged" in evidence.unreadable[0].why.en


def test_progress_is_told_of_each_artifact(tmp_path: Path) -> None:
    for name in ("a.log", "b.log"):
        (tmp_path / name).write_bytes(LINE)
    told: list[tuple[str, int]] = []
    read_evidence([str(tmp_path)], progress=lambda name, size: told.append((name, size)))
    assert [(Path(name).name, size) for name, size in told] == [("a.log", len(LINE)), ("b.log", 2 * len(LINE))]


def test_a_short_text_pays_for_no_heavy_library(tmp_path: Path) -> None:
    table = b"# kubectl get pods\nNAME   READY  STATUS  RESTARTS  AGE\nweb-0  0/1    Error   3         2m\n"
    (tmp_path / "memo.txt").write_bytes(table + LINE)
    code = (
        "import sys\nfrom plegma.evidence.read import read_evidence\n"
        "assert read_evidence([sys.argv[1]]).parts\n"
        "heavy = ('yaml', 'zstandard', 'tarfile', 'zipfile', 'lzma', 'hyperscan', 'subprocess')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "memo.txt")], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr
