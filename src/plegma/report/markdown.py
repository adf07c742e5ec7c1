"""The outline as Markdown, for a ticket."""

import re
from collections.abc import Iterable, Iterator

from plegma.report.lines import Line, printable

_ADDRESS = re.compile(r"https?://[^\s<>]+")
_SPECIAL = str.maketrans({c: "\\" + c for c in "\\`*_[]<>#|"})


def to_markdown(lines: Iterable[Line]) -> str:
    """Headings, lists, and code for everything that comes out of the evidence."""
    return "\n".join(drawn(lines)) + "\n"


def drawn(lines: Iterable[Line]) -> Iterator[str]:
    """One piece of Markdown for each line; lists are indented from the first line below their heading."""
    base: int | None = None
    for line in printable(lines):
        if line.style == "heading" or line.depth == 0:
            yield _block(line)
            base = None
            continue
        base = line.depth if base is None else min(base, line.depth)
        yield f"{'  ' * (line.depth - base)}- {_inline(line)}"


def _block(line: Line) -> str:
    if line.style in {"title", "good", "bad", "warn"}:
        return f"# {_inline(line)}"
    if line.style == "heading":
        return f"\n{'#' * (line.depth + 2)} {_inline(line)}\n"
    return f"\n{_inline(line)}"


def _inline(line: Line) -> str:
    if line.style in {"command", "evidence", "run"}:
        return _code(line.whole)
    if line.style == "todo":
        return f"[ ] {line.whole.translate(_SPECIAL)}"
    return f"<{line.text}>" if _ADDRESS.fullmatch(line.whole) else line.whole.translate(_SPECIAL)


def _code(text: str) -> str:
    """An inline code span that holds any backticks of the text."""
    fence = "`"
    while fence in text:
        fence += "`"
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
