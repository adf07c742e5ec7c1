"""Modes of an operator's own on the command line: checked, used, and the how-to's example as it stands there."""

import json
import re
from pathlib import Path

import pytest
from running import ROOT, plegma

HOW_TO = (ROOT / "docs/how-to/own-failure-modes.md").read_text()
MODE, MORE = re.findall(r"```toml\n(.*?)```", HOW_TO, re.DOTALL)
NOTES = re.findall(r"```text\n(.*?)```", HOW_TO, re.DOTALL)[0]
ID = "licence-server-unreachable"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the how-to says to write."""
    (tmp_path / "modes").mkdir()
    (tmp_path / f"modes/{ID}.toml").write_text(MODE)
    (tmp_path / "notes.txt").write_text(NOTES)
    return tmp_path


def commands() -> list[tuple[list[str], str]]:
    """The how-to's commands with what it shows of their output."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", HOW_TO, re.DOTALL):
        for piece in re.split(r"^\$ plegma ", block, flags=re.MULTILINE)[1:]:
            command, _, output = piece.partition("\n")
            found.append((command.split(), output.replace("...\n", "")))
    return found


def test_every_command_of_the_how_to_says_what_is_shown_there(folder: Path) -> None:
    (folder / "incidents/one").mkdir(parents=True)
    (folder / "incidents/one/notes.txt").write_text(NOTES)
    (folder / "incidents/one/truth.json").write_text(json.dumps({"root_cause_class": ID}))
    assert len(commands()) == 4
    for arguments, shown in commands():
        run = plegma(*arguments, cwd=folder)
        assert run.code == 0, run.err
        assert run.out.startswith(shown)
        assert run.err == ""


def test_an_own_mode_is_the_first_cause_where_its_line_stands(folder: Path) -> None:
    without = json.loads(plegma("diagnose", "notes.txt", "-o", "json", cwd=folder).out)
    with_it = json.loads(plegma("diagnose", "notes.txt", "-o", "json", "--knowledge", "modes", cwd=folder).out)
    assert ID not in [h["cause"] for h in without["hypotheses"]]
    assert with_it["hypotheses"][0]["cause"] == ID
    assert with_it["hypotheses"][0]["confidence"] == "confirmed"
    assert with_it["hypotheses"][0]["chain"][-1]["mode"] == "crash-loop-back-off"


def test_rows_as_the_how_to_shows_them_are_right(folder: Path) -> None:
    (folder / f"modes/{ID}.toml").write_text(f"{MODE}\n{MORE}")
    assert plegma("modes", "--check", "modes", cwd=folder).code == 0


def test_faults_are_said_all_at_once_and_the_rest_is_used(folder: Path) -> None:
    (folder / "modes/broken.toml").write_text('id = "broken"\nlayer = "pots"\n')
    (folder / "modes/torn.toml").write_text("id = \n")
    run = plegma("diagnose", "notes.txt", "--knowledge", "modes", "-o", "json", cwd=folder)
    assert run.code == 0
    assert json.loads(run.out)["hypotheses"][0]["cause"] == ID
    for said in ("modes/broken.toml: layer: 'pots' is none of", "modes/broken.toml: title: is missing", "modes/torn.toml: is no TOML"):
        assert said in run.err


def test_a_check_that_finds_faults_exits_1_and_names_file_and_key(folder: Path) -> None:
    (folder / f"modes/{ID}.toml").write_text(MODE.replace("no answer from \\S+'", "no reply from \\S+'"))
    run = plegma("modes", "--check", "modes", cwd=folder)
    assert run.code == 1
    assert run.out == ""
    assert f"modes/{ID}.toml: examples[1]: no signature matches it" in run.err
    assert f"modes/{ID}.toml: signatures[1]: no example shows it" in run.err


def test_a_folder_without_modes_is_a_fault(tmp_path: Path) -> None:
    run = plegma("modes", "--check", str(tmp_path))
    assert run.code == 1
    assert "holds no .toml file" in run.err


def test_own_modes_are_listed_and_their_patterns_printed(folder: Path) -> None:
    assert ID in plegma("modes", "--knowledge", "modes", cwd=folder).out
    assert "licence checkout failed: no answer from \\S+\n" in plegma("modes", "--knowledge", "modes", "--signatures", cwd=folder).out
