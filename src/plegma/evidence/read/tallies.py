"""A block of a long log, counted: the lines that a pattern may match, those alike counted as one with a few samples."""

import re

from msgspec import Struct, field

from plegma.evidence.scan import Scanner

SAMPLES = 3
_LONGEST = 2000
_MOST_KNOWN = 20_000
_TAIL = 16 * 1024
"""Bytes at a block's end in which its last line nearly always is."""
_INDENTS = frozenset((b" ", b"\t", b">"))
_FARTHEST = 4096
"""How far back the header of a record over several lines is looked for, in bytes."""
_BLANK = re.compile(rb"\n\n")
"""bytes.count takes three times as long for two characters."""
_HEAD = re.compile(
    rb'(?:[A-Z][a-z]{2} [ \d]\d [\d:]{8} |\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)? |time="[^"]{8,40}" )?'
    rb"((?:[\w.-]+ [\w.@-]+(?:\[\d+\])?: )?)(?:([IWEF])\d{4} [\d:]{8}\.\d+ +\d+ )?"
)
"""A line's time, then who wrote it, and klog's severity, time and process."""
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
        self._known: dict[tuple[bytes, bytes, bytes], bytes] = {}

    def tally(self, block: bytes) -> Tally:
        """The block's tally; its lines are numbered from 1."""
        groups: dict[bytes, Group] = {}
        for start, end in self._scanner.hits(block):
            raw = block[start:end]
            if raw[:1] in _INDENTS:
                raw = record(block, start, end)
            likeness = self.likeness(raw)
            group = groups.get(likeness)
            if group is None:
                groups[likeness] = Group(1, [(raw, start)], (raw, start))
                continue
            group.count += 1
            group.last = (raw, start)
            if group.count <= SAMPLES:
                group.samples.append((raw, start))
        lines = block.count(b"\n") + (not block.endswith(b"\n"))
        return Tally(lines, len(_BLANK.findall(block)), last_line(block), _numbered(groups, block))

    def likeness(self, raw: bytes) -> bytes:
        """What lines have in common that differ in times and ids only."""
        head = _HEAD.match(raw)
        if head is None or not head.end():
            return _VARYING.sub(b"#", raw[:_LONGEST])
        exact = (head[1], head[2] or b"", raw[head.end() :])
        if (found := self._known.get(exact)) is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[exact] = _VARYING.sub(b"#", b"".join(exact)[:_LONGEST])
        return found


def _numbered(groups: dict[bytes, Group], block: bytes) -> dict[bytes, Group]:
    """The groups with the numbers of their lines in place of the offsets."""
    numbers: dict[int, int] = {}
    line, seen = 1, 0
    for start in sorted({at for group in groups.values() for _, at in (*group.samples, group.last)}):
        line, seen = line + block.count(b"\n", seen, start), start
        numbers[start] = line
    for group in groups.values():
        group.samples = [(raw, numbers[at]) for raw, at in group.samples]
        group.last = group.last[0], numbers[group.last[1]]
    return groups


def last_line(block: bytes) -> bytes:
    """The last line that is not blank."""
    ending = block[-_TAIL:].rstrip()
    if b"\n" not in ending:
        ending = b"\n" + block.rstrip()
    return ending[ending.rindex(b"\n") + 1 :]


def record(block: bytes, start: int, end: int) -> bytes:
    """An indented line, joined to the header of the record that it goes on."""
    line = block[start:end]
    before = block[max(0, start - _FARTHEST) : start].splitlines()
    head = next((other for other in reversed(before) if other and other[:1] not in _INDENTS), b"")
    return head + b" " + line.strip() if head else line
