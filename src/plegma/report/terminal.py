"""The outline as terminal text: wrapped to the width, coloured when asked to; East Asian widths count two cells."""

from collections.abc import Iterable, Iterator, Sequence

from plegma.report.lines import Line, Style, printable
from plegma.report.trees import Lead, leads
from plegma.report.widths import cells, wrapped

_NARROWEST = 40
_EVIDENCE_ROWS = 40
_DIM = "2"
_CODES: dict[Style, str] = {"title": "1", "heading": "1", "dim": _DIM, "command": "36", "evidence": _DIM, "run": "36"}
_LABEL_CODES: dict[Style, str] = {"good": "1;32", "bad": "1;31", "warn": "1;33", "step": "1", "answer": "1", "item": "1"}
_MARKS: dict[Style, str] = {"item": "- ", "todo": "[ ] ", "command": "$ ", "run": "$ ", "evidence": "> "}
_ASCII = str.maketrans("┌├└│─→·…", ",|`|->-~")
_Span = tuple[str, str]
"""SGR codes, and the text that they are for."""


def to_text(lines: Iterable[Line], width: int, colour: bool, prose: int | None = None, ascii_only: bool = False) -> str:
    """Lines of at most `width` cells, and of `prose` cells where it is no evidence.

    `colour` adds SGR codes and nothing else; `ascii_only` draws our marks in ASCII.
    """
    listed = list(printable(lines))
    column = max((cells(line.label) for line in listed if line.style == "answer"), default=0) + 2
    width = max(width, _NARROWEST)
    widths = (width, min(width, prose or width))
    rows = (
        row for line, lead, gap in zip(listed, leads(listed), _gaps(listed), strict=True) for row in _rows(line, lead, gap, widths, column)
    )
    text = "\n".join("".join(_painted(span, colour) for span in row).rstrip() for row in rows) + "\n"
    return text.translate(_ASCII) if ascii_only else text


def _gaps(lines: Sequence[Line]) -> Iterator[bool]:
    """Does a blank row come before the line? It does before a section, and where one ends."""
    before = 0
    for line in lines:
        yield line.depth == 0 and (line.style == "heading" or before > 0)
        before = line.depth


def _painted(span: _Span, colour: bool) -> str:
    code, text = span
    return f"\x1b[{code}m{text}\x1b[0m" if colour and code and text else text


def _rows(line: Line, lead: Lead, gap: bool, widths: tuple[int, int], column: int) -> Iterator[Sequence[_Span]]:
    """The rows of one line, after a blank one if there is to be a gap. In cells: how wide evidence and prose may be, and how wide the
    labels of the short answer are."""
    if gap:
        yield ()
    code, beside = _CODES.get(line.style, ""), line.style == "answer"
    mark = " " * (column if line.style == "run" else 0) + _MARKS.get(line.style, "")
    margin = (_LABEL_CODES["answer"], line.label.ljust(column - cells(line.label) + len(line.label))) if beside else (code, mark)
    hang = margin if line.style == "evidence" else ("", " " * cells(margin[1]))
    label, whole = ("", line.text) if beside else (line.label, line.whole)
    room = widths[line.style != "evidence"] - cells(lead[0]) - cells(margin[1])
    for number, (start, piece) in enumerate(_pieces(whole, line.style, room)):
        cut = max(0, min(len(label) - start, len(piece)))
        before = ((_DIM, lead[1]), hang) if number else ((_DIM, lead[0]), margin)
        yield (*before, (_LABEL_CODES.get(line.style, code), piece[:cut]), (code, piece[cut:]))


def _pieces(text: str, style: Style, room: int) -> Iterator[tuple[int, str]]:
    """The text's rows, each with where in the text it starts; a command is one row, for copying."""
    if style in {"command", "run"}:
        yield 0, text
        return
    start = 0
    pieces = wrapped(text, room)
    for number, piece in enumerate(pieces):
        start = text.find(piece, start)
        cut_short = style == "evidence" and number == _EVIDENCE_ROWS - 1 and len(pieces) > _EVIDENCE_ROWS
        yield start, piece[:-1] + "…" if cut_short else piece
        if cut_short:
            return
        start += len(piece)
