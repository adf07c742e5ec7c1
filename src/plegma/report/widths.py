"""Wrapping text to terminal cells."""

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

_TOKEN = re.compile(r"\s+|[!-~¡-ɏ]+|.", re.DOTALL)


def cells(text: str) -> int:
    """How many terminal cells a text takes: wide and full-width characters take two."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in pieces of at most `width` cells: broken at spaces, between Japanese characters, or inside long words."""
    if cells(text) <= width:
        return [text]
    lines, line = [], ""
    for token in _tokens(text, width):
        if cells(line) + cells(token) > width and line:
            lines.append(line.rstrip())
            line = "" if token.isspace() else token
        else:
            line += token
    return [*lines, line.rstrip()] if line.strip() else lines


def _tokens(text: str, width: int) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        token = match[0]
        while len(token) > width:
            yield token[:width]
            token = token[width:]
        yield token
