"""The plain texts that a pattern cannot match without: most patterns are ruled out by them without a regex."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from plegma.knowledge.pattern_trees import Atom, Char, Choice, Node, Repeat, parsed

SHORTEST_LITERAL = 4
_ESCAPED = frozenset("\"'<>&\\")
"""Characters that some formats of log write otherwise."""


@cache
def needs(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Sets of texts: every match holds at least one of each set. The set whose shortest text is longest comes first."""
    if ignores_case(pattern):
        return ()
    tree = parsed(pattern)
    found = list(_sets(tree.options[0])) if len(tree.options) == 1 else [_needed(tree) or frozenset()]
    sets = {texts for texts in found if texts}
    return tuple(sorted((tuple(sorted(texts)) for texts in sets), key=lambda texts: (-min(map(len, texts)), texts)))


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
    return max(_sets(items), key=lambda texts: (min(map(len, texts)), -len(texts)), default=None)


def _sets(items: Sequence[Node]) -> Iterator[frozenset[str]]:
    yield from (frozenset({run}) for run in _runs(items))
    yield from (found for item in items if not isinstance(item, Char) and (found := _needed(item)))


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
    return char.isascii() and char not in _ESCAPED
