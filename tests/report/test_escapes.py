"""No control character of the evidence reaches a terminal."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.report.escapes import visible
from plegma.report.lines import Line, Style
from plegma.report.markdown import to_markdown
from plegma.report.terminal import to_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"), ("a\tb\nc", "a b c"), ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"), ("bell\x07", "bell\\x07"),
        ("over\rwritten", "over\\x0dwritten"), ("c1\x9b31m", "c1\\x9b31m"), ("\u202eevil", "\\x202eevil"), ("日本語 ✓", "日本語 ✓"),
        ("", ""),
    ],
)  # fmt: skip
def test_control_and_direction_characters_are_shown_as_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_what_is_shown_moves_no_cursor_and_turns_no_text(text: str) -> None:
    shown = visible(text)
    assert not [c for c in shown if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069"]
    assert visible(shown) == shown


@pytest.mark.parametrize("style", get_args(Style))
def test_whatever_an_outline_holds_the_terminal_and_a_ticket_get_no_control_character(style: Style) -> None:
    lines = [Line(0, "heading", "a"), Line(1, style, "text \x1b]0;x\x07 \u202e", "label \x9b2J\r")]
    for drawn in (to_text(lines, 80, colour=False), to_markdown(lines)):
        assert "\\x1b]0;x\\x07" in drawn.replace("\\\\", "\\").replace("\\]", "]")
        assert not set(drawn) & set("\x1b\x07\x9b\r\u202e")
