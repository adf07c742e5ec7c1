"""The rows under a header: where they end, and rows that stand on two lines."""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from plegma.evidence.parse.blocks import Document, ends_output
from plegma.evidence.parse.joins import shares_width
from plegma.evidence.parse.line_kinds import has_cjk, is_elision
from plegma.evidence.parse.tables import Header, cells_of

_UPPER = re.compile(r"[A-Z ()/%_-]+$")


class Row(Struct, frozen=True):
    """A row: the index of its first line, its text as one line, its cells by column name."""

    index: int
    line: str
    cells: Mapping[str, str]


Fits = Callable[[str, Header], bool]


def has_cells(line: str, header: Header) -> bool:
    """Does the line have at least half as many cells as the table has columns (two at least, or one in a narrow table)?"""
    return len(cells_of(line, header.loose)) >= min(len(header.columns), max(2, len(header.columns) // 2))


def logical_line(document: Document, at: int, is_whole: Callable[[str], bool], is_row: Callable[[str], bool]) -> tuple[str, int]:
    """The line with what a terminal wrapped of it, and the index after it.

    Only a line that is not whole goes on, and never with a line that begins a row itself.
    """
    text, end, lines = document.lines[at], at + 1, document.lines
    while end < len(lines) and lines[end] and not is_whole(text) and shares_width(document, end - 1):
        if is_row(lines[end]) or ends_output(lines[end]):
            break
        text += _gap(document, end - 1) + lines[end]
        end += 1
    return text, end


def _gap(document: Document, index: int) -> str:
    """The white space at the end of a line that was cut there."""
    raw = document.raw[index]
    return " " * (len(raw) - len(raw.rstrip()))


def header_line(document: Document, index: int) -> tuple[str, int]:
    """The header that may stand on this line, with what a terminal wrapped of it, and the index after it."""
    return logical_line(document, index, lambda _: False, lambda line: not _UPPER.match(line))


def rows_under(document: Document, index: int, header: Header, fits: Fits = has_cells) -> tuple[list[Row], int]:
    """The rows from the line with this index on, and the index after the last one; a blank line ends the table."""
    rows: list[Row] = []
    at = index
    while at < len(document.lines) and (line := document.lines[at]) and not ends_output(line):
        if not is_elision(line):
            if has_cjk(line):
                break
            if (whole := _completed(document, rows, at, header)) is not None:
                rows[-1] = whole
            elif fits(line, header):
                rows.append(Row(at, line, header.row(line)))
            elif header.loose and " " not in line and at + 1 < len(document.lines) and document.lines[at + 1].startswith("  "):
                line = f"{line} {document.lines[at + 1].strip()}"  # df puts a long device's name on a line of its own
                rows.append(Row(at, line, header.row(line)))
                at += 1
            else:
                break
        at += 1
    return rows, at


def _completed(document: Document, rows: list[Row], at: int, header: Header) -> Row | None:
    """The last row with this line behind it, where that makes it whole: the terminal had wrapped it."""
    if not rows or len(rows[-1].cells) >= len(header.columns) or not shares_width(document, at - 1):
        return None
    line = rows[-1].line + _gap(document, at - 1) + document.lines[at]
    return Row(rows[-1].index, line, header.row(line)) if len(cells_of(line, header.loose)) == len(header.columns) else None
