"""Text is wrapped to cells: Japanese takes two each and may break anywhere, words stay whole where they fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.report.widths import cells, wrapped


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("日本", 4), ("ｱｲｳ", 3), ("ＡＢ", 4), ("e\u0301", 1), ("", 0), ("a日", 3)])
def test_wide_characters_take_two_cells_and_combining_ones_none(text: str, width: int) -> None:
    assert cells(text) == width


def test_words_stay_whole_where_they_fit() -> None:
    assert wrapped("the kubelet cannot sync the pod", 12) == ["the kubelet", "cannot sync", "the pod"]


def test_japanese_breaks_between_any_characters() -> None:
    assert wrapped("ノードが不安定", 6) == ["ノード", "が不安", "定"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert wrapped("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


@given(st.text(), st.integers(2, 60))
def test_no_piece_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cells(piece) <= width for piece in wrapped(text, width))


@given(st.text(alphabet=st.characters(blacklist_categories=("Z", "C"))), st.integers(2, 60))
def test_nothing_but_spaces_is_lost(text: str, width: int) -> None:
    assert "".join(wrapped(text, width)) == text
