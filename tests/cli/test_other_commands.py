"""`plegma inspect`, `explain`, `modes`, `eval`, `schema` and completion, as processes."""

import json
import re
import shutil
from pathlib import Path

import jsonschema
import pytest
from running import EXAMPLE, ROOT, plegma

LANGUAGES = ("en", "ja")


def test_inspect_prints_json_that_keeps_to_its_schema() -> None:
    found = json.loads(plegma("inspect", EXAMPLE, "-o", "json").out)
    jsonschema.validate(found, json.loads(plegma("schema", "inspection").out))
    totals = found["totals"]
    assert totals["lines"] == sum(a["lines"] for a in found["artifacts"]) > 0
    assert totals["understood"] + totals["blank"] + totals["not_understood"] == totals["lines"]


def test_inspect_of_nothing_readable_exits_3() -> None:
    run = plegma("inspect", "-")
    assert run.code == 3
    assert "nothing readable" in run.err


def test_explain_knows_modes_concepts_and_kubectl_s_words_in_both_languages() -> None:
    for topic in (["pleg-unhealthy"], ["pod", "sandbox"], ["CrashLoopBackOff"], ["NotReady"]):
        pages = {plegma("explain", *topic, "--lang", lang).out for lang in LANGUAGES}
        assert len(pages) == 2
        assert all(pages)


def test_explain_without_a_topic_lists_the_concepts() -> None:
    run = plegma("explain")
    assert run.code == 0
    assert "- pleg: " in run.out


def test_an_unknown_topic_exits_2_and_offers_the_nearest() -> None:
    run = plegma("explain", "pleg-unhealty")
    assert run.code == 2
    assert "did you mean pleg-unhealthy" in run.err


def test_explain_for_a_diagnosis_explains_its_first_cause(tmp_path: Path) -> None:
    answer = plegma("diagnose", EXAMPLE, "-o", "json").out
    (tmp_path / "answer.json").write_text(answer)
    cause = json.loads(answer)["hypotheses"][0]["cause"]
    from_file, from_stdin = plegma("explain", "--for", str(tmp_path / "answer.json")), plegma("explain", "--for", "-", stdin=answer)
    assert from_file.out == from_stdin.out
    assert f"\n{cause}: " in from_file.out


@pytest.mark.parametrize("content", ["no json", '{"schema": "else"}', "[]"])
def test_explain_for_what_is_no_diagnosis_exits_2_and_says_what_it_wants(content: str) -> None:
    run = plegma("explain", "--for", "-", stdin=content)
    assert run.code == 2
    assert "`plegma diagnose -o json`" in run.err
    assert "Traceback" not in run.err


def test_explain_as_markdown_has_headings() -> None:
    assert re.search(r"^#+ ", plegma("explain", "pleg", "-o", "md").out, re.MULTILINE)


def test_modes_lists_by_layer_and_role() -> None:
    every, some = plegma("modes").out.splitlines(), plegma("modes", "--layer", "cni", "--role", "cause").out.splitlines()
    assert 0 < len(some) < len(every)
    assert {tuple(line.split()[1:3]) for line in some} == {("cni", "cause")}


def test_modes_as_json_keep_to_their_schema() -> None:
    found = json.loads(plegma("modes", "--layer", "cri", "-o", "json").out)
    jsonschema.validate(found, json.loads(plegma("schema", "modes").out))
    assert {mode["layer"] for mode in found["modes"]} == {"cri"}


def test_modes_prints_patterns_one_a_line() -> None:
    patterns = plegma("modes", "--signatures").out.splitlines()
    assert len(patterns) == len(set(patterns)) > 500
    assert all(re.compile(pattern.replace(r"\z", r"\Z")) for pattern in patterns)


def test_eval_of_a_folder_without_cases_exits_2_and_says_what_a_case_is(tmp_path: Path) -> None:
    run = plegma("eval", str(tmp_path))
    assert run.code == 2
    assert "truth.json" in run.err


def test_eval_counts_right_answers_and_compares_with_an_earlier_run(tmp_path: Path) -> None:
    answer = json.loads(plegma("diagnose", EXAMPLE, "-o", "json").out)
    case = tmp_path / "cases/one"
    shutil.copytree(ROOT / EXAMPLE, case)
    (case / "truth.json").write_text(json.dumps({"root_cause_class": answer["hypotheses"][0]["cause"]}))
    result = plegma("eval", str(tmp_path / "cases"), "-o", "json").out
    assert json.loads(result)["top1"] == 1
    (tmp_path / "old.json").write_text(result)
    assert "(was 100.0%)" in plegma("eval", str(tmp_path / "cases"), "--compare", str(tmp_path / "old.json")).out
    wrong = plegma("eval", str(tmp_path / "cases"), "--compare", str(case / "truth.json"))
    assert wrong.code == 2
    assert "plegma eval -o json" in wrong.err


def test_as_a_plugin_of_kubectl_it_calls_itself_so(tmp_path: Path) -> None:
    import subprocess
    import sys

    plugin = tmp_path / "kubectl-plegma"
    plugin.write_text("from plegma.cli.main import main\nmain()\n")
    run = subprocess.run([sys.executable, str(plugin), "--help"], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("Usage: kubectl plegma ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_topics(shell: str) -> None:
    asking = {
        "bash": {"COMP_WORDS": "plegma explain pod-san", "COMP_CWORD": "2"},
        "zsh": {"_TYPER_COMPLETE_ARGS": "plegma explain pod-san"},
        "fish": {"_TYPER_COMPLETE_ARGS": "plegma explain pod-san", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    run = plegma(env={"_PLEGMA_COMPLETE": f"complete_{shell}", **asking})
    assert "pod-sandbox" in run.out
