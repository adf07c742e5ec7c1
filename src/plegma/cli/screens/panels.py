"""The panels of the views: tables that keep their cursor while their rows change, and texts."""

import os
from collections.abc import Sequence
from typing import Any

from rich.text import Text as Cell
from textual.widgets import DataTable, RichLog

from plegma.report.escapes import visible

Keyed = tuple[str, tuple[str, ...]]


def plain_colours() -> bool:
    """Is NO_COLOR set? With the terminal's own colours alone, textual leaves them all away (else it would draw in greys)."""
    return bool(os.environ.get("NO_COLOR"))


class Table(DataTable[Cell]):
    """A table of words. What is not well is bold and reversed besides its mark, so that no colour has to tell it."""

    def __init__(self, title: str, columns: Sequence[str], **options: Any) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False, cell_padding=1, **options)
        self.border_title = title
        self._columns = columns
        self._shown: list[Keyed] = []

    def on_mount(self) -> None:
        """The columns stay; rows come with `show`."""
        self.add_columns(*self._columns)

    def show(self, rows: Sequence[Keyed]) -> None:
        """Shows the rows; the cursor stays on its row's key while that is there."""
        rows = list(rows)
        if rows == self._shown:
            return
        key = self.selected()
        self._shown = rows
        self.clear()
        for row_key, row in rows:
            self.add_row(*(_cell(text) for text in row), key=row_key)
        keys = [row_key for row_key, _ in rows]
        self.move_cursor(row=keys.index(key) if key in keys else 0, animate=False)

    def selected(self) -> str:
        """The key of the cursor's row; empty where there is none."""
        return self._shown[self.cursor_row][0] if 0 <= self.cursor_row < len(self._shown) else ""

    def row(self) -> tuple[str, ...]:
        """The words of the cursor's row."""
        return self._shown[self.cursor_row][1] if 0 <= self.cursor_row < len(self._shown) else ()


def _cell(text: str) -> Cell:
    return Cell(visible(text), style="bold reverse" if text.startswith("!!") else "", no_wrap=True)


class Tail(RichLog):
    """The end of a log."""

    def __init__(self, title: str, **options: Any) -> None:
        super().__init__(wrap=False, markup=False, highlight=False, **options)
        self.border_title = title
        self._lines: list[str] = []

    def show(self, lines: Sequence[str]) -> None:
        """Shows the lines, the last one at the bottom."""
        if list(lines) != self._lines:
            self._lines = list(lines)
            self.clear()
            for line in lines:
                self.write(Cell(visible(line), no_wrap=True))
