"""Tables with a header: which cell belongs to which column, also where cells are empty or out of line."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

_CELL = re.compile(r"\S+(?: \S+)*")
_TOKEN = re.compile(r"\S+")
_TWO_WORDS = (
    "NOMINATED NODE", "READINESS GATES", "LAST SEEN", "FIRST SEEN", "CONTAINER ID", "POD ID", "IMAGE ID", "POD RUNTIME",
    "NODE SELECTOR", "ACCESS MODES", "RECLAIM POLICY", "SCALE TARGET", "Mounted on",
)  # fmt: skip


class Cell(Struct, frozen=True):
    """A cell's text and the column of the screen at which it starts."""

    text: str
    start: int


class Header(Struct, frozen=True):
    """The columns of a table; `loose` when they stand only one space apart."""

    columns: tuple[Cell, ...]
    loose: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names as written."""
        return tuple(column.text for column in self.columns)

    def row(self, line: str) -> Mapping[str, str]:
        """The row's cells by column name; an empty cell is absent. More cells than columns go to the last column."""
        cells = cells_of(line, self.loose)
        if len(cells) > len(self.columns):
            cells = self._folded(line, cells)
        if len(cells) < len(self.columns):
            return {self.columns[at].text: cell.text for at, cell in zip(_aligned(cells, self.columns), cells, strict=True)}
        return {column.text: cell.text for column, cell in zip(self.columns, cells, strict=True)}

    def _folded(self, line: str, cells: Sequence[Cell]) -> list[Cell]:
        last = len(self.columns) - 1
        return [*cells[:last], Cell(line.expandtabs()[cells[last].start :], cells[last].start)]


def cells_of(line: str, loose: bool = False) -> list[Cell]:
    """The cells of a line: runs of text set apart by two spaces or a tab (by any space when `loose`)."""
    if "\t" in line:
        line = re.sub(r" *\t\s*", "\t", line.strip("\t ")).replace("\t", "   ")
    return [Cell(match.group(), match.start()) for match in (_TOKEN if loose else _CELL).finditer(line)]


def header_of(line: str) -> Header:
    """The header on a line; two-word names are kept together where the columns are one space apart."""
    cells = cells_of(line)
    if len(cells) > 1 or " " not in line.strip():
        return Header(tuple(cells))
    for name in _TWO_WORDS:
        line = line.replace(name, name.replace(" ", "\0"))
    return Header(tuple(Cell(cell.text.replace("\0", " "), cell.start) for cell in cells_of(line, loose=True)), loose=True)


def _aligned(cells: Sequence[Cell], columns: Sequence[Cell]) -> list[int]:
    """Columns for fewer cells than columns: in order, with the least sum of distances between their starts."""
    best: list[tuple[int, list[int]]] = [(0, [])] * (len(columns) + 1)
    for position, cell in enumerate(cells):
        fresh: list[tuple[int, list[int]]] = [(10**9, [])] * (len(columns) + 1)
        for column in range(position, len(columns)):
            cost, path = best[column]
            candidate = (cost + abs(cell.start - columns[column].start), [*path, column])
            fresh[column + 1] = min(fresh[column], candidate, key=lambda entry: entry[0])
        best = fresh
    return best[len(columns)][1]
