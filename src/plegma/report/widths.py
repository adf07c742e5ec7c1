"""Wrapping text to terminal cells.

Japanese is broken where a phrase begins as far as letters alone can tell (kanji or katakana with the hiragana that
follow), and never before a closing mark or a small kana nor after an opening bracket (JIS X 4051, "kinsoku").
"""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import category, east_asian_width

_WORD = re.compile(r"\s+|\S+")
_PHRASE = r"(?:[㐀-鿿々〆]+|[ァ-ヺーｦ-ﾟ]+|[!-~¡-ɏ]+)?[ぁ-ゖゝゞ]+|[㐀-鿿々〆]+|[ァ-ヺーｦ-ﾟ]+"
_OPENING, _CLOSING = "([{（「『【〈《〔“‘", ",.!?:;%、。，．・：；？！)]}）」』】〉》〕”’ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々…‥"
_ZERO = {"Mn", "Me", "Cf"}
_EAST_ASIAN = "⺀"
"""The first of the East Asian letters; what comes before it has words between spaces."""


@cache
def _phrase() -> re.Pattern[str]:
    """Made when first needed: ranges of thousands of letters take longer to compile than a short report to print."""
    return re.compile(rf"\s+|{_PHRASE}|[!-~¡-ɏ]+|.", re.DOTALL)


def cells(text: str) -> int:
    """How many terminal cells a text takes: wide and full-width characters take two, marks on others none."""
    if text.isascii():
        return len(text)
    return sum(0 if category(c) in _ZERO else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in pieces of at most `width` cells: broken at spaces, between Japanese phrases, or inside what is longer."""
    if cells(text) <= width:
        return [text]
    lines, line, used = [], "", 0
    for token in _tokens(text, width):
        size = cells(token)
        if used + size > width and line:
            lines.append(line.rstrip())
            line, used = ("", 0) if token.isspace() else (token, size)
        else:
            line, used = line + token, used + size
    return [*lines, line.rstrip()] if line.strip() else lines


def _tokens(text: str, width: int) -> Iterator[str]:
    """What stays on one row, none wider than it."""
    held = ""
    for match in (_WORD if max(text) < _EAST_ASIAN else _phrase()).finditer(text):
        token = match[0]
        if held and not token.isspace() and not held[-1].isspace() and _glued(held[-1], token[0]):
            held += token
            continue
        yield from _fitting(held, width)
        held = token
    yield from _fitting(held, width)


def _glued(before: str, after: str) -> bool:
    """May no row end between the two?"""
    return before in _OPENING or after in _CLOSING


def _fitting(token: str, width: int) -> Iterator[str]:
    while cells(token) > width:
        fits = [n for n in range(1, min(len(token), width + 1)) if cells(token[:n]) <= width] or [1]
        cut = next((n for n in reversed(fits) if not _glued(token[n - 1], token[n])), fits[-1])
        yield token[:cut]
        token = token[cut:]
    if token:
        yield token
