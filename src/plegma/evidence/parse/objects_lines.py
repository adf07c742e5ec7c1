"""Where a field of a JSON or YAML document stands, found by indentation.

Pretty-printed JSON and block YAML share one outline: what belongs to a line is indented deeper than it. So one walk
finds `("items", 3, "status", "phase")` in both, without a second parser. A document on one line has one line number.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

_KEY = re.compile(r"""["']?([^\s"':{}\[\],#][^"':]*?)["']?\s*:(?:\s|$)""")
_BLANK_LEVEL = 1 << 30
_ROOT_LEVEL = -1
_CLOSERS = ("}", "]")

Step = str | int
Path = tuple[Step, ...]


class Place(Struct, frozen=True):
    """A field's own line (0-based), and the level that what belongs to it must exceed."""

    line: int
    level: int


class Outline:
    """The nesting of a document's lines, worked out when it is first asked for."""

    __slots__ = ("_ends", "_known", "_levels", "_lines")

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._levels: list[int] = []
        self._ends: list[int] = []
        self._known: dict[Path, tuple[Place, dict[Step, Place]]] = {}

    def line_of(self, path: Path) -> int:
        """0-based line of the deepest step of the path that can be found."""
        if len(self._lines) < 2:
            return 0
        if not self._levels:
            self._levels = [_level(line) for line in self._lines]
            self._ends = _ends(self._levels)
            self._known[()] = (self._root(), {})
        return self._place(path).line

    def _root(self) -> Place:
        first = next((n for n, line in enumerate(self._lines) if line.strip()), 0)
        if self._lines[first].lstrip()[:1] in {"{", "["}:
            return Place(first, self._levels[first])
        return Place(-1, _ROOT_LEVEL)

    def _place(self, path: Path) -> Place:
        if path in self._known:
            return self._known[path][0]
        parent = self._place(path[:-1])
        _, children = self._known.setdefault(path[:-1], (parent, {}))
        if not children:
            children.update(self._children(parent))
        place = children.get(path[-1], Place(max(parent.line, 0), parent.level))
        self._known[path] = (place, {})
        return place

    def _children(self, parent: Place) -> Iterator[tuple[Step, Place]]:
        count = 0
        if parent.line >= 0 and (opened := _item_key(self._lines[parent.line])) and parent.level % 2:
            yield opened[0], Place(parent.line, 2 * opened[1])
        for line in self._below(parent):
            text = self._lines[line].lstrip()
            if text.startswith(("- ", "-\n")) or text == "-" or (text.startswith(("{", "[", '"')) and not _KEY.match(text)):
                yield count, Place(line, self._levels[line])
                count += 1
            elif found := _KEY.match(text):
                yield found[1], Place(line, self._levels[line])

    def _below(self, parent: Place) -> Iterator[int]:
        line = parent.line + 1
        while line < len(self._lines) and self._levels[line] > parent.level:
            if self._levels[line] < _BLANK_LEVEL and not self._lines[line].lstrip().startswith(_CLOSERS):
                yield line
            line = self._ends[line] if self._levels[line] < _BLANK_LEVEL else line + 1


def _level(line: str) -> int:
    text = line.lstrip()
    if not text or text.startswith("#"):
        return _BLANK_LEVEL
    indent = len(line) - len(text)
    return 2 * indent + (1 if text.startswith("- ") or text.rstrip() == "-" else 0)


def _ends(levels: Sequence[int]) -> list[int]:
    ends = [len(levels)] * len(levels)
    open_lines: list[int] = []
    for line, level in enumerate(levels):
        if level == _BLANK_LEVEL:
            continue
        while open_lines and levels[open_lines[-1]] >= level:
            ends[open_lines.pop()] = line
        open_lines.append(line)
    return ends


def _item_key(line: str) -> tuple[str, int] | None:
    """The key that a YAML item opens with ("- name: x" -> name) and its column."""
    text = line.lstrip()
    if not text.startswith("- "):
        return None
    inner = text[2:].lstrip()
    found = _KEY.match(inner)
    return (found[1], len(line) - len(inner)) if found else None
