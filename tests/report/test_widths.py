"""Text is wrapped to cells: Japanese takes two each and breaks between phrases, words stay whole where they fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.report.widths import cells, wrapped


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("日本", 4), ("ｱｲｳ", 3), ("ＡＢ", 4), ("e\u0301", 1), ("", 0), ("a日", 3)])
def test_wide_characters_take_two_cells_and_combining_ones_none(text: str, width: int) -> None:
    assert cells(text) == width


def test_words_stay_whole_where_they_fit() -> None:
    assert wrapped("the kubelet cannot sync the pod", 12) == ["the kubelet", "cannot sync", "the pod"]


def test_japanese_breaks_where_a_phrase_begins() -> None:
    assert wrapped("ノードが不安定になり、呼び出しが返らない", 16) == ["ノードが", "不安定になり、", "呼び出しが", "返らない"]


def test_a_phrase_longer_than_the_line_is_broken_anywhere() -> None:
    assert wrapped("不安定なノード", 6) == ["不安定", "な", "ノード"]


@pytest.mark.parametrize("mark", ["、", "。", "」", ")", "ー", "ょ", "?"])
def test_no_line_begins_with_a_mark_that_closes(mark: str) -> None:
    for width in range(8, 24):
        assert not [piece for piece in wrapped(f"原因を調べる。既定値{mark}確認する{mark}終わり", width) if piece.startswith(mark)]


def test_no_line_ends_with_a_bracket_that_opens() -> None:
    for width in range(6, 24):
        assert not [piece for piece in wrapped("原因(ノード)を「調べる」こと", width) if piece.endswith(("(", "「"))]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert wrapped("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


@given(st.text(), st.integers(2, 60))
def test_no_piece_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cells(piece) <= width for piece in wrapped(text, width))


@given(st.text(alphabet=st.characters(blacklist_categories=("Z", "C"))), st.integers(2, 60))
def test_nothing_but_spaces_is_lost(text: str, width: int) -> None:
    assert "".join(wrapped(text, width)) == text
