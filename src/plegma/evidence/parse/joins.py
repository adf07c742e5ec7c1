"""Records that run over several lines: how the pieces go together again."""

import re
from collections.abc import Sequence

from plegma.evidence.parse.blocks import Document

_AROUND = 12
_NARROW = 60
_TOLERANCE, _A_WORD = 1, 20
_SCREENS = frozenset((80, 100, 120, 132, 160))
"""Usual widths of a terminal."""
_BROKEN, _SCREEN, _FEW_LINES = 70, 200, 3
_WIDE = 100
_MOST_TEXT = 4000
_INSIDE_WORD = re.compile(r"[\w./:@%+-]")


def join_wrapped(document: Document, first: int, pieces: Sequence[str]) -> str:
    """The pieces of the lines from index `first` on as one text.

    A piece that ends where the widest lines around it end was cut by the terminal and goes on without a space, unless
    the lines of the record end here and there: then they were broken between words.
    """
    text = pieces[0] if pieces else ""
    ragged = _is_ragged(document, first, first + len(pieces))
    for offset, piece in enumerate(pieces[1:]):
        text += _glue(document, first + offset, text, piece, ragged) + piece.strip()
    return text


def _is_ragged(document: Document, first: int, end: int) -> bool:
    """Does a line but the last end a word before the widest? A terminal cuts all at one column."""
    lengths = [len(line) for line in document.raw[first : end - 1]]
    return any(_TOLERANCE < max(lengths) - length < _A_WORD for length in lengths)


def whole_text(document: Document, first: int, end: int) -> str:
    """The text of a record's lines as one line to be quoted."""
    return join_wrapped(document, first, document.shown[first:end])[:_MOST_TEXT]


def at_edge(document: Document, index: int) -> bool:
    """Does the line end where a terminal cut it: at the width of another line around, far out as the widest, or a word before?"""
    return shares_width(document, index) or _is_widest(document, index) or _lacks_room(document, index)


def _lacks_room(document: Document, index: int) -> bool:
    """Would the first word of the next line have gone over the widest line of the paragraph? Then it was broken there."""
    start, end = index, index + 1
    while start > 0 and document.lines[start - 1] and index - start < _AROUND:
        start -= 1
    while end < len(document.raw) and document.lines[end] and end - index < _AROUND:
        end += 1
    widest = max(map(len, document.raw[start:end]))
    if not _BROKEN <= widest < _SCREEN or end - start < _FEW_LINES:
        return False
    word = document.raw[index + 1].split(" ", 1)[0] if index + 1 < end else ""
    return bool(word) and len(document.raw[index]) + 1 + len(word) > widest


def shares_width(document: Document, index: int) -> bool:
    """Does another line near this one end at the same column, as lines do that a terminal cut?"""
    length = len(document.raw[index])
    return length >= _NARROW and [len(line) for line in _around(document, index)].count(length) > 1


def _is_widest(document: Document, index: int) -> bool:
    length = len(document.raw[index])
    return length >= _WIDE and length >= max(map(len, _around(document, index))) - 1


def _around(document: Document, index: int) -> Sequence[str]:
    return document.raw[max(0, index - _AROUND) : index + _AROUND]


def _glue(document: Document, previous: int, text: str, piece: str, ragged: bool) -> str:
    if piece[:1].isspace() or not piece or document.raw[previous][-1:].isspace():
        return " "
    if piece[0] in "-_,)]}":
        return ""
    if text[-1:] in ":;," and piece[0].isalpha():
        return " "
    inside = _INSIDE_WORD.match(text[-1:]) and _INSIDE_WORD.match(piece)
    screen = len(document.raw[previous]) in _SCREENS or shares_width(document, previous)
    cut = not ragged and (screen or (not piece[0].isupper() and _is_widest(document, previous)))
    return "" if inside and cut else " "
