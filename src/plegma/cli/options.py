"""Options and arguments that several commands share, with the exit codes."""

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli.output import fail

if TYPE_CHECKING:
    from plegma.knowledge.catalog import Catalog

FOUND, USAGE, UNREADABLE, INSUFFICIENT, REFUSED, WORSE = 1, 2, 3, 4, 5, 6
EXIT_CODES = """Exit codes: 0 answered (a problem or health), 1 what was to be reported was found (diagnose --fail-on,
modes --check), 2 wrong usage, 3 nothing readable, 4 not enough evidence."""

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}


class Format(StrEnum):
    """Output formats of a report."""

    text = "text"
    json = "json"
    md = "md"
    html = "html"


class Plain(StrEnum):
    """Output formats of what is no report for a ticket."""

    text = "text"
    json = "json"


class Page(StrEnum):
    """Output formats of a page."""

    text = "text"
    md = "md"


class Language(StrEnum):
    """Languages of the report."""

    en = "en"
    ja = "ja"


def size(text: str) -> int:
    """Bytes of a size such as 512M. Raises typer.BadParameter."""
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise typer.BadParameter(f"{text!r} is no size; write bytes, or for example 512M or 8G")
    return int(float(found[1]) * _UNITS[found[2].upper()])


Paths = Annotated[list[str], typer.Argument(show_default=False)]
"""Said in each command's own text: typer before 0.30 loses the help of arguments with click 8.5."""
Lang_ = Annotated[Language | None, typer.Option("--lang", help="Language; default: the locale's.", show_default=False)]
Knowledge = Annotated[
    list[Path] | None,
    typer.Option("--knowledge", metavar="DIR", help="Folder of your own failure modes (TOML); may be repeated.", show_default=False),
]


def check_paths(paths: list[str]) -> None:
    """Ends with USAGE when a path does not exist."""
    missing = [p for p in paths if p != "-" and "://" not in p and not Path(p).exists()]
    if missing:
        fail(f"no such file or folder: {', '.join(missing)}; give files, folders or archives, or - to read standard input", USAGE)


def catalog_of(folders: list[Path] | None, whole: bool = False) -> "Catalog":
    """plegma's own catalog with the modes of the folders; faults in those are said, and the rest is used.

    `whole` keeps the modes' own examples, which only a page about them needs.
    """
    if not folders:
        if whole:
            from plegma.knowledge.catalog import builtin

            return builtin()
        from plegma.app.catalogs import load_builtin

        return load_builtin()
    from plegma.app.own_knowledge import knowledge_of
    from plegma.cli.output import warn

    check_folders(folders)
    knowledge = knowledge_of(folders)
    for fault in sorted(knowledge.faults):
        warn(str(fault))
    return knowledge.catalog


def check_folders(folders: list[Path]) -> None:
    """Ends with USAGE when one is no folder."""
    wrong = [str(folder) for folder in folders if not folder.is_dir()]
    if wrong:
        fail(f"no such folder: {', '.join(wrong)}; it has to hold one .toml file for each failure mode", USAGE)
