"""An inspection as text and as JSON."""

import json
from datetime import UTC, datetime

import jsonschema
import pytest

from plegma.model.diagnosis import Clock
from plegma.model.inspection import InspectedArtifact, InspectedPart, Inspection, Named, PartTime, Reading, Span, Unread
from plegma.model.texts import Lang, Text
from plegma.report.inspection_v1 import schema, to_json
from plegma.report.inspections import inspection_outline
from plegma.report.terminal import to_text

AT = datetime(2024, 5, 2, 8, 11, 32, tzinfo=UTC)
LOG = InspectedPart(
    "log", 1, Reading(40, 1, 36, (7, 9)), "journalctl -u kubelet", Span(AT, AT), PartTime("+09:00", True, AT, True), 35, 0, "node-a",
    (Named("Pod", 8, tuple(f"shop/web-{n}" for n in range(8))),), ("kubelet-log",), ("kubelet",),
)  # fmt: skip
PROSE = InspectedPart("prose", 41, Reading(3, 3, 0), "", None, None, 0, 0, "", (), (), ())
TABLE = InspectedPart("kubectl-get-pods", 44, Reading(9, 0, 9), "", None, None, 0, 8, "", (), (), ())
SUM = Reading(52, 4, 45, (7, 9))
CLOCKS = (Clock("notes\x1b[2J.txt", "+09:00", Text("names no zone", "タイムゾーンの記載なし"), True),)
NOTES = InspectedArtifact("notes\x1b[2J.txt", (LOG, PROSE, TABLE), SUM, Span(AT, AT), CLOCKS, LOG.entities)
WHOLE = Inspection(
    (NOTES,), (Unread("core", Text("it is binary", "バイナリです")),), SUM, 2, Span(AT, AT), True, LOG.entities, ("kubelet-log",)
)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_json_keeps_to_its_schema_in_both_languages(lang: Lang) -> None:
    found = json.loads(to_json(WHOLE, lang))
    jsonschema.validate(found, schema())
    assert found["lang"] == lang
    assert found["totals"]["not_understood"] == 3
    assert found["artifacts"][0]["parts"][2] | {"first_line": 44, "last_line": 52} == found["artifacts"][0]["parts"][2]


def test_kinds_come_with_the_longest_first() -> None:
    assert NOTES.kinds == ("log", "kubectl-get-pods", "prose")


def test_the_page_tells_parts_misses_clocks_and_what_was_not_read() -> None:
    page = to_text(inspection_outline(WHOLE, "en"), 200, colour=False)
    for said in (
        "artifacts: 1; lines: 52 (understood 45, blank or prose 4, not understood 3)",
        "2 of the understood lines are text or tables in no known format",
        "not understood (3): lines 7, 9, ...",
        "clock +09:00 [assumed]: names no zone",
        "- lines 1-40: log · at 2024-05-02 08:11:32+0000 · clock +09:00 [assumed]",
        "events: 35, states: 0 · on node node-a · written by: kubelet · evidence: kubelet-log",
        "- lines 41-43: prose\n",
        "Pod (8): shop/web-0, shop/web-1, shop/web-2, shop/web-3, shop/web-4, shop/web-5, ...",
        "core: it is binary",
    ):
        assert said in page


def test_the_two_languages_say_the_same_lines() -> None:
    english, japanese = (list(inspection_outline(WHOLE, lang)) for lang in ("en", "ja"))
    assert [(line.depth, line.style) for line in english] == [(line.depth, line.style) for line in japanese]
    assert english != japanese


def test_no_control_character_of_a_name_reaches_the_page() -> None:
    page = to_text(inspection_outline(WHOLE, "en"), 200, colour=False)
    assert "\x1b" not in page
    assert "notes\\x1b[2J.txt" in page


def test_nothing_read_says_so_in_one_line() -> None:
    nothing = Inspection((), (), Reading(0, 0, 0), 0, None, False, (), ())
    assert len(list(inspection_outline(nothing, "en"))) == 1
