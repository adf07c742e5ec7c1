"""From offsets in a block to the lines that they fall in."""

from collections.abc import Iterable

Span = tuple[int, int]
"""Start and end offsets of a line, without its end."""


def lines_at(block: bytes, ends: Iterable[int]) -> list[Span]:
    """The lines in which matches end, each once, in order; `ends` are the offsets after the matches."""
    spans: list[Span] = []
    past = -1
    for end in sorted(ends):
        if end <= past:
            continue
        at = end - 1 if end else 0
        stop = block.find(b"\n", at)
        if stop < 0:
            stop = len(block)
        spans.append((block.rfind(b"\n", 0, at) + 1, stop))
        past = stop + 1
    return spans
