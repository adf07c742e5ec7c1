"""gzip streams as gzip(1) unpacks them."""

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.evidence.read.gunzip import Gunzipped, error_types


def unpacked(data: bytes) -> bytes:
    return io.BufferedReader(Gunzipped(io.BytesIO(data))).read()


@given(st.lists(st.binary(max_size=400), min_size=1, max_size=4), st.integers(0, 3))
def test_members_are_joined_and_padding_is_left_out(members: list[bytes], padding: int) -> None:
    packed = b"".join(gzip.compress(member, mtime=0) for member in members) + b"\0" * padding
    assert unpacked(packed) == b"".join(members)


def test_what_is_cut_off_gives_what_stands_before_and_then_says_so() -> None:
    stream = Gunzipped(io.BytesIO(gzip.compress(b"kubelet " * 50_000)[:-9]))
    assert len(b"".join(stream.read(4096) for _ in range(80))) == 80 * 4096
    with pytest.raises(EOFError):
        stream.readall()


def test_at_its_end_a_stream_stays_ended() -> None:
    stream = Gunzipped(io.BytesIO(gzip.compress(b"kubelet")))
    assert [stream.read(99) for _ in range(3)] == [b"kubelet", b"", b""]


def test_garbage_after_a_member_is_damage() -> None:
    with pytest.raises(error_types()):
        unpacked(gzip.compress(b"a") + b"garbage that is no member")


def test_without_isal_zlib_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "isal", None)
    assert unpacked(gzip.compress(b"kubelet") * 2) == b"kubelet" * 2
    assert error_types()
