"""Printing: width, colours, pipes that close early, secrets that a message would show."""

import io
import os
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

from plegma.model.texts import Lang

if TYPE_CHECKING:
    from plegma.report.lines import Line


_PROSE = 120
"""Cells: prose in longer rows is hard to read."""


def emit(text: str) -> None:
    """Writes text to standard output, with `?` for what its encoding does not have.

    A reader that has gone away (`| head`) is no error.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def emit_json(text: str) -> None:
    """Writes JSON to standard output: in UTF-8, whatever the locale (RFC 8259, 8.1)."""
    _in_utf8()
    emit(text + "\n")


def emit_page(text: str) -> None:
    """Writes a web page to standard output: in UTF-8, as it says of itself."""
    _in_utf8()
    emit(text)


def _in_utf8() -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def emit_lines(lines: "Iterable[Line]") -> None:
    """Writes an outline as text for the terminal."""
    from plegma.report.terminal import to_text

    emit(to_text(lines, width(), colours(), _PROSE, ascii_only=not _draws(sys.stdout.encoding)))


def _draws(encoding: str | None) -> bool:
    """Has the encoding the marks that we draw with?"""
    try:
        "┌├└│─→·…".encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def warn(message: str) -> None:
    """Says on standard error what is not as it should be, without secrets and control characters."""
    from plegma.evidence.secrets import mask
    from plegma.report.escapes import visible

    sys.stderr.write("".join(f"plegma: {visible(mask(line))}\n" for line in message.splitlines()))


def fail(message: str, code: int) -> NoReturn:
    """Says what is wrong, and what to do, on standard error and ends with an exit code."""
    warn(message)
    raise SystemExit(code)


def width() -> int:
    """Cells to a line: the terminal's, or 120 when piped."""
    return shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 120


def colours() -> bool:
    """Colours on a terminal unless NO_COLOR is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def language(asked: str | None) -> Lang:
    """The language asked for, else the locale's if it is Japanese, else English."""
    if asked is None:
        locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
        asked = "ja" if locale.startswith("ja") else "en"
    return "ja" if asked == "ja" else "en"


class TerminalProgress:
    """One line on standard error that says which artifact is being read; only on a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, name: str, done: int) -> None:
        """Shows the artifact's name and how many bytes of it were read."""
        if self._shown:
            from plegma.report.escapes import visible

            size = f" {done / 1e6:.1f} MB"
            room = max(8, shutil.get_terminal_size().columns - len(size) - 1)
            sys.stderr.write(f"\r\x1b[K{visible(name)[-room:]}{size}")

    def close(self) -> None:
        """Clears the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
