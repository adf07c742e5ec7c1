"""The outline as terminal text: wrapped to the width, coloured when asked to; East Asian widths count two cells."""

from collections.abc import Iterable, Iterator

from plegma.report.outlines import Line, Style
from plegma.report.widths import wrapped

_CODES: dict[Style, str] = {
    "title": "1", "heading": "1", "item": "", "plain": "", "dim": "2", "command": "36", "evidence": "2", "good": "1;32",
    "bad": "1;31", "warn": "1;33",
}  # fmt: skip
_MARK: dict[Style, str] = {"item": "- ", "command": "$ ", "evidence": "│ "}
_EVIDENCE_LINES = 3


def to_text(lines: Iterable[Line], width: int, colour: bool) -> str:
    """Lines of at most `width` cells; `colour` adds SGR codes and nothing else."""
    return "\n".join(_drawn(lines, max(width, 40), colour)) + "\n"


def _drawn(lines: Iterable[Line], width: int, colour: bool) -> Iterator[str]:
    for line in lines:
        if line.style == "heading" and line.depth == 0:
            yield ""
        indent, mark = "  " * line.depth, _MARK.get(line.style, "")
        pieces = [line.text] if line.style == "command" else wrapped(line.text, width - len(indent) - len(mark))
        if line.style == "evidence" and len(pieces) > _EVIDENCE_LINES:
            pieces = [*pieces[: _EVIDENCE_LINES - 1], pieces[_EVIDENCE_LINES - 1][:-1] + "…"]
        for number, piece in enumerate(pieces):
            lead = mark if number == 0 or line.style == "evidence" else " " * len(mark)
            yield indent + _painted(lead + piece, line.style, colour)


def _painted(text: str, style: Style, colour: bool) -> str:
    code = _CODES[style]
    return f"\x1b[{code}m{text}\x1b[0m" if colour and code else text
