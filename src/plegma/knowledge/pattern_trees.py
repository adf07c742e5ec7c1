"""Patterns of Python's `re` as trees, for all that asks what a match must hold or what lines it may stand in."""

import re
from collections.abc import Sequence

from msgspec import Struct

_TOKEN = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-9]|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?P<\w+>|\(\?P=\w+\)|\(\?[aiLmsux-]*[:)]|\(\?<?[=!]|\(\?>|.",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d*)(?:,(\d*))?\})[?+]?")
_ANCHORS = frozenset({"^", "$", r"\A", r"\Z", r"\z"})
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")

class Char(Struct, frozen=True):
    """One literal character."""

    char: str


class Atom(Struct, frozen=True):
    """Something that matches one character or none (a class, `.`, a word boundary), as it is written."""

    source: str


class Repeat(Struct, frozen=True):
    """An item that may come several times, at least `least` times."""

    item: "Node"
    source: str
    least: int


class Choice(Struct, frozen=True):
    """Alternatives, each a sequence; `opening` is how the group was opened."""

    options: tuple[tuple["Node", ...], ...]
    opening: str = "(?:"


Node = Char | Atom | Repeat | Choice


def parsed(pattern: str) -> Choice:
    """The pattern as a tree that matches at least what it matches: anchors and look-around, which can only narrow, are dropped."""
    tokens = [match.group() for match in _TOKEN.finditer(pattern)]
    tree, _ = _choice(tokens, 0, "(?:")
    return tree


def _choice(tokens: Sequence[str], at: int, opening: str) -> tuple[Choice, int]:
    options: list[tuple[Node, ...]] = []
    items: list[Node] = []
    while at < len(tokens) and tokens[at] != ")":
        if tokens[at] == "|":
            options.append(tuple(items))
            items = []
            at += 1
            continue
        item, at = _item(tokens, at)
        quantifier, at = _quantifier(tokens, at)
        if item is not None:
            items.append(_repeated(item, quantifier))
    options.append(tuple(items))
    return Choice(tuple(options), opening), at + 1


def _item(tokens: Sequence[str], at: int) -> tuple[Node | None, int]:
    piece = tokens[at]
    if piece in _LOOKS:
        return None, _choice(tokens, at + 1, "(?:")[1]
    if piece == "(" or (piece.startswith("(?") and piece.endswith((":", ">"))):
        keeps_flags = piece.endswith(":")
        return _choice(tokens, at + 1, piece if keeps_flags else "(?:")
    if piece.startswith("(?") and "i" in piece and piece.endswith(")") and "=" not in piece:
        return Atom("(?i)"), at + 1
    if piece in _ANCHORS or piece.startswith("(?"):
        return (Atom(".*") if piece.startswith("(?P=") else None), at + 1
    return _single(piece), at + 1


def _single(piece: str) -> Node:
    if len(piece) == 1:
        return Atom(".") if piece == "." else Char(piece)
    if piece.startswith("["):
        return Atom(piece)
    if piece[1].isdigit():
        return Atom(".*")
    if piece[1] in "xu":
        return Char(chr(int(piece[2:], 16)))
    return Atom(piece) if piece[1].isalpha() else Char(piece[1])


def _quantifier(tokens: Sequence[str], at: int) -> tuple[str, int]:
    """The quantifier at this token, "" when there is none; a brace quantifier is several tokens."""
    text = "".join(tokens[at : at + 12])
    match = _QUANTIFIER.match(text)
    return (match.group(), at + len(match.group())) if match else ("", at)


def _repeated(item: Node, quantifier: str) -> Node:
    if not quantifier:
        return item
    match = _QUANTIFIER.match(quantifier)
    least = {"*": 0, "+": 1, "?": 0}.get(quantifier[0])
    if least is None:
        least = int(match[1] or 0) if match else 0
    return Repeat(item, quantifier.rstrip("+?") if len(quantifier) > 1 and quantifier[-1] in "+?" else quantifier, least)
