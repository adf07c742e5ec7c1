"""Indents that are not the output's: of a whole text, and of Markdown's code blocks."""

from collections.abc import Iterator, Sequence

from plegma.evidence.parse.line_kinds import has_cjk, is_markdown, is_narrative

_CODE = 4
"""Markdown takes lines that are indented by four columns, below a blank line, for code."""


def outdented(lines: Sequence[str]) -> tuple[tuple[str, ...], frozenset[int]]:
    """The lines without the indent that all of them share and without that of code blocks below prose; which lines are in such blocks."""
    width = _common(lines)
    plain = [_cut(line, width) for line in lines] if width else list(lines)
    code: set[int] = set()
    for start, end in _code_blocks(plain):
        width = _common(plain[start:end])
        plain[start:end] = [_cut(line, width) for line in plain[start:end]]
        code.update(range(start, end))
    return tuple(plain), frozenset(code)


def _code_blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of indented lines, blank ones between them, that follow a person's words and a blank line."""
    done = 1
    for at in range(1, len(lines)):
        if at < done or lines[at - 1] or not lines[at][:1].isspace() or not _is_told(lines, at):
            continue
        end = _end(lines, at)
        if _common(lines[at:end]) >= _CODE:
            yield at, end
            done = end


def _is_told(lines: Sequence[str], before: int) -> bool:
    """Does a person tell something on the last line before, blank ones left out?"""
    line = next((lines[at] for at in range(before - 1, -1, -1) if lines[at]), "")
    return bool(line) and (has_cjk(line) or is_markdown(line) or is_narrative(line) or line.endswith(":"))


def _end(lines: Sequence[str], start: int) -> int:
    end = at = start
    while at < len(lines) and (not lines[at] or lines[at][:1].isspace()):
        at += 1
        end = at if lines[at - 1] else end
    return end


def _common(lines: Sequence[str]) -> int:
    """The width of the white space that all lines but blank ones begin with; tabs count as eight."""
    width = 1000
    for line in lines:
        if line:
            if not line[0].isspace():
                return 0
            body = line.lstrip()
            width = min(width, len(line[: len(line) - len(body)].expandtabs()))
    return width if width < 1000 else 0


def _cut(line: str, width: int) -> str:
    body = line.lstrip()
    indent = line[: len(line) - len(body)].expandtabs()
    return indent[width:] + body if line else line
