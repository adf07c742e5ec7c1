"""Reads what was handed in once more, for the lines around those that an answer names."""

from collections.abc import Callable, Iterator, Mapping, Set
from typing import BinaryIO

from plegma.evidence.parse.lines import decode
from plegma.evidence.read.artifacts import Artifact, CutShortError
from plegma.evidence.read.limits import Limits
from plegma.evidence.read.line_blocks import line_blocks
from plegma.evidence.read.sources import read
from plegma.evidence.read.spans import content
from plegma.evidence.read.streams import Chained, take

Clean = Callable[[str], str]
_BLOCK = 4 * 1024 * 1024
_WIDE = 100
"""Lines that are cleaned together with one of a long log on each side: what a secret is may stand far above it."""


def lines_around(
    paths: list[str], wanted: Mapping[str, Set[int]], margin: int, limits: Limits, clean: Clean, stdin: BinaryIO | None = None
) -> Iterator[tuple[str, Mapping[int, str]]]:
    """For each artifact that has wanted lines (1-based), their text and that of `margin` lines on each side.

    `clean` goes over whole texts (over wide pieces of long logs) before they are cut into lines; a piece whose number of
    lines it changes is left out, since its lines could no longer be told apart.
    """
    for found in read(paths, limits, stdin=stdin):
        if isinstance(found, Artifact) and (lines := wanted.get(found.name)):
            yield found.name, _of(found, lines, margin, limits, clean)


def _of(artifact: Artifact, lines: Set[int], margin: int, limits: Limits, clean: Clean) -> dict[int, str]:
    stream = artifact.open()
    data, why = take(stream, limits.whole + 1)
    near = {n for line in lines for n in range(line - margin, line + margin + 1)}
    if len(data) <= limits.whole or why is not None:
        return {n: text for n, text in _cleaned(decode(data).split("\n"), 1, clean) if n in near}
    return {n: text for piece in _pieces(data, stream, lines) for n, text in _cleaned(*piece, clean) if n in near}


def _cleaned(lines: list[str], first: int, clean: Clean) -> Iterator[tuple[int, str]]:
    cleaned = clean("\n".join(lines)).split("\n")
    if len(cleaned) == len(lines):
        yield from enumerate((line.removesuffix("\r") for line in cleaned), first)


def _pieces(head: bytes, rest: BinaryIO, lines: Set[int]) -> Iterator[tuple[list[str], int]]:
    """Runs of a long log's lines around the wanted ones, each with the number of its first line."""
    before = 0
    for block in _blocks(head, rest):
        count = block.count(b"\n") + (not block.endswith(b"\n"))
        here = sorted(line for line in lines if before < line <= before + count)
        if here:
            texts = [decode(line) for line in block.split(b"\n")]
            for start, end in _runs(here):
                low, high = max(start - before - 1 - _WIDE, 0), end - before + _WIDE
                yield texts[low:high], before + low + 1
        before += count


def _runs(lines: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of lines that stand so near that they are cleaned together."""
    start = last = lines[0]
    for line in lines[1:]:
        if line - last > 2 * _WIDE:
            yield start, last
            start = line
        last = line
    yield start, last


def _blocks(head: bytes, rest: BinaryIO) -> Iterator[bytes]:
    """Blocks of whole lines, as far as the stream can be read."""
    cut = head.rfind(b"\n") + 1
    yield head[:cut]
    try:
        yield from map(content, line_blocks(Chained(head[cut:], rest), _BLOCK))  # type: ignore[arg-type]  # all that is used is there
    except CutShortError:
        return
