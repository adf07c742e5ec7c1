"""The pages of modes and concepts as outlines."""

from plegma.knowledge.catalog import Catalog, build
from plegma.knowledge.concept import Concept, Look, Number
from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateTest, hit, near_miss
from plegma.model.texts import Lang, Text
from plegma.report.explanations import Reference, concept_page, mode_page
from plegma.report.lines import Line
from plegma.report.markdown import drawn, to_markdown
from plegma.report.terminal import to_text

SYMPTOM = FailureMode(
    id="lamp-dark", layer="pod", role="symptom", subject="Pod", title=Text("the lamp is dark", "ランプが消えている"),
    summary=Text("No light.", "光がない。"), states=(StateTest("Pod", {"restarts": ">=3"}),),
)  # fmt: skip
CAUSE = FailureMode(
    id="fuse-blown", layer="kernel", role="cause", subject="Node", title=Text("the fuse is blown", "ヒューズが切れた"),
    summary=Text("Too much current.", "過電流。"),
    signatures=(
        Signature(r"fuse \d+ blown", component="kernel", proof="states", source="drivers/fuse.c"),
        Signature("", component="kubelet", reason="NoLight", at_least=4),
    ),
    leads_to=(Link("lamp-dark", "node", Text("no current", "電流がない"), within=300, strength=0.95),),
    refutes=(Refutation(Text("the radio plays", "ラジオが鳴っている"), pattern="radio on", weight=1.0),),
    asks=(Ask("cat /proc/fuses", Text("a blown one", "切れたもの"), separates=("lamp-dark",)),),
    remedies=(
        Remedy("permanent", Text("rewire", "配線し直す"), Text("dark for a day", "1 日停電"), risk_level="disruptive"),
        Remedy("temporary", Text("a new fuse", "ヒューズ交換"), Text("none", "なし"), "fusectl replace", "fusectl status", "none"),
    ),
    examples=(hit("kernel", "fuse 7 blown"), near_miss("kernel", "fuse: mounted\tfoo")),
    versions="all", references=("https://example.org/fuse",), abductive=True,
)  # fmt: skip
CATALOG: Catalog = build([SYMPTOM, CAUSE])
CONCEPT = Concept(
    id="fuse", title=Text("fuses", "ヒューズ"), what=Text("First.\nSecond.", "一。\n二。"), fails=Text("It blows.", "切れる。"),
    look=(Look("cat /proc/fuses", Text("all fuses", "すべてのヒューズ")),),
    numbers=(Number(Text("limit", "上限"), "16 A", "drivers/fuse.c"),),
)  # fmt: skip


def page(mode: FailureMode, lang: Lang = "en") -> list[Line]:
    return list(mode_page(mode, CATALOG, [CONCEPT], lang))


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def under(lines: list[Line], heading: str) -> list[str]:
    """What stands below a heading of the first level."""
    start = next(n for n, line in enumerate(lines) if line.style == "heading" and line.text == heading)
    end = next((n for n, line in enumerate(lines) if n > start and line.style == "heading" and line.depth == 0), len(lines))
    return texts(lines[start + 1 : end])


def test_a_mode_begins_with_its_id_title_and_what_kind_it_is() -> None:
    assert texts(page(CAUSE))[:3] == [
        "fuse-blown: the fuse is blown",
        "kernel · cause · found on: Node · can be concluded from its effects alone",
        "Too much current.",
    ]


def test_with_an_incident_at_hand_what_to_do_comes_before_how_it_shows() -> None:
    calm, urgent = (list(mode_page(CAUSE, CATALOG, [CONCEPT], "en", urgent=urgent)) for urgent in (False, True))
    assert sorted(texts(calm)) == sorted(texts(urgent))
    headings = [line.text for line in urgent if line.style == "heading" and line.depth == 0]
    assert headings[:3] == ["What to do", "What tells it from its look-alikes", "How it shows"]


def test_signatures_say_who_writes_them_how_much_they_prove_and_where_the_wording_is_from() -> None:
    assert under(page(CAUSE), "How it shows") == [
        "the kernel · says so itself · source: drivers/fuse.c",
        r"fuse \d+ blown",
        "the kubelet · typical trace · reason NoLight · any text with this reason · from a count of 4 · wording not sourced",
    ]


def test_states_are_put_in_words() -> None:
    assert under(page(SYMPTOM), "How it shows") == ["Pod: restarts at least 3 · typical trace"]


def test_a_mode_that_no_line_shows_says_so() -> None:
    silent = FailureMode("x", "pod", "cause", "Pod", Text("x", "x"), Text("x", "x"), abductive=True)
    assert "no line of its own: it is concluded from what it leads to" in texts(page(silent))


def test_links_are_told_in_both_directions_with_mechanism_and_terms() -> None:
    told = ["no current", "nearly always · same node · within 5 min"]
    assert under(page(CAUSE), "What it leads to") == ["lamp-dark: the lamp is dark", *told]
    assert under(page(SYMPTOM), "What leads to it") == ["fuse-blown: the fuse is blown", *told]


def test_look_alikes_are_told_apart_by_commands_and_by_what_speaks_against() -> None:
    assert under(page(CAUSE), "What tells it from its look-alikes") == [
        "What would decide", "cat /proc/fuses", "expect: a blown one", "tells apart:", "lamp-dark: the lamp is dark",
        "Speaks against it", "the radio plays (rules it out)", "radio on",
    ]  # fmt: skip


def test_what_helps_now_comes_before_what_helps_for_good() -> None:
    assert under(page(CAUSE), "What to do") == [
        "now: a new fuse", "fusectl replace", "risk (none): none", "worked if: fusectl status",
        "for good: rewire", "risk (disruptive): dark for a day",
    ]  # fmt: skip


def test_examples_come_as_lines_that_show_it_and_lines_that_do_not() -> None:
    assert under(page(CAUSE), "Lines that show it") == ["kernel: fuse 7 blown"]
    assert under(page(CAUSE), "Lines that look alike and do not") == ["kernel: fuse: mounted foo"]


def test_every_line_that_names_another_page_knows_which() -> None:
    references = [(line.page, line.id) for line in page(CAUSE) if isinstance(line, Reference)]
    assert references == [("modes", "lamp-dark"), ("modes", "lamp-dark"), ("concepts", "fuse")]
    assert all(line.text.startswith(f"{line.id}: ") for line in page(CAUSE) if isinstance(line, Reference))


def test_a_page_in_japanese_holds_no_english_headings() -> None:
    headings = [line.text for line in page(CAUSE, "ja") if line.style == "heading"]
    assert headings
    assert all(not text.isascii() for text in headings)


def test_a_concept_tells_what_it_is_how_it_fails_where_to_look_and_its_numbers() -> None:
    lines = list(concept_page(CONCEPT, [], [CAUSE], "en"))
    assert texts(lines)[:3] == ["fuse: fuses", "First.", "Second."]
    assert under(lines, "How it fails") == ["It blows."]
    assert under(lines, "Where to look") == ["cat /proc/fuses", "all fuses"]
    assert under(lines, "Its numbers") == ["limit: 16 A (drivers/fuse.c)"]
    assert under(lines, "Failure modes") == ["fuse-blown: the fuse is blown"]


def test_a_page_is_drawn_for_the_terminal_and_as_markdown() -> None:
    assert "\n  - fuse-blown: the fuse is blown\n    no current\n" in to_text(page(SYMPTOM), 80, colour=False)
    markdown = to_markdown(page(SYMPTOM))
    assert markdown.startswith("# lamp-dark: the lamp is dark\n\npod · symptom")
    assert "\n## What leads to it\n\n- fuse-blown: the fuse is blown\n  - no current\n" in markdown


def test_an_address_stays_an_address_in_markdown() -> None:
    assert to_markdown([Line(1, "plain", "https://example.org/a_b_c")]) == "- <https://example.org/a_b_c>\n"
    assert to_markdown([Line(1, "plain", "see https://example.org/a_b")]) == "- see https://example.org/a\\_b\n"


def test_markdown_has_one_piece_for_each_line() -> None:
    lines = page(CAUSE)
    assert len(list(drawn(lines))) == len(lines)


def test_a_list_in_markdown_is_indented_from_its_first_line() -> None:
    lines = [Line(0, "heading", "H"), Line(2, "item", "a"), Line(3, "plain", "b"), Line(0, "heading", "I"), Line(1, "item", "c")]
    assert to_markdown(lines) == "\n## H\n\n- a\n  - b\n\n## I\n\n- c\n"
