"""Records that run over several lines: how the pieces go together again."""

import re
from collections.abc import Sequence

from plegma.evidence.parse.blocks import Document

_AROUND = 12
_NARROW = 60
_WIDE = 100
_MOST_TEXT = 4000
_INSIDE_WORD = re.compile(r"[\w./:@%+-]")


def join_wrapped(document: Document, first: int, pieces: Sequence[str]) -> str:
    """The pieces of the lines from index `first` on as one text.

    A piece that ends where the widest lines around it end was cut by the terminal and goes on without a space.
    """
    text = pieces[0] if pieces else ""
    for offset, piece in enumerate(pieces[1:]):
        text += _glue(document, first + offset, text, piece) + piece.strip()
    return text


def whole_text(document: Document, first: int, end: int) -> str:
    """The text of a record's lines as one line to be quoted."""
    return join_wrapped(document, first, document.shown[first:end])[:_MOST_TEXT]


def at_edge(document: Document, index: int) -> bool:
    """Does the line end where a terminal cut it: at the width of the widest lines around, or of another one there?"""
    length = len(document.raw[index])
    if length < _NARROW:
        return False
    around = [len(line) for line in document.raw[max(0, index - _AROUND) : index + _AROUND]]
    return around.count(length) > 1 or (length >= max(around) - 1 and length >= _WIDE)


def _glue(document: Document, previous: int, text: str, piece: str) -> str:
    if piece[:1].isspace() or not piece or document.raw[previous][-1:].isspace():
        return " "
    inside = _INSIDE_WORD.match(text[-1:]) and _INSIDE_WORD.match(piece)
    return "" if piece[0] in "-_,)]}" or (inside and at_edge(document, previous)) else " "
