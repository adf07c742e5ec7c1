"""YAML text to plain values, with bounds.

Scalars are read as YAML 1.2 reads them (kubectl quotes what YAML 1.1 would misread); a tag that is not known changes
nothing; aliases may repeat a thousand nodes in all, and nothing is nested deeper than a hundred.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

_INT = re.compile(r"[-+]?[0-9]{1,18}$")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")
_MARGIN = re.compile(r"^[ \t]*(?:[-?:][ \t]+)*", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
_WORDS: dict[str, object] = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "True": True,
                             "TRUE": True, "false": False, "False": False, "FALSE": False}  # fmt: skip
MOST_REPEATED = 1000
DEEPEST = 100


class BoundsError(Exception):
    """Aliases repeat too much, or the nesting is too deep."""


class BrokenError(Exception):
    """Not YAML from this 0-based line on."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def whole(text: str) -> object:
    """The value of one YAML document.

    Raises BrokenError with the line where it stops being YAML, BoundsError when it breaks the bounds.
    """
    import yaml  # costs 20 ms, and most evidence holds none

    try:
        if _may_be_deep(text):
            _check_depth(yaml.parse(text, Loader=_loader()))
        node = yaml.compose(text, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in str(error.problem):  # libyaml 0.2.6 and later stops by itself
            raise BoundsError from None
        unclosed = (error.context or "").startswith("while scanning")
        mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
        raise BrokenError(mark.line if mark else 0) from None
    except yaml.YAMLError:
        raise BrokenError(0) from None
    except RecursionError:
        raise BoundsError from None
    return _Builder().value(node, 0) if node is not None else None


def _may_be_deep(text: str) -> bool:
    """Can the text be nested deeper than the bound? The composer recurses in C and would run out of stack.

    Blocks nest by indentation and by marks in a row ("- - - x"), flows by brackets.
    """
    if max((match.end() - match.start() for match in _MARGIN.finditer(text)), default=0) > DEEPEST:
        return True
    depth = 0
    for bracket in _BRACKET.findall(text):
        depth = max(0, depth + (1 if bracket in "[{" else -1))
        if depth > DEEPEST:
            return True
    return False


def _check_depth(events: Iterable[object]) -> None:
    depth = 0
    for event in events:
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        if depth > DEEPEST:
            raise BoundsError


@cache
def _loader() -> Any:
    """A loader that does not work out tags, which takes half the time and nobody asks for."""
    import yaml

    return type("Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {"yaml_implicit_resolvers": {}})


class _Builder:
    """Turns composed nodes into values, counting what aliases repeat."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._left = MOST_REPEATED

    def value(self, node: object, depth: int) -> object:
        """The node's plain value."""
        if depth > DEEPEST:
            raise BoundsError
        self._count(node)
        content = getattr(node, "value", None)
        if isinstance(content, str):
            return self._scalar(node, content)
        if not isinstance(content, list):
            return None
        if content and isinstance(content[0], tuple):
            return {self._key(key): self.value(item, depth + 1) for key, item in content}
        empty_map = getattr(node, "id", "") == "mapping"
        return {} if empty_map else [self.value(item, depth + 1) for item in content]

    def _count(self, node: object) -> None:
        if id(node) in self._seen:
            self._left -= 1
            if self._left < 0:
                raise BoundsError
        self._seen.add(id(node))

    @staticmethod
    def _key(node: object) -> str:
        content = getattr(node, "value", "")
        return content if isinstance(content, str) else ""

    @staticmethod
    def _scalar(node: object, text: str) -> object:
        if getattr(node, "style", None):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INT.match(text):
            return int(text)
        return float(text) if _FLOAT.match(text) else text
