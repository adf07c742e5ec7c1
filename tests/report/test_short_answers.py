"""What a person reads first on a terminal: a few rows that say what is seen, what to do and what would decide, then the chain."""

from datetime import datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from plegma.model.diagnosis import (
    ChainStep,
    Clock,
    Confidence,
    Decision,
    Diagnosis,
    Entity,
    Evidence,
    Gap,
    Hypothesis,
    Input,
    RemedyStep,
    Symptom,
)
from plegma.model.texts import Text
from plegma.report.outlines import outline
from plegma.report.terminal import to_text

NODE, POD = Entity("Node", "lamp-1"), Entity("Pod", "bulb-7", "hall")
AT = datetime(2024, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=9)))
LINE = Evidence("cases/hall/lamp.log", 12, "fuse   7    blown")
DARK = Evidence("cases/hall/pods.txt", 2, "bulb-7  0/1  Dark")
CAUSE = ChainStep("fuse-blown", Text("the fuse is blown", "ヒューズが切れた"), NODE, AT, AT, 3, Text("too much current", "過電流"), (LINE,))
DIM = ChainStep("no-current", Text("no current", "電流がない"), NODE, None, None, 1, Text("the fuse is open", "回路が開いている"), (LINE,))
LAST = ChainStep(
    "lamp-dark", Text("the lamp is dark", "ランプが消えている"), POD, None, None, 1, Text("it has no current", "電流が来ない"), (DARK,)
)
NOW = RemedyStep(
    "temporary", Text("put in a new fuse", "ヒューズを交換する"), "fusectl replace 7", Text("dark for a second", "1 秒停電"), "none",
    "fusectl ok",
)  # fmt: skip
LATER = RemedyStep("permanent", Text("rewire the hall", "配線し直す"), "", Text("dark for a day", "1 日停電"), "disruptive", "")
LOOK = Decision("fusectl list", Text("a blown one", "切れたもの"), ("fuse-blown", "bulb-broken"))
OTHER_LOOK = Decision("fusectl heat", Text("a hot one", "熱いもの"), ("fuse-blown",))


def case(confidence: Confidence = "likely") -> Diagnosis:
    first = Hypothesis(1, "fuse-blown", CAUSE.title, Text("", ""), NODE, (NODE,), confidence, 9.0, (CAUSE, DIM, LAST), (),
                       (LOOK, OTHER_LOOK), (LATER, NOW))  # fmt: skip
    other = Hypothesis(2, "bulb-broken", Text("the bulb is broken", "電球が壊れた"), Text("", ""), POD, (POD,), "possible", 1.0, (LAST,),
                       (), (LOOK,), ())  # fmt: skip
    symptom = Symptom("lamp-dark", LAST.title, Text("bulb-7: dark", "bulb-7: 消灯"), (POD,), None, None, 1, (DARK,))
    gaps = (Gap("a", Text("the fuses", "ヒューズ"), "fusectl list"), Gap("b", Text("the meter", "メーター"), "meter read"))
    clocks = (Clock("cases/hall/lamp.log", "+09:00", Text("as it says", "記載どおり"), False),
              Clock("cases/hall/pods.txt", "+09:00", Text("taken as JST", "JST とみなした"), True))  # fmt: skip
    inputs = (Input("cases/hall/lamp.log", "log", 12, 12), Input("cases/hall/pods.txt", "pods", 2, 2))
    return Diagnosis("problem", Text("The fuse.", "ヒューズ。"), (first, other), (symptom,), gaps, clocks, (), inputs)


def brief(diagnosis: Diagnosis, lang: str = "en", width: int = 80) -> str:
    return to_text(outline(diagnosis, "ja" if lang == "ja" else "en", verbose=False), width, colour=False)


def test_a_likely_cause_in_brief() -> None:
    assert (
        brief(case())
        == """\
PROBLEM: The fuse.
  seen      bulb-7: dark
  now       put in a new fuse
            $ fusectl replace 7
            risk: dark for a second
            worked if: fusectl ok
  be sure   expect: a blown one
            $ fusectl list
  for good  rewire the hall

1. Chain, from cause to symptom [likely]
  ┌─ the fuse is blown · Node lamp-1 x3 (2024-03-01 09:30:00+0900)
  │  plegma explain fuse-blown
  │  too much current
  │  > lamp.log:12: fuse 7 blown
  ├→ no current · Node lamp-1
  │  the fuse is open
  └→ the lamp is dark · Pod hall/bulb-7
     it has no current
     > pods.txt:2: bulb-7 0/1 Dark
  What else would decide
    $ fusectl heat
      expect: a hot one
  What else to do
    - for good: rewire the hall
      risk: dark for a day

Other causes
  - 2. the bulb is broken · Pod hall/bulb-7 [possible]

What was missing
  - the meter
    $ meter read

Clocks
  pods.txt: taken as JST

--verbose shows the rest: other causes in full, all lines, clocks, inputs
the files are in cases/hall/
"""
    )


def test_the_short_answer_in_japanese_stands_in_columns_of_two_cells_a_letter() -> None:
    assert brief(case(), "ja", 40).splitlines()[:9] == [
        "異常あり: ヒューズ。",
        "  症状      bulb-7: 消灯",
        "  暫定対応  ヒューズを交換する",
        "            $ fusectl replace 7",
        "            リスク: 1 秒停電",
        "            効果の確認: fusectl ok",
        "  確認      確認点: 切れたもの",
        "            $ fusectl list",
        "  恒久対応  配線し直す",
    ]


def labels(diagnosis: Diagnosis) -> list[str]:
    return [line.label for line in outline(diagnosis, "en", verbose=False) if line.style == "answer" and line.label]


def test_a_cause_that_is_only_possible_is_decided_before_anything_is_done() -> None:
    assert labels(case("possible")) == ["seen", "be sure"]
    assert labels(case("likely")) == ["seen", "now", "be sure", "for good"]
    assert labels(case("confirmed")) == ["seen", "now", "for good"]


def test_too_little_evidence_gives_the_next_command_and_the_lines() -> None:
    asked = replace(case(), verdict="insufficient", hypotheses=())
    assert labels(asked) == ["run next"]
    page = brief(asked)
    assert "run next  the fuses\n            $ fusectl list\n" in page
    assert "\nThe lines that show it\n  > pods.txt:2: bulb-7 0/1 Dark\n" in page
    assert page.count("fusectl list") == 1


def test_health_gives_no_orders() -> None:
    well = replace(case(), verdict="healthy", hypotheses=(), symptoms=())
    assert labels(well) == []
    assert not [line for line in outline(well, "en", verbose=False) if line.style == "run"]


def test_brief_tells_no_command_twice() -> None:
    commands = [line.text for line in outline(case(), "en", verbose=False) if line.style in {"command", "run"}]
    assert len(commands) == len(set(commands))


def test_verbose_has_every_line_of_evidence_as_it_was_found() -> None:
    page = to_text(outline(case(), "en", verbose=True), 80, colour=False)
    assert page.count("> cases/hall/lamp.log:12: fuse   7    blown\n") == 2
    assert "\n2. Chain, from cause to symptom [possible]\n  ── the lamp is dark" in page


def test_a_long_line_loses_its_middle_and_keeps_the_cause_at_its_end() -> None:
    long = replace(LINE, text="E0301 start " + "x" * 400 + ": no such fuse")
    top = case().hypotheses[0]
    page = brief(replace(case(), hypotheses=(replace(top, chain=(replace(CAUSE, evidence=(long,)),)),)), width=400)
    (row,) = (row for row in page.splitlines() if "> lamp.log:12" in row)
    assert "E0301 start xxx" in row
    assert row.endswith("xxx: no such fuse")
    assert " … " in row


def test_without_symptoms_the_end_of_the_chain_is_what_is_seen() -> None:
    page = brief(replace(case(), symptoms=()))
    assert "  seen      the lamp is dark · Pod hall/bulb-7\n" in page


def test_files_of_different_folders_keep_their_paths() -> None:
    apart = replace(case(), inputs=(Input("a/lamp.log", "log", 1, 1), Input("b/pods.txt", "pods", 1, 1)))
    assert "> cases/hall/lamp.log:12: " in brief(apart)
    assert "the files are in" not in brief(apart)


@pytest.mark.parametrize("colour", [False, True])
def test_a_terminal_without_box_drawing_gets_ascii_marks(colour: bool) -> None:
    page = to_text(outline(case(), "en", verbose=False), 80, colour, ascii_only=True)
    assert page.isascii()
    assert "`>" in page


def test_prose_keeps_to_its_width_and_evidence_takes_the_terminal_s() -> None:
    long = replace(LINE, text="word " * 40)
    step = replace(CAUSE, mechanism=Text("word " * 40, "語"), evidence=(long,))
    top = case().hypotheses[0]
    page = to_text(outline(replace(case(), hypotheses=(replace(top, chain=(step,)),)), "en", verbose=False), 200, colour=False, prose=60)
    rows = page.splitlines()
    assert max(len(row) for row in rows if "> lamp.log" in row) > 150
    assert max(len(row) for row in rows if row.strip().startswith("word")) <= 60
