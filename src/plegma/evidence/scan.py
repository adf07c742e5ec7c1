"""Which lines of a block any of many patterns may match, in one pass over its bytes.

Must never: do I/O, or decide that a line matches: it only says which lines are worth reading. Both engines (hyperscan,
and `re` where there is no wheel of it) report every line whose message one of the patterns matches; they may report more.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Protocol

from plegma.evidence.scan_patterns import relaxed
from plegma.evidence.scan_spans import Span, lines_at
from plegma.knowledge.literals import ignores_case, literals


class Engine(Protocol):
    """Finds the lines on which a pattern may match."""

    def hits(self, block: bytes) -> list[Span]:
        """Start and end offsets of the lines (without their ends), in order."""

    def blank(self, block: bytes) -> int:
        """How many empty lines stand behind the first line."""

    def dump(self) -> bytes:
        """The compiled patterns, to be kept; b"" when there is nothing worth keeping."""


class Scanner:
    """Looks for many patterns at once."""

    def __init__(self, patterns: Iterable[str], kept: bytes = b"", engine: str = "") -> None:
        """`kept` is what `dump` of a scanner with the same key gave; `engine` "re" leaves hyperscan out."""
        unique = tuple(sorted({pattern for pattern in patterns if pattern}))
        self._engine = (None if engine == "re" else _fast(unique, kept)) or _Regex(_useful(unique))

    def hits(self, block: bytes) -> list[Span]:
        """Start and end offsets of the lines (without their ends) on which a pattern may match, in order."""
        return self._engine.hits(block)

    def blank(self, block: bytes) -> int:
        """How many empty lines stand behind the first line."""
        return self._engine.blank(block)

    def dump(self) -> bytes:
        """The compiled patterns, to be kept until the key changes; b"" when there is nothing worth keeping."""
        return self._engine.dump()


_EDITION = "4"
"""To be raised when scan_patterns writes patterns otherwise: kept databases are then compiled anew."""


def key(patterns: Iterable[str]) -> str:
    """What the compiled patterns depend on: the patterns, and hyperscan's version ("" where there is none)."""
    parts = [_EDITION, _version(), *sorted({pattern for pattern in patterns if pattern})]
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def _useful(patterns: Iterable[str]) -> tuple[str, ...]:
    """The patterns that do not match anything at all."""
    return tuple(pattern for pattern in patterns if not re.compile(relaxed(pattern)).match(""))


def _version() -> str:
    try:
        import hyperscan
    except ImportError:
        return ""
    return str(getattr(hyperscan, "__version__", ""))  # importlib.metadata would know as well, and takes 25 ms


def _fast(patterns: tuple[str, ...], kept: bytes) -> "Engine | None":
    try:
        from plegma.evidence.scan_hyperscan import Hyperscan
    except ImportError:
        return None
    if kept and (engine := Hyperscan.kept(kept)):
        return engine
    useful = _useful(patterns)
    return Hyperscan.compiled(useful) if useful else None


_EMPTY = re.compile(rb"\n(?=\n)")


class _Regex:
    """The slow equivalent: a trie of the literals that the patterns need, and the patterns that need none."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._searches = tuple(_searches(patterns))

    def hits(self, block: bytes) -> list[Span]:
        """Start and end offsets of the lines (without their ends), in order."""
        return lines_at(block, [match.end() for search in self._searches for match in search.finditer(block)])

    def blank(self, block: bytes) -> int:
        """How many empty lines stand behind the first line."""
        return len(_EMPTY.findall(block))

    def dump(self) -> bytes:
        """Nothing: compiling takes a moment only."""
        return b""


def _searches(patterns: tuple[str, ...]) -> Iterator[re.Pattern[bytes]]:
    plain: set[str] = set()
    folded: set[str] = set()
    for pattern in patterns:
        needed = literals(pattern)
        if needed is None:
            yield re.compile(relaxed(pattern).encode())
        elif ignores_case(pattern):
            folded |= {text.lower() for text in needed}
        else:
            plain |= needed
    if plain:
        yield re.compile(_trie(sorted(plain)).encode())
    if folded:
        yield re.compile(_trie(sorted(folded)).encode(), re.IGNORECASE)


def _trie(words: list[str]) -> str:
    """A pattern for any of the sorted words, common beginnings written once; a word hides the longer ones it begins."""
    if not words or "" in words:
        return ""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word[1:])
    options = [re.escape(first) + _trie(rest) for first, rest in by_first.items()]
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
