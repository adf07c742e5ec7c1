"""Of each pattern a part that every match holds and that is cheap to look for: a long text, or all from its best text on.

What a pattern begins with is dear when it is short and open-ended (`open \\S+: too many open files`): an automaton then
starts at every "open ". Looking for the cores of 2,000 signatures takes a third of the time that they themselves take.
"""

import re
from collections.abc import Iterable, Sequence

from plegma.evidence.scan_patterns import relaxed, trimmed, written
from plegma.knowledge.literals import ignores_case, literals, needed_by
from plegma.knowledge.pattern_trees import Atom, Choice, Node, Repeat

_ENOUGH = 14
"""Characters of a text that hardly any other line holds: nothing else of the pattern need be looked for."""
_START = 8
"""Characters of a text that are worth starting at."""


def cores(patterns: Iterable[str]) -> tuple[str, ...]:
    """Patterns for raw lines, each once, of which one matches wherever one of those given does."""
    texts: set[str] = set()
    others: set[str] = set()
    for pattern in patterns:
        needed = literals(pattern)
        if needed and min(map(len, needed)) >= _ENOUGH and not ignores_case(pattern):
            texts |= needed
        else:
            others.add(_core(pattern))
    return (*map(re.escape, _shortest_of(texts)), *sorted(others))


def _shortest_of(texts: Iterable[str]) -> list[str]:
    """The texts without those that hold another one."""
    kept: list[str] = []
    for text in sorted(texts, key=lambda t: (len(t), t)):
        if not any(other in text for other in kept):
            kept.append(text)
    return kept


def _core(pattern: str) -> str:
    if ignores_case(pattern):
        return relaxed(pattern)
    tree = trimmed(pattern)
    return written(Choice(tuple(_narrowed(option) for option in tree.options), tree.opening))


def _narrowed(items: tuple[Node, ...]) -> tuple[Node, ...]:
    """The items from behind the last open-ended one that a good text follows, up to the first text that is enough."""
    opens = [at + 1 for at, item in enumerate(items) if _open_ended(item) and _shortest(items[at + 1 :]) >= _START]
    items = items[opens[-1] :] if opens else items
    ends = [at for at in range(1, len(items)) if isinstance(items[at], Repeat | Choice | Atom) and _shortest(items[:at]) >= _ENOUGH]
    return items[: ends[0]] if ends else items


def _open_ended(node: Node) -> bool:
    if isinstance(node, Choice):
        return any(_open_ended(item) for option in node.options for item in option)
    return isinstance(node, Repeat | Atom)


def _shortest(items: Sequence[Node]) -> int:
    """Characters of the shortest text of the set of which every match of the items holds one; 0 when there is none."""
    return min(map(len, needed_by(items) or ("",)))
