"""From offsets in a block to the lines that they fall in."""

from collections.abc import Iterable

Span = tuple[int, int]
"""Start and end offsets of a line, without its end."""


def lines_at(block: bytes, ends: Iterable[int]) -> list[Span]:
    """The lines in which matches end, each once, in order; `ends` are the offsets after the matches."""
    spans: list[Span] = []
    stop = -2
    for end in sorted(ends):
        if end - 1 <= stop:
            continue
        at = max(end - 1, 0)
        stop = block.find(b"\n", at)
        stop = len(block) if stop < 0 else stop
        spans.append((block.rfind(b"\n", 0, at) + 1, stop))
    return spans
