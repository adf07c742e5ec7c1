"""Archives are read as streams; hostile ones cost no more than the limits allow, and are named."""

import gzip
import io
import lzma
import os
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plegma.evidence.read import Evidence, Limits, read_evidence
from plegma.evidence.read.limits import MIB

LINE = b'E0302 08:21:40.120481     911 kubelet.go:2424] "Skipping pod synchronization" err="down"\n'


def evidence_of(tmp_path: Path, data: bytes, name: str = "b.tar", **limits: Any) -> Evidence:
    (tmp_path / name).write_bytes(data)
    return read_evidence([str(tmp_path / name)], Limits(**limits))


def inner(evidence: Evidence) -> list[str]:
    return [i.artifact.partition("!")[2] for i in evidence.inputs]


@pytest.mark.parametrize("compression", ["", "gz", "bz2", "xz"])
def test_members_of_a_tar_have_names_that_lead_back(tmp_path: Path, pack_tar: Any, compression: str) -> None:
    evidence = evidence_of(tmp_path, pack_tar({"./logs/a.log": LINE, "logs/b.log": LINE * 2}, compression))
    assert inner(evidence) == ["logs/a.log", "logs/b.log"]
    assert evidence.parts[0].observations[0].origin.artifact.endswith("b.tar!logs/a.log")
    assert not evidence.unreadable


def test_archives_inside_archives_are_read(tmp_path: Path, pack_tar: Any, pack_zip: Any) -> None:
    node = pack_zip({"kubelet.log": LINE, "old/kubelet.log.gz": gzip.compress(LINE)})
    data = zstandard.ZstdCompressor().compress(pack_tar({"nodes/wk-7.zip": node, "more.tar.xz": lzma.compress(pack_tar({"x.log": LINE}))}))
    evidence = evidence_of(tmp_path, data)
    assert inner(evidence) == ["nodes/wk-7.zip!kubelet.log", "nodes/wk-7.zip!old/kubelet.log.gz", "more.tar.xz!x.log"]
    assert len([o for p in evidence.parts for o in p.observations]) == 3


def test_paths_that_lead_out_are_only_names(tmp_path: Path, pack_tar: Any, pack_zip: Any) -> None:
    names = ["/etc/kubelet.log", "../../../up.log", "a/../../b.log", "C:\\x\\win.log", "esc\x1b[31m.log"]
    shown = ["etc/kubelet.log", "up.log", "a/b.log", "C:/x/win.log", "esc\ufffd[31m.log"]
    before = sorted(tmp_path.parent.iterdir())
    assert inner(evidence_of(tmp_path, pack_tar(dict.fromkeys(names, LINE)))) == shown
    assert inner(evidence_of(tmp_path, pack_zip(dict.fromkeys(names, LINE)), "b.zip")) == shown
    assert sorted(tmp_path.parent.iterdir()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "b.zip"]


def test_links_and_devices_are_skipped_with_one_notice(tmp_path: Path, pack_tar: Any) -> None:
    members: dict[str, Any] = {"a.log": LINE}
    for name, kind in (("passwd", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("sda", tarfile.BLKTYPE), ("fifo", tarfile.FIFOTYPE)):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        members[name] = info
    evidence = evidence_of(tmp_path, pack_tar(members))
    assert inner(evidence) == ["a.log"]
    assert ["4: passwd, hard, sda, ..." in u.why.en for u in evidence.unreadable] == [True]


def test_a_link_in_a_zip_is_skipped(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a.log", LINE)
    evidence = evidence_of(tmp_path, out.getvalue())
    assert inner(evidence) == ["a.log"]
    assert "link" in evidence.unreadable[0].why.en


def test_an_encrypted_member_of_a_zip_is_said_and_the_rest_read(tmp_path: Path, pack_zip: Any) -> None:
    data = bytearray(pack_zip({"secret.log": LINE, "open.log": LINE}))
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[local + 6] |= 1
    data[central + 8] |= 1
    evidence = evidence_of(tmp_path, bytes(data))
    assert inner(evidence) == ["open.log"]
    assert [(u.name.partition("!")[2], "encrypted" in u.why.en) for u in evidence.unreadable] == [("secret.log", True)]


BOMBS: dict[str, Callable[[bytes], bytes]] = {
    "gz": lambda zeros: gzip.compress(zeros),
    "xz": lambda zeros: lzma.compress(zeros),
    "zst": lambda zeros: zstandard.ZstdCompressor().compress(zeros),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_decompression_bomb_is_stopped_and_named(tmp_path: Path, pack_tar: Any, kind: str) -> None:
    bomb = BOMBS[kind](b"x" * (24 * MIB))
    data = pack_tar({f"bomb.{kind}": bomb, "good.log": LINE})
    evidence = evidence_of(tmp_path, data, ratio_from=MIB, ratio=100, whole=MIB)
    assert "good.log" in inner(evidence)
    assert any("bomb" in u.why.en and u.name.endswith(f"bomb.{kind}") for u in evidence.unreadable)


def test_a_zip_bomb_is_stopped_and_named(tmp_path: Path, pack_zip: Any) -> None:
    evidence = evidence_of(tmp_path, pack_zip({"bomb": b"y" * (24 * MIB), "good.log": LINE}), ratio_from=MIB, ratio=100, whole=MIB)
    assert "good.log" in inner(evidence)
    assert any("bomb" in u.why.en for u in evidence.unreadable)


def test_a_repeated_line_that_compresses_well_is_no_bomb(tmp_path: Path) -> None:
    evidence = evidence_of(tmp_path, gzip.compress(LINE * 20_000), "l.gz")
    assert not evidence.unreadable
    assert sum(len(p.observations) for p in evidence.parts) == 20_000


def test_nesting_is_followed_to_the_limit_only(tmp_path: Path) -> None:
    data = LINE
    for _ in range(30):
        data = gzip.compress(data)
    evidence = evidence_of(tmp_path, data, "n.gz", depth=4)
    assert not evidence.parts
    assert "more than 4 deep" in evidence.unreadable[0].why.en


def test_members_are_counted(tmp_path: Path, pack_tar: Any) -> None:
    evidence = evidence_of(tmp_path, pack_tar({f"{n}.log": LINE for n in range(50)}), members=10)
    assert len(evidence.inputs) == 9
    assert len(evidence.unreadable) == 1
    assert "more than 10 files" in evidence.unreadable[0].why.en


def test_a_large_member_and_a_large_total_are_cut(tmp_path: Path, pack_tar: Any) -> None:
    data = pack_tar({"large.log": LINE * 10_000, "small.log": LINE})
    evidence = evidence_of(tmp_path, data, member=200_000)
    assert "larger than" in evidence.unreadable[0].why.en
    assert 0 < len(evidence.parts[0].observations) < 10_000
    evidence = evidence_of(tmp_path, data, total=300_000)
    assert any("in all" in u.why.en for u in evidence.unreadable)
    assert "small.log" not in inner(evidence)


def test_a_header_of_absurd_length_is_not_read_into_memory(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 4 * 1024 * MIB
    evidence = evidence_of(tmp_path, info.tobuf() + b"\0" * 10_240)
    assert "damaged" in evidence.unreadable[0].why.en


def test_a_sparse_member_that_claims_a_terabyte_is_cut(tmp_path: Path) -> None:
    info = tarfile.TarInfo("sparse.log")
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[156:157] = b"S"
    header[124:136] = b"%011o\0" % 512
    header[386:410] = b"%011o\0%011o\0" % (2**30, 512)
    header[483:495] = b"%011o\0" % (2**32 - 1)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    evidence = evidence_of(tmp_path, bytes(header) + LINE.ljust(512, b"\0") + b"\0" * 1024, member=MIB, total=16 * MIB)
    assert not evidence.parts or all(len(p.observations) < 5 for p in evidence.parts)


def test_a_zip_whose_directory_lies_is_named(tmp_path: Path, pack_zip: Any) -> None:
    data = bytearray(pack_zip({"a.log": LINE}))
    end = data.rindex(b"PK\x05\x06")
    data[end + 10 : end + 12] = struct.pack("<H", 9999)
    data[end + 16 : end + 20] = struct.pack("<I", 2**31)
    evidence = evidence_of(tmp_path, bytes(data))
    assert len(evidence.unreadable) == 1


def test_nothing_is_written_to_disk(tmp_path: Path, pack_tar: Any, pack_zip: Any) -> None:
    """The reader runs with a temporary folder and a working folder of its own; all stay as they were."""
    place, scratch = tmp_path / "place", tmp_path / "scratch"
    place.mkdir()
    scratch.mkdir()
    big = gzip.compress(LINE * 100_000)
    (tmp_path / "b.tar.gz").write_bytes(pack_tar({"a.zip": pack_zip({"../../a.log": LINE}), "/abs.log": LINE, "big.log.gz": big}, "gz"))
    code = (
        "import builtins, os, sys\n"
        "wrote = []\n"
        "def hook(event, args):\n"
        "    if event == 'open' and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT): wrote.append(args[0])\n"
        "    if event in ('os.mkdir', 'os.rename', 'os.symlink', 'os.link', 'tempfile.mkstemp'): wrote.append((event, args))\n"
        "from plegma.evidence.read import read_evidence, Limits\n"
        "sys.addaudithook(hook)\n"
        "e = read_evidence([sys.argv[1]], Limits(whole=64 * 2**20))\n"
        "print(len(e.inputs), wrote)\n"
    )
    environment = {**os.environ, "TMPDIR": str(scratch), "HOME": str(scratch), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "b.tar.gz")], cwd=place, env=environment, capture_output=True, text=True
    )
    assert done.stdout == "3 []\n", done.stderr
    assert [*place.iterdir(), *scratch.iterdir()] == []


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_to_any_archive_is_borne(tmp_path: Path, pack_tar: Any, pack_zip: Any, data: st.DataObject) -> None:
    members = {"a.log": LINE * 40, "d/b.json": b'{"kind": "Pod"}', "e.gz": gzip.compress(LINE, mtime=0)}
    whole = data.draw(st.sampled_from([pack_tar(members), pack_tar(members, "gz"), pack_tar(members, "xz"), pack_zip(members)]))
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)))
    evidence = evidence_of(tmp_path, bytes(broken[:cut]), total=MIB)
    assert all(u.why.en and u.why.ja for u in evidence.unreadable)


@given(st.binary(max_size=600))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_borne(tmp_path: Path, content: bytes) -> None:
    for magic in (b"", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\x00", b"BZh9", b"LPKSHHRH"):
        evidence = evidence_of(tmp_path, magic + content)
        assert len(evidence.inputs) + len(evidence.unreadable) >= 1
