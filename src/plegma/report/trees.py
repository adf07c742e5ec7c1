"""Where the trunk of a chain stands: what is drawn to the left of each line of an outline."""

from collections.abc import Iterator, Sequence

from plegma.report.lines import Line

Lead = tuple[str, str]
"""What stands before the first row of a line, and before its other rows."""
_TRUNK, _NONE = "│  ", "   "


def leads(lines: Sequence[Line]) -> list[Lead]:
    """The indent of each line; steps of one chain hang on one trunk, from the first to the last."""
    found = [("  " * line.depth,) * 2 for line in lines]
    for start, end in _chains(lines):
        depth = lines[start].depth
        steps = [n for n in range(start, end) if lines[n].style == "step" and lines[n].depth == depth]
        for number in range(start, end):
            beside = _TRUNK if number < steps[-1] else _NONE
            here = _mark(number, steps) if number in steps else beside + "  " * (lines[number].depth - depth - 1)
            there = beside if number in steps else here
            found[number] = ("  " * depth + here, "  " * depth + there)
    return found


def _mark(number: int, steps: Sequence[int]) -> str:
    if len(steps) == 1:
        return "── "
    return "┌─ " if number == steps[0] else "└→ " if number == steps[-1] else "├→ "


def _chains(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where each chain starts, and where what follows it starts."""
    start: int | None = None
    for number, line in enumerate(lines):
        if start is not None and line.style != "step" and line.depth <= lines[start].depth:
            yield start, number
            start = None
        if start is None and line.style == "step":
            start = number
    if start is not None:
        yield start, len(lines)
