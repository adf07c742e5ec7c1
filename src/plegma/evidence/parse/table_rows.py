"""The rows under a header: where they end, and rows that stand on two lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plegma.evidence.parse.blocks import Document, ends_output
from plegma.evidence.parse.joins import shares_width
from plegma.evidence.parse.line_kinds import has_cjk, is_elision
from plegma.evidence.parse.tables import Header, cells_of


@dataclass(frozen=True, slots=True)
class Row:
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
        text += lines[end]
        end += 1
    return text, end


def rows_under(document: Document, index: int, header: Header, fits: Fits = has_cells) -> tuple[list[Row], int]:
    """The rows from the line with this index on, and the index after the last one; a blank line ends the table."""
    rows: list[Row] = []
    at = index
    while at < len(document.lines) and (line := document.lines[at]) and not ends_output(line):
        if not is_elision(line):
            if has_cjk(line):
                break
            if fits(line, header):
                rows.append(Row(at, line, header.row(line)))
            elif rows and len(rows[-1].cells) < len(header.columns) and shares_width(document, at - 1):
                joined = rows[-1].line + line
                rows[-1] = Row(rows[-1].index, joined, header.row(joined))
            elif header.loose and " " not in line and at + 1 < len(document.lines) and document.lines[at + 1].startswith("  "):
                line = f"{line} {document.lines[at + 1].strip()}"  # df puts a long device's name on a line of its own
                rows.append(Row(at, line, header.row(line)))
                at += 1
            else:
                break
        at += 1
    return rows, at
