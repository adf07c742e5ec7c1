"""The scanner's fast engine: hundreds of patterns in one pass at about a gigabyte a second."""

import re
from collections.abc import Callable
from typing import Any

import hyperscan

from plegma.evidence.scan_patterns import literals, relaxed

_MODE = hyperscan.HS_MODE_BLOCK


class Hyperscan:
    """Patterns compiled by hyperscan."""

    def __init__(self, database: Any) -> None:
        self._database = database

    @classmethod
    def kept(cls, dump: bytes) -> "Hyperscan | None":
        """From an earlier dump; None when it does not fit this machine or this version."""
        try:
            database = hyperscan.loadb(dump, _MODE)
            database.scratch = hyperscan.Scratch(database)
        except (hyperscan.HyperscanError, ValueError, TypeError):
            return None
        return cls(database)

    @classmethod
    def compiled(cls, patterns: tuple[str, ...]) -> "Hyperscan | None":
        """From patterns; None when none can be compiled."""
        database = _compiled([relaxed(pattern) for pattern in patterns]) or _compiled(_all_safe(patterns))
        return None if database is None else cls(database)

    def ends(self, block: bytes, found: Callable[[int], None]) -> None:
        """Calls `found` with the offset after each match."""

        def on_match(_id: int, _start: int, end: int, _flags: int, _context: object) -> None:
            found(end)

        self._database.scan(block, match_event_handler=on_match)

    def dump(self) -> bytes:
        """The compiled database."""
        return bytes(hyperscan.dumpb(self._database))


def _compiled(expressions: list[str]) -> Any:
    database = hyperscan.Database(mode=_MODE)
    encoded = [expression.encode() for expression in expressions]
    try:
        database.compile(expressions=encoded, ids=list(range(len(encoded))), elements=len(encoded), flags=0)
    except (hyperscan.HyperscanError, ValueError):
        return None
    return database


def _all_safe(patterns: tuple[str, ...]) -> list[str]:
    """Each pattern as it is if hyperscan takes it alone, else the texts that it needs."""
    expressions: list[str] = []
    for pattern in patterns:
        if _compiled([relaxed(pattern)]) is not None:
            expressions.append(relaxed(pattern))
        else:
            expressions.extend(re.escape(text) for text in literals(pattern) or ())
    return expressions
