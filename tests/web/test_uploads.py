"""Names of uploads stay what they are where that is safe, and never lead out of the folder."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.web.uploads import safe_name, title_of, top_names, write


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("kubectl-get-pods.txt", "kubectl-get-pods.txt"),
        ("bundle/node-1/kubelet.log", "bundle/node-1/kubelet.log"),
        ("証拠/ポッド.txt", "証拠/ポッド.txt"),
        ("C:\\fakepath\\a.log", "C:/fakepath/a.log"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("a/./b/../c", "a/b/c"),
        ("\x1b[31mred\x00.log", "_[31mred_.log"),
        ("", "unnamed"),
        ("..", "unnamed"),
        ("/", "unnamed"),
    ],
)
def test_a_name_is_kept_but_for_what_is_none(told: str, kept: str) -> None:
    assert safe_name(told) == kept


@given(st.text(st.characters() | st.sampled_from("./\\\x00\x1b"), max_size=600))
def test_no_name_leads_out_of_the_folder_or_is_one_that_no_file_system_takes(told: str) -> None:
    parts = safe_name(told).split("/")
    assert 0 < len(parts) <= 12
    assert all(part not in {"", ".", ".."} and len(part.encode()) <= 180 and "\x00" not in part for part in parts)


def test_a_second_file_of_a_name_gets_one_of_its_own(tmp_path: Path) -> None:
    for body in (b"one", b"two!"):
        write(tmp_path, "a/b.log", io.BytesIO(body))
    assert {file.name: file.read_bytes() for file in (tmp_path / "a").iterdir()} == {"b.log": b"one", "2-b.log": b"two!"}
    assert top_names(tmp_path) == ("a",)


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.log").symlink_to(tmp_path / "victim")
    write(tmp_path / "in", "a.log", io.BytesIO(b"x"))
    assert not (tmp_path / "victim").exists()


def test_a_case_is_called_after_its_files() -> None:
    assert title_of(["a", "b"], pasted=False) == "a, b"
    assert title_of(["a", "b", "c", "d", "e"], pasted=False) == "a, b, c (+2)"
    assert title_of(["pasted.txt"], pasted=True) == "pasted.txt"
    assert title_of(["a", "pasted.txt"], pasted=True) == "a"
