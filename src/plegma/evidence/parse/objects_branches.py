"""A decoded document with its lines: every field knows where it was written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from plegma.evidence.parse.objects_lines import Outline, Path, Step
from plegma.model.observations import Origin

_LONGEST_LINE = 600
"""Longer lines are not shown as found but as `key: value` of the field."""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One JSON or YAML document; `first_line` is the 1-based line of lines[0] in the artifact.

    Where a pasted inside is read as if it stood in its object, the first `hidden` steps of a path are not in the text,
    and the rest is below `base`.
    """

    artifact: str
    value: object
    lines: Sequence[str]
    first_line: int
    hidden: int = 0
    base: Path = ()
    outline: Outline = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "outline", Outline(self.lines))

    @property
    def root(self) -> "Branch":
        """The whole value."""
        return Branch(self.value, (), self)

    def line_of(self, path: Path) -> int:
        """Index in `lines` of the line that the field is written on."""
        return self.outline.line_of(self.base + path[self.hidden :])


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A value inside a document. What is absent is a branch that holds None."""

    value: object
    path: Path
    document: Document

    def __bool__(self) -> bool:
        return self.value is not None

    def at(self, *steps: Step) -> "Branch":
        """The branch below, step by step."""
        value = self.value
        for step in steps:
            value = _below(value, step)
        return Branch(value, self.path + steps, self.document)

    def any_of(self, *keys: str) -> "Branch":
        """The first of these keys that is there (protobuf JSON comes in camelCase and in snake_case)."""
        return next((found for key in keys if (found := self.at(key))), self.at(keys[0]))

    def text(self, *steps: Step) -> str:
        """The scalar below as text, "" when there is none."""
        value = self.at(*steps).value
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, str | int | float) else ""

    def number(self, *steps: Step) -> int | None:
        """The whole number below (protobuf JSON writes 64-bit ones as strings), None when there is none."""
        value = self.at(*steps).value
        if isinstance(value, int | float):
            return int(value)
        text = value if isinstance(value, str) else ""
        return int(text) if text.lstrip("-").isdecimal() and len(text) < 20 else None

    def flag(self, *steps: Step) -> bool:
        """Is the boolean below true?"""
        return self.at(*steps).value is True

    def items(self, *steps: Step) -> Iterator["Branch"]:
        """The elements of the list below."""
        here = self.at(*steps)
        if isinstance(here.value, list):
            for index, value in enumerate(here.value):
                yield Branch(value, (*here.path, index), self.document)

    def entries(self, *steps: Step) -> Iterator[tuple[str, "Branch"]]:
        """The fields of the mapping below."""
        here = self.at(*steps)
        if isinstance(here.value, dict):
            for key, value in here.value.items():
                yield str(key), Branch(value, (*here.path, key), self.document)

    def has(self, *keys: str) -> bool:
        """Is this a mapping that has all these keys?"""
        return isinstance(self.value, dict) and all(key in self.value for key in keys)

    @property
    def origin(self) -> Origin:
        """The line that the field is written on."""
        return Origin(self.document.artifact, self.document.first_line + self.document.line_of(self.path))

    @property
    def shown(self) -> str:
        """That line's text; `key: value` where the line is too long or does not hold the value."""
        line = self.document.lines[self.document.line_of(self.path)].strip()
        value = self.text()
        if len(line) <= _LONGEST_LINE and (not value or _folded(value)[:40] in _folded(line)) and (value or line not in {"{", "["}):
            return line
        key = next((step for step in reversed(self.path) if isinstance(step, str)), "")
        return f"{key}: {value}"[:_LONGEST_LINE] if value else line[:_LONGEST_LINE]


def _below(value: object, step: Step) -> object:
    if isinstance(step, str):
        return value.get(step) if isinstance(value, dict) else None
    return value[step] if isinstance(value, list) and step < len(value) else None


def _folded(text: str) -> str:
    return text.replace("\\", "").replace('"', "").replace("''", "'").replace("\n", "n")
