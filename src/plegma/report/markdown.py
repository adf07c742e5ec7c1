"""The outline as Markdown, for a ticket."""

from collections.abc import Iterable, Iterator

from plegma.report.outlines import Line

_SPECIAL = str.maketrans({c: "\\" + c for c in "\\`*_[]<>#|"})


def to_markdown(lines: Iterable[Line]) -> str:
    """Headings, lists, and code for everything that comes out of the evidence."""
    return "\n".join(_drawn(lines)) + "\n"


def _drawn(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        if line.style in {"good", "bad", "warn"} and line.depth == 0:
            yield f"# {line.text.translate(_SPECIAL)}"
        elif line.style == "heading":
            yield f"\n{'#' * (line.depth + 2)} {line.text.translate(_SPECIAL)}\n"
        elif line.style in {"command", "evidence"}:
            yield f"{'  ' * max(line.depth - 2, 0)}- {_code(line.text)}"
        else:
            yield f"{'  ' * max(line.depth - 2, 0)}- {line.text.translate(_SPECIAL)}"


def _code(text: str) -> str:
    """An inline code span that holds any backticks of the text."""
    fence = "`"
    while fence in text:
        fence += "`"
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
