"""The scanner's fast engine: a pass for the cores of all patterns, and the patterns themselves over the lines found."""

import re
from typing import Any

import hyperscan

from plegma.evidence.scan_cores import cores
from plegma.evidence.scan_patterns import relaxed
from plegma.evidence.scan_spans import Span, lines_at
from plegma.knowledge.literals import literals

_MODE = hyperscan.HS_MODE_BLOCK
_SIZE = 8
"""Bytes in which a dump says how long its first database is."""
_STORM = 7000
"""Bytes of a block for each line found in it, below which all are reported: to look again would cost more than the few too many."""


class Hyperscan:
    """Patterns compiled by hyperscan, twice: their cores, a third as dear, and they themselves."""

    def __init__(self, sieve: Any, whole: Any) -> None:
        self._sieve = sieve
        self._whole = whole
        self._empty = _compiled([r"\n\n"])

    @classmethod
    def kept(cls, dump: bytes) -> "Hyperscan | None":
        """From an earlier dump; None when it does not fit this machine or this version."""
        size = _SIZE + int.from_bytes(dump[:_SIZE], "big")
        try:
            return cls(*(_loaded(part) for part in (dump[_SIZE:size], dump[size:])))
        except (hyperscan.HyperscanError, ValueError, TypeError):
            return None

    @classmethod
    def compiled(cls, patterns: tuple[str, ...]) -> "Hyperscan | None":
        """From patterns; None when none can be compiled."""
        whole = _compiled([relaxed(pattern) for pattern in patterns]) or _compiled(_all_safe(patterns))
        return None if whole is None else cls(_compiled(cores(patterns)) or whole, whole)

    def hits(self, block: bytes) -> list[Span]:
        """Start and end offsets of the lines (without their ends), in order."""
        found = lines_at(block, _ends(self._sieve, block))
        if self._sieve is self._whole or not found or len(found) * _STORM > len(block):
            return found
        lines, starts, at = [], {}, 0
        for start, end in found:
            lines.append(block[start:end])
            starts[at] = (start, end)
            at += end - start + 1
        few = b"\n".join(lines)
        return [starts[start] for start, _ in lines_at(few, _ends(self._whole, few))]

    def blank(self, block: bytes) -> int:
        """How many empty lines stand behind the first line; `re` and `bytes.count` take four and ten times as long."""
        return len(_ends(self._empty, block))

    def dump(self) -> bytes:
        """The compiled databases."""
        sieve, whole = bytes(hyperscan.dumpb(self._sieve)), bytes(hyperscan.dumpb(self._whole))
        return len(sieve).to_bytes(_SIZE, "big") + sieve + whole


def _ends(database: Any, block: bytes) -> list[int]:
    """The offsets after all matches."""
    ends: list[int] = []
    database.scan(block, match_event_handler=lambda _id, _start, end, _flags, _context: ends.append(end))
    return ends


def _loaded(dump: bytes) -> Any:
    database = hyperscan.loadb(dump, _MODE)
    database.scratch = hyperscan.Scratch(database)
    return database


def _compiled(expressions: "list[str] | tuple[str, ...]") -> Any:
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
