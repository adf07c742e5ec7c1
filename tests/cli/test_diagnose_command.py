"""`plegma diagnose` and `plegma deanonymise` as processes: exit codes, formats, pipes, names and secrets."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from running import EXAMPLE, ROOT, plegma

from plegma.evidence.read import Limits

HEALTHY = """\
NAME       READY   STATUS    RESTARTS   AGE
shop-7f9   1/1     Running   0          12d
shop-8g1   1/1     Running   0          12d
"""
CRASHING = """\
NAME       READY   STATUS             RESTARTS      AGE
shop-7f9   0/1     CrashLoopBackOff   71 (2m ago)   12d
"""
ESCAPE = re.compile("\x1b")


def test_a_problem_is_an_answer_and_exits_0() -> None:
    run = plegma("diagnose", EXAMPLE)
    assert run.code == 0
    assert run.out.startswith("PROBLEM: ")
    assert run.err == ""


def test_health_exits_0_and_asserts_nothing() -> None:
    run = plegma("diagnose", "-", "-o", "json", "--fail-on", "possible", stdin=HEALTHY)
    assert run.code == 0
    assert json.loads(run.out)["verdict"] == "healthy"


def test_fail_on_exits_1_for_a_problem_as_sure_and_0_for_one_less_sure() -> None:
    sure = json.loads(plegma("diagnose", EXAMPLE, "-o", "json").out)["hypotheses"][0]["confidence"]
    assert plegma("diagnose", EXAMPLE, "--fail-on", sure).code == 1
    assert plegma("diagnose", EXAMPLE, "--fail-on", "possible").code == 1
    if sure != "confirmed":
        assert plegma("diagnose", EXAMPLE, "--fail-on", "confirmed").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["diagnose", "no-such-file"], "no such file or folder: no-such-file; give files"),
        (["diagnose"], "nothing to read: give files, folders or archives, - for standard input, --this-node or --cluster"),
        (["diagnose", EXAMPLE, "--max-bytes", "5x"], "write bytes, or for example 512M or 8G"),
        (["diagnose", EXAMPLE, "--knowledge", "no-such-folder"], "no such folder: no-such-folder"),
        (["diagnose", EXAMPLE, "--anonymise", "--map", "pyproject.toml"], "name another file with --map"),
        (["diagnose", EXAMPLE, "-o", "yaml"], "'yaml' is not one of"),
        (["deanonymise", "README.md", "--map", "pyproject.toml"], "--map wants the file that"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_to_do(arguments: list[str], says: str) -> None:
    run = plegma(*arguments)
    assert run.code == 2
    assert says in run.err
    assert "Traceback" not in run.err


def test_nothing_readable_exits_3_and_names_inspect(tmp_path: Path) -> None:
    (tmp_path / "core.bin").write_bytes(b"\x7fELF" + bytes(range(256)) * 40)
    run = plegma("diagnose", str(tmp_path))
    assert run.code == 3
    assert "plegma inspect" in run.err


def test_too_little_evidence_exits_4_and_names_the_next_command() -> None:
    run = plegma("diagnose", "-", stdin=CRASHING)
    assert run.code == 4
    assert run.out.startswith("NOT ENOUGH EVIDENCE")
    assert "kubectl describe pod shop-7f9" in run.out


def test_json_keeps_to_the_published_schema() -> None:
    schema = json.loads(plegma("schema").out)
    for arguments, stdin in ((["diagnose", EXAMPLE], ""), (["diagnose", "-"], CRASHING), (["diagnose", "-"], HEALTHY)):
        jsonschema.validate(json.loads(plegma(*arguments, "-o", "json", stdin=stdin).out), schema)


def test_the_same_input_gives_the_same_bytes_in_every_format() -> None:
    for form in ("text", "json", "md"):
        first, second = (plegma("diagnose", EXAMPLE, "-v", "-o", form, env={"PYTHONHASHSEED": seed}).out for seed in ("1", "2"))
        assert first == second


def test_the_language_is_the_locale_s_unless_asked_for() -> None:
    assert plegma("diagnose", EXAMPLE, env={"LC_ALL": "ja_JP.UTF-8"}).out.startswith("異常あり")
    assert plegma("diagnose", EXAMPLE, "--lang", "en", env={"LC_ALL": "ja_JP.UTF-8"}).out.startswith("PROBLEM")


def test_piped_output_holds_no_escapes_even_when_the_evidence_does() -> None:
    hostile = CRASHING.replace("shop-7f9", "shop-7f9\x1b[31m\x1b]0;owned\x07")
    for arguments in (["diagnose", "-", "-v"], ["diagnose", "-", "-o", "md"], ["inspect", "-"]):
        assert not ESCAPE.search(plegma(*arguments, stdin=hostile).out)


def _on_a_terminal(*arguments: str, **env: str) -> str:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "plegma", *arguments], stdout=theirs, cwd=ROOT, env={**os.environ, "TERM": "xterm", **env}
    ) as process:
        os.close(theirs)
        out = b""
        try:
            while piece := os.read(ours, 65536):
                out += piece
        except OSError:  # Linux says EIO when the other end of a terminal is closed
            pass
        process.wait()
    os.close(ours)
    return out.decode()


def test_a_terminal_gets_colours_unless_no_color_is_set() -> None:
    assert ESCAPE.search(_on_a_terminal("diagnose", EXAMPLE, NO_COLOR=""))
    assert not ESCAPE.search(_on_a_terminal("diagnose", EXAMPLE, NO_COLOR="1"))


@pytest.mark.parametrize("command", ["diagnose", "inspect"])
def test_a_reader_that_goes_away_is_no_error(command: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "plegma", command, EXAMPLE, "-o", "json"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_a_limit_that_is_broken_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HEALTHY * 200)
    (tmp_path / "b.txt").write_text(CRASHING)
    run = plegma("diagnose", str(tmp_path), "--max-member-bytes", "4K", "-o", "json")
    answer = json.loads(run.out)
    assert any("a.txt: it is larger than" in notice for notice in answer["notices"])
    assert {item["artifact"].rpartition("/")[2] for item in answer["inputs"]} == {"a.txt", "b.txt"}


def test_the_help_tells_the_limits_as_they_are_and_the_exit_codes() -> None:
    told, limits = " ".join(plegma("diagnose", "--help").out.split()), Limits()
    gib = 1024**3
    for default in (f"{limits.ratio:g}", limits.depth, limits.members, f"{limits.total // gib}G", f"{limits.member // gib}G"):
        assert f"(default {default})" in told
    for code in ("0 answered", "1 a problem", "2 wrong usage", "3 nothing readable", "4 not enough evidence"):
        assert code in told
        assert code.split()[0] in " ".join(plegma("--help").out.split())


def test_names_are_hidden_and_said_back_and_stay_the_same_from_run_to_run(tmp_path: Path) -> None:
    names = tmp_path / "names.json"
    plain = plegma("diagnose", EXAMPLE, "-o", "json").out
    first, second = (plegma("diagnose", EXAMPLE, "-o", "json", "--anonymise", "--map", str(names)).out for _ in range(2))
    assert first == second
    for name in ("worker-07", "fluentd-k7w2m", '"logging"'):
        assert name in plain
        assert name not in first
    assert json.loads(first)["hypotheses"][0]["cause"] == json.loads(plain)["hypotheses"][0]["cause"]
    assert plegma("deanonymise", "-", "--map", str(names), stdin=first).out == plain
    assert names.stat().st_mode & 0o077 == 0


def test_secrets_are_masked_in_every_output(tmp_path: Path) -> None:
    secret = "hunter2-and-more"
    notes = tmp_path / f"password={secret}.log"
    notes.write_text(
        f'E0502 08:11:32.000001    1 pod_workers.go:190] Error syncing pod 1f0c (shop-7f9_web(1f0c)), skipping: failed to "StartContainer" '
        f'for "shop" with CrashLoopBackOff: "back-off 5m0s restarting failed container=shop password={secret}"\n'
    )
    for arguments in (["diagnose", "-v"], ["diagnose", "-o", "json"], ["diagnose", "-o", "md"], ["inspect"], ["inspect", "-o", "json"]):
        run = plegma(*arguments, str(notes))
        assert secret not in run.out + run.err
        assert "***" in run.out
    assert secret not in plegma("diagnose", f"password={secret}").err


def test_names_that_are_no_text_are_shown_escaped_in_every_format(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"bad\xff\x1b[31m.txt")).write_text(CRASHING)
    for arguments in (["diagnose", "-v"], ["diagnose", "-o", "md"], ["inspect"]):
        run = plegma(*arguments, str(tmp_path))
        assert r"\udcff" in run.out
        assert not ESCAPE.search(run.out)
    for command in ("diagnose", "inspect"):
        assert r"bad\udcff" in json.dumps(json.loads(plegma(command, "-o", "json", str(tmp_path)).out)).replace("\\\\", "\\")


def test_an_encoding_that_lacks_letters_gets_question_marks_and_json_stays_utf_8() -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    done = plegma("diagnose", EXAMPLE, "--lang", "ja", env=ascii_only)
    assert done.code == 0
    assert done.out.startswith("????: ")
    assert ",- a CNI plugin call" in plegma("diagnose", EXAMPLE, env=ascii_only).out
    assert json.loads(plegma("diagnose", EXAMPLE, "--lang", "ja", "-o", "json", env=ascii_only).out)["summary"].startswith("有力な")
