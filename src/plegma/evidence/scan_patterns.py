"""Signature patterns made fit for raw lines: what matches a message must match the line that the message stands in.

A raw line may escape what the message holds plainly (`\\"`, `\\n`, `\\u003c`), and the message does not begin where the
line does. So anchors are dropped, quotes may be escaped, nothing reaches over a line's end, and what a match may end
with but need not is cut off (a match then ends once, not at every byte of the rest of the line).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-9]|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?P<\w+>|\(\?P=\w+\)|\(\?[aiLmsux-]*[:)]|\(\?<?[=!]|\(\?>|.",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d*)(?:,(\d*))?\})[?+]?")
_ESCAPABLE = {
    '"': r'(?:\\*")', "'": r"(?:\\*'|\\u0027)", "<": r"(?:<|\\u003[cC])", ">": r"(?:>|\\u003[eE])", "&": r"(?:&|\\u0026)", "\\": r"(?:\\)",
}  # fmt: skip
_CLASSES = {r"\s": r"(?:[^\S\n]|\\[nrt])", r"\D": r"[^\d\n]", r"\W": r"[^\w\n]", r"\n": r"(?:\\n)", r"\t": r"(?:\t|\\t)", r"\r": r"(?:\\r)"}
_ANCHORS = frozenset({"^", "$", r"\A", r"\Z", r"\z"})
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_ANY_CHARACTER = r"(?:[^\n]{1,6})"
"""One character of any alphabet, as bytes or as `\\u2018`."""
SHORTEST_LITERAL = 4


@dataclass(frozen=True, slots=True)
class Char:
    """One literal character."""

    char: str


@dataclass(frozen=True, slots=True)
class Atom:
    """Something that matches one character or none (a class, `.`, a word boundary), as it is written."""

    source: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """An item that may come several times, at least `least` times."""

    item: "Node"
    source: str
    least: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives, each a sequence; `opening` is how the group was opened."""

    options: tuple[tuple["Node", ...], ...]
    opening: str = "(?:"


Node = Char | Atom | Repeat | Choice


def parsed(pattern: str) -> Choice:
    """The pattern as a tree. Look-around, which can only narrow, is dropped."""
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
    if not piece.isascii() and len(piece) > 1:
        return Atom(_ANY_CHARACTER)
    if piece.startswith("["):
        return Atom(f"[^\\n{piece[2:]}" if piece.startswith("[^") else piece)
    if len(piece) == 1:
        return Atom(".") if piece == "." else Char(piece)
    if piece[1].isdigit():
        return Atom(".*")
    if piece[1] in "xu":
        return Char(chr(int(piece[2:], 16)))
    return Atom(_CLASSES.get(piece, piece)) if piece[1].isalpha() else Char(piece[1])


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


def relaxed(pattern: str) -> str:
    """The pattern for raw lines; "" when it could match nothing at all, which no line need be looked at for."""
    return written(trimmed(pattern))


def trimmed(pattern: str) -> Choice:
    """The pattern as a tree without what a match need not end with."""
    return _trimmed(parsed(pattern))


def _trimmed(tree: Choice) -> Choice:
    return Choice(tuple(_without_tail(option) for option in tree.options), tree.opening)


def _without_tail(items: tuple[Node, ...]) -> tuple[Node, ...]:
    while items:
        last = items[-1]
        if isinstance(last, Repeat) and last.least == 0:
            items = items[:-1]
            continue
        if isinstance(last, Repeat):
            return (*items[:-1], *([last.item] * last.least if last.least < 8 else [last]))
        return (*items[:-1], _trimmed(last)) if isinstance(last, Choice) else items
    return items


def written(node: Node) -> str:
    """The node as a pattern for raw lines."""
    match node:
        case Char(char):
            return _ESCAPABLE.get(char) or (re.escape(char) if char.isascii() else _ANY_CHARACTER)
        case Atom(source):
            return source
        case Repeat(item, source, _):
            inner = written(item)
            return f"(?:{inner}){source}" if not isinstance(item, Atom) or len(inner) > 2 else inner + source
        case Choice(options, opening):
            texts = ["".join(written(item) for item in option) for option in options]
            return texts[0] if len(texts) == 1 and opening == "(?:" else f"{opening}{'|'.join(texts)})"


def literals(pattern: str) -> frozenset[str] | None:
    """Texts of which every matching line holds at least one; None when there is no such set of any use."""
    found = _needed(parsed(pattern))
    return found if found and min(map(len, found)) >= SHORTEST_LITERAL else None


def ignores_case(pattern: str) -> bool:
    """Does any part of the pattern ignore case?"""
    return re.search(r"\(\?[aLmsux]*i", pattern) is not None


def _needed(node: Node) -> frozenset[str] | None:
    match node:
        case Char(char):
            return frozenset({char}) if _is_plain(char) else None
        case Atom():
            return None
        case Repeat(item, _, least):
            return _needed(item) if least else None
        case Choice(options):
            sets = [needed_by(option) for option in options]
            known = [found for found in sets if found]
            return frozenset().union(*known) if len(known) == len(sets) else None


def needed_by(items: Sequence[Node]) -> frozenset[str] | None:
    """Texts of which every match of a sequence holds one: of all such sets the one whose shortest text is longest."""
    candidates = [frozenset({run}) for run in _runs(items)]
    candidates += [found for item in items if not isinstance(item, Char) and (found := _needed(item))]
    return max(candidates, key=lambda texts: (min(map(len, texts)), -len(texts)), default=None)


def _runs(items: Sequence[Node]) -> Iterator[str]:
    run = ""
    for item in items:
        if isinstance(item, Char) and _is_plain(item.char):
            run += item.char
        else:
            yield from [run] if run else []
            run = ""
    yield from [run] if run else []


def _is_plain(char: str) -> bool:
    """Is the character written the same way in every format of log?"""
    return char.isascii() and char not in _ESCAPABLE
