"""A block of a long log, counted: the lines that a pattern may match, those alike counted as one with a few samples."""

import re

from msgspec import Struct, field

from plegma.evidence.read.line_heads import Heads, Said
from plegma.evidence.scan import Scanner
from plegma.evidence.scan_spans import Span

SAMPLES = 3
_LONGEST = 2000
_MOST_KNOWN = 20_000
_TAIL = 16 * 1024
"""Bytes at a block's end in which its last line nearly always is."""
_INDENTS = frozenset(b" \t>")
_FARTHEST = 4096
"""How far back the header of a record over several lines is looked for, in bytes."""
_VARYING = re.compile(
    rb"[\da-fIWEF](?<!\w.)(?:(?<=[IWEF])\d{4} \d\d:\d\d:\d\d\.\d+ +\d+|[0-9a-f]{31,63}\b"
    rb"|(?<=\d)(?:\d{3}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]*|(?<!-.)[\d.:]*(?:[mnu]?s|m|h)?(?![\w-])))"
)
"""Times, long ids and numbers; what may be part of a name is left alone: db-0 and db-1 are two pods.

It begins with a set of characters, which the engine skips to: three times as fast as one that begins with an anchor.
"""


class Group(Struct):
    """Raw lines that differ in times and ids only: how many, the first ones, and the last one, each with its number."""

    count: int
    samples: list[tuple[bytes, int]]
    last: tuple[bytes, int]


class Tally(Struct):
    """A block of whole lines: how many, how many of them blank, the last that is not, and those that matter by their likeness."""

    lines: int
    blank: int
    last: bytes
    groups: dict[bytes, Group] = field(default_factory=dict)


class Counter:
    """Counts blocks. The same message after another time is told without looking for what varies in it."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._heads = Heads()
        self._known: dict[Said, bytes] = {}

    def tally(self, block: bytes) -> Tally:
        """The block's tally; its lines are numbered from 1."""
        alike: dict[bytes, list[Span]] = {}
        same: dict[Said, list[Span]] = {}
        said_by = self._heads.said
        for span in self._scanner.hits(block):
            start, end = span
            if block[start] in _INDENTS:
                line = record(block, start, end)
                said = said_by(line, 0, len(line))
            else:
                said = said_by(block, start, end)
            spans = same.get(said)
            if spans is None:
                spans = same[said] = alike.setdefault(self._likeness(said), [])
            spans.append(span)
        groups, lines = _numbered(alike, block)
        return Tally(lines, self._scanner.blank(block), last_line(block), groups)

    def _likeness(self, said: Said) -> bytes:
        """What lines have in common that differ in times and ids only."""
        if (found := self._known.get(said)) is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[said] = _VARYING.sub(b"#", b"".join(said)[:_LONGEST])
        return found


def _numbered(alike: dict[bytes, list[Span]], block: bytes) -> tuple[dict[bytes, Group], int]:
    """The groups with the lines that stand for each and the numbers of these; how many lines the block has."""
    lines: dict[Span, tuple[bytes, int]] = {}
    number, seen = 1, 0
    for span in sorted({span for spans in alike.values() for span in (*spans[:SAMPLES], spans[-1])}):
        number, seen = number + block.count(b"\n", seen, span[0]), span[0]
        lines[span] = (record(block, *span), number)
    groups = {likeness: Group(len(spans), [lines[span] for span in spans[:SAMPLES]], lines[spans[-1]]) for likeness, spans in alike.items()}
    return groups, number + block.count(b"\n", seen) - block.endswith(b"\n")


def last_line(block: bytes) -> bytes:
    """The last line that is not blank."""
    ending = block[-_TAIL:].rstrip()
    if b"\n" not in ending:
        ending = b"\n" + block.rstrip()
    return ending[ending.rindex(b"\n") + 1 :]


def record(block: bytes, start: int, end: int) -> bytes:
    """A line; an indented one joined to the header of the record that it goes on."""
    line = block[start:end]
    if line[0] not in _INDENTS:
        return line
    before = block[max(0, start - _FARTHEST) : start].splitlines()
    head = next((other for other in reversed(before) if other and other[0] not in _INDENTS), b"")
    return head + b" " + line.strip() if head else line
