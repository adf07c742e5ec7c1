"""Signature patterns made fit for raw lines: what matches a message must match the line that the message stands in.

A raw line may escape what the message holds plainly (`\\"`, `\\n`, `\\u003c`), and the message does not begin where the
line does. So anchors are dropped, quotes may be escaped, nothing reaches over a line's end, and what a match may end
with but need not is cut off (a match then ends once, not at every byte of the rest of the line).
"""

import re

from plegma.knowledge.pattern_trees import Atom, Char, Choice, Node, Repeat, parsed

_ESCAPABLE = {
    '"': r'(?:\\*")', "'": r"(?:\\*'|\\u0027)", "<": r"(?:<|\\u003[cC])", ">": r"(?:>|\\u003[eE])", "&": r"(?:&|\\u0026)", "\\": r"(?:\\)",
}  # fmt: skip
_CLASSES = {r"\s": r"(?:[^\S\n]|\\[nrt])", r"\D": r"[^\d\n]", r"\W": r"[^\w\n]", r"\n": r"(?:\\n)", r"\t": r"(?:\t|\\t)", r"\r": r"(?:\\r)"}
_ANY_CHARACTER = r"(?:[^\n]{1,6})"
"""One character of any alphabet, as bytes or as `\\u2018`."""


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
            return _atom(source)
        case Repeat(item, source, _):
            inner = written(item)
            return f"(?:{inner}){source}" if not isinstance(item, Atom) or len(inner) > 2 else inner + source
        case Choice(options, opening):
            texts = ["".join(written(item) for item in option) for option in options]
            return texts[0] if len(texts) == 1 and opening == "(?:" else f"{opening}{'|'.join(texts)})"


def _atom(source: str) -> str:
    if not source.isascii():
        return _ANY_CHARACTER
    return f"[^\\n{source[2:]}" if source.startswith("[^") else _CLASSES.get(source, source)
