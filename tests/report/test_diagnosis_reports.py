"""A diagnosis as terminal text, as Markdown and as JSON: the same facts, safe to print."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from plegma.app.diagnosing import diagnose_paths
from plegma.engine.diagnoses import diagnose
from plegma.engine.records import without_record
from plegma.knowledge.catalog import build
from plegma.knowledge.failure_mode import FailureMode, Link, Remedy, Signature
from plegma.model.diagnosis import Diagnosis
from plegma.model.observations import Event, Origin
from plegma.model.parts import Parsed
from plegma.model.texts import Lang, Text
from plegma.report.diagnosis_v1 import SCHEMA, schema, to_json
from plegma.report.lines import Line
from plegma.report.markdown import to_markdown
from plegma.report.outlines import outline
from plegma.report.terminal import to_text
from plegma.report.widths import cells

EXAMPLE = str(Path(__file__).parents[2] / "examples/fluentd-crashloop")
EVIL = "boom \x1b]0;owned\x07 \x1b[2J \u202e <script>alert(1)</script> `rm -rf /` ``` ](javascript:x) | # * _x_"
LANGS: tuple[Lang, ...] = ("en", "ja")


@pytest.fixture(scope="module")
def example() -> Diagnosis:
    return diagnose_paths([EXAMPLE]).diagnosis


@pytest.fixture(scope="module")
def hostile() -> Diagnosis:
    """A diagnosis of lines, names and paths that someone made to break a report."""
    text = Text("boom", "ドン")
    crash = FailureMode("crash", "pod", "symptom", "Pod", text, text, (Signature("boom"),))
    boom = FailureMode("boom", "pod", "cause", "Pod", text, text, (Signature("boom", proof="states"),),
                       leads_to=(Link("crash", "pod", text),),
                       remedies=(Remedy("temporary", text, text, "kubectl -n {namespace} delete pod {pod}"),))  # fmt: skip
    line = Event("kubelet", EVIL, Origin(f"{EVIL}.log", 1), EVIL, refs={"pod": EVIL, "namespace": EVIL, "node": EVIL})
    return diagnose([Parsed(f"{EVIL}.log", "log", 1, 1, (line,))], build([boom, crash]), notices=[Text(EVIL, EVIL)])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("verbose", [False, True])
def test_no_control_character_is_printed(hostile: Diagnosis, lang: Lang, verbose: bool) -> None:
    for printed in (to_text(outline(hostile, lang, verbose), 80, colour=False), to_markdown(outline(hostile, lang, verbose))):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed)


@pytest.mark.parametrize("lang", LANGS)
def test_markdown_renders_nothing_of_the_evidence(hostile: Diagnosis, lang: Lang) -> None:
    without_code = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", to_markdown(outline(hostile, lang, verbose=True)))
    assert not re.search(r"(?<!\\)[<\]`|]", without_code)


def test_a_command_never_holds_a_name_that_is_none(hostile: Diagnosis) -> None:
    assert [r.command for h in hostile.hypotheses for r in h.remedies] == ["kubectl delete pod POD"]


def test_code_holds_the_backticks_of_a_line() -> None:
    assert to_markdown([Line(1, "evidence", "a `b` ``c")]) == "- ```a `b` ``c```\n"
    assert to_markdown([Line(1, "command", "`a`")]) == "- `` `a` ``\n"


def test_an_address_is_a_link() -> None:
    assert to_markdown([Line(1, "plain", "https://example.net/a_b")]) == "- <https://example.net/a_b>\n"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_keep_to_the_width_but_for_commands_that_are_copied(example: Diagnosis, lang: Lang, width: int) -> None:
    printed = to_text(outline(example, lang, verbose=True), width, colour=False).splitlines()
    assert not [line for line in printed if cells(line) > width and not line.lstrip().startswith("$ ")]


def test_a_command_is_one_line_however_narrow_the_terminal(example: Diagnosis) -> None:
    printed = to_text(outline(example, "en", verbose=True), 40, colour=False)
    for remedy in example.hypotheses[0].remedies:
        assert not remedy.command or f"$ {remedy.command}\n" in printed


def test_colours_add_codes_and_nothing_else(example: Diagnosis) -> None:
    plain, painted = (to_text(outline(example, "en", verbose=True), 100, colour) for colour in (False, True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain
    assert painted != plain


@pytest.mark.parametrize("lang", LANGS)
def test_the_verdict_stands_first(example: Diagnosis, lang: Lang) -> None:
    first = next(iter(outline(example, lang, verbose=False))).whole
    assert first.startswith({"en": "PROBLEM: ", "ja": "異常あり: "}[lang])


def test_verbose_tells_all_that_short_tells(example: Diagnosis) -> None:
    short, long = ([line.whole for line in outline(example, "en", verbose)] for verbose in (False, True))
    assert len(long) > len(short)
    for hypothesis in example.hypotheses:
        assert any(hypothesis.title.en in line for line in short)
        assert any(line.startswith(f"{hypothesis.title.en} · ") for line in long)


def test_markdown_and_text_tell_the_same_lines(example: Diagnosis) -> None:
    marked = to_markdown(outline(example, "en", verbose=True)).replace("\\", "")
    for line in outline(example, "en", verbose=True):
        assert line.whole.replace("\\", "") in marked


@pytest.mark.parametrize("lang", LANGS)
def test_json_keeps_to_the_published_schema(example: Diagnosis, hostile: Diagnosis, lang: Lang) -> None:
    Draft202012Validator.check_schema(schema())
    validator = Draft202012Validator(schema())
    for diagnosis in (example, hostile, diagnose_paths([]).diagnosis):
        validator.validate(json.loads(to_json(diagnosis, lang)))


def test_json_has_the_fields_of_version_1(example: Diagnosis) -> None:
    told = json.loads(to_json(example, "en"))
    assert told["schema"] == SCHEMA == "plegma.dev/diagnosis/v1"
    assert {"verdict", "summary", "hypotheses", "symptoms", "gaps", "clocks", "inputs"} <= set(told)
    top = told["hypotheses"][0]
    assert {"rank", "cause", "title", "entity", "confidence", "score", "chain", "against", "decide", "remedies"} <= set(top)
    assert {"mode", "entity", "first", "last", "count", "mechanism", "evidence"} <= set(top["chain"][0])
    assert {"artifact", "line", "text"} == set(top["chain"][1]["evidence"][0])
    assert {"command", "expect", "separates"} == set(top["decide"][0])
    assert {"kind", "text", "command", "risk", "verify"} <= set(top["remedies"][0])
    assert {"artifact", "kind", "lines", "read"} == set(told["inputs"][0])


def test_times_in_json_are_rfc_3339_with_the_zone_of_the_evidence(example: Diagnosis) -> None:
    times = re.findall(r'"(?:first|last|at)": "([^"]+)"', to_json(example, "en"))
    assert times
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00", time) for time in times)


def test_json_is_the_same_bytes_each_time(example: Diagnosis) -> None:
    assert to_json(example, "ja") == to_json(diagnose_paths([EXAMPLE]).diagnosis, "ja")


def test_the_answer_is_the_same_whether_or_not_the_whole_record_was_asked_for(example: Diagnosis) -> None:
    whole = diagnose_paths([EXAMPLE], whole=True).diagnosis
    assert whole.timeline is not None
    assert without_record(whole) == example
