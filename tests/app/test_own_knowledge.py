"""Folders of own modes: what is read, and what the check of them asks for."""

from pathlib import Path

import pytest

from plegma.app.mode_checks import checked
from plegma.app.own_knowledge import LARGEST, knowledge_of
from plegma.knowledge.catalog import builtin

MODE = """
id = "tape-robot-stuck"
layer = "storage"
role = "cause"
subject = "Node"
title = {en = "the tape robot is stuck", ja = "テープロボットが停止した"}
summary = {en = "It is.", ja = "停止した。"}
[[signatures]]
pattern = 'robot arm \\d+ stuck'
component = "kernel"
[[examples]]
component = "kernel"
line = "tape0: robot arm 2 stuck"
matches = true
[[examples]]
component = "kernel"
line = "tape0: robot arm 2 moved"
matches = false
"""
LOCK = "\n[[examples]]\ncomponent = 'kubelet'\nline = '{0}'\nmatches = true\n[[signatures]]\npattern = '{1}'\n"


def said(folder: Path) -> list[str]:
    """All that the check says of a folder."""
    return [str(fault).replace(f"{folder}/", "") for fault in checked(knowledge_of([folder]))]


def test_all_toml_files_below_all_folders_are_read(tmp_path: Path) -> None:
    for name in ("a", "b/deep"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "mode.toml").write_text(MODE.replace("tape", f"tape-{name[0]}"))
    (tmp_path / "a/notes.md").write_text("no mode")
    knowledge = knowledge_of([tmp_path / "a", tmp_path / "b"])
    assert not knowledge.faults
    assert {"tape-a-robot-stuck", "tape-b-robot-stuck"} <= set(knowledge.catalog.modes)


def test_files_that_cannot_be_read_are_faults_with_their_names(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"id = '\xe9'")
    (tmp_path / "huge.toml").write_bytes(b"#" * (LARGEST + 1))
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "bom.toml").write_bytes(b"\xef\xbb\xbf" + MODE.encode())
    knowledge = knowledge_of([tmp_path])
    assert {Path(fault.file).name for fault in knowledge.faults} == {"latin.toml", "huge.toml", "gone.toml"}
    assert "tape-robot-stuck" in knowledge.catalog


def test_a_mode_that_keeps_its_promises_passes(tmp_path: Path) -> None:
    (tmp_path / "mode.toml").write_text(MODE)
    assert said(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (MODE.replace("arm 2 stuck", "arm two stuck"), "mode.toml: examples[1]: no signature matches it, and one should: tape0"),
        (MODE.replace("arm 2 moved", "arm 2 stuck"), "mode.toml: examples[2]: a signature matches it, and none should: tape0"),
        (MODE + "[[signatures]]\npattern = 'drive \\d+ jammed'", "mode.toml: signatures[2]: no example shows it"),
        (MODE.replace("matches = false", "matches = true"), "mode.toml: examples: has none with matches = false"),
        (MODE.partition("[[")[0], "mode.toml: has no signature and no state and is not abductive: it could never be found"),
        (MODE.replace("[[signatures]]", 'concepts = ["tapes"]\n[[signatures]]', 1), "mode.toml: concepts[1]: there is no concept 'tapes'"),
        (
            MODE
            + "[[states]]\nkind = 'Node'\nwhere.ready = 'false'\n[[state_examples]]\nkind = 'Node'\nattrs.ready = true\nmatches = true",
            "mode.toml: state_examples[1]: no state test matches it, and one should: {'ready': True}",
        ),
    ],
)
def test_a_mode_that_breaks_a_promise_is_named_with_the_key(tmp_path: Path, text: str, wanted: str) -> None:
    (tmp_path / "mode.toml").write_text(text)
    assert any(line.startswith(wanted) for line in said(tmp_path)), said(tmp_path)


def test_a_line_that_a_mode_not_linked_matches_is_a_stray_until_the_two_are_linked(tmp_path: Path) -> None:
    stray = LOCK.format("PLEG is not healthy: pleg was last seen active 5m2s ago, robot arm 2 stuck", "ago, robot arm")
    (tmp_path / "mode.toml").write_text(MODE + stray)
    assert any("pleg-unhealthy matches it too; link the two" in line for line in said(tmp_path))
    link = '\n[[leads_to]]\neffect = "pleg-unhealthy"\nscope = "node"\nmechanism = {en = "a", ja = "b"}\n'
    (tmp_path / "mode.toml").write_text(MODE + stray + link)
    assert said(tmp_path) == []


def test_a_pattern_that_matches_plegma_s_own_examples_is_a_stray(tmp_path: Path) -> None:
    (tmp_path / "mode.toml").write_text(MODE + LOCK.format("robot: PLEG is not healthy", "PLEG is not healthy"))
    assert any(": signatures: match an example of pleg-unhealthy; " in line for line in said(tmp_path))


def test_plegma_s_own_catalog_is_what_it_was(tmp_path: Path) -> None:
    (tmp_path / "mode.toml").write_text(MODE)
    assert knowledge_of([tmp_path]).catalog is not builtin()
    assert "tape-robot-stuck" not in builtin()
