"""Columns as kubectl pads them."""

from collections.abc import Sequence


def table(rows: Sequence[Sequence[str]], gap: int = 3) -> str:
    """Rows padded to their columns' widths, three blanks between."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["".join(cell.ljust(widths[i] + gap) for i, cell in enumerate(row)).rstrip() for row in rows]
    return "\n".join(lines) + "\n"
