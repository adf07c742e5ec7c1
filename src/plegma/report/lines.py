"""The line: what every outline is made of, and how things are called in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from plegma.model.diagnosis import Entity, Evidence
from plegma.report.escapes import visible

Style = Literal["title", "heading", "item", "todo", "plain", "dim", "command", "evidence", "good", "bad", "warn", "step", "answer", "run"]
"""`todo` is an item to tick off; `step` is one station of a chain; `answer` and `run` (a command) are the short answer,
whose labels stand in a column."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an outline: how deep, in which style, what it says, and a label that a drawer may set apart."""

    depth: int
    style: Style
    text: str
    label: str = ""

    @property
    def joint(self) -> str:
        """What stands between label and text."""
        return " · " if self.style == "step" else ": "

    @property
    def whole(self) -> str:
        """Label and text as one."""
        return f"{self.label}{self.joint}{self.text}" if self.label else self.text


def printable(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with nothing in them that moves a cursor or turns text. Every drawer begins with it, so that no outline has to."""
    for line in lines:
        yield Line(line.depth, line.style, visible(line.text), visible(line.label))


def entity_name(entity: Entity) -> str:
    """How a person calls it: Pod logging/collector, Node worker-7."""
    name = f"{entity.namespace}/{entity.name}" if entity.namespace else entity.name
    return visible(f"{entity.kind} {name}".strip())


def evidence_lines(evidence: Iterable[Evidence], depth: int) -> Iterator[Line]:
    """Lines of evidence with their places."""
    for line in evidence:
        yield Line(depth, "evidence", line.text.strip(), f"{line.artifact}:{line.line}")
