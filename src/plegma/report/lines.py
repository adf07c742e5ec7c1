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


def entity_name(entity: Entity) -> str:
    """How a person calls it: Pod logging/collector, Node worker-7."""
    name = f"{entity.namespace}/{entity.name}" if entity.namespace else entity.name
    return visible(f"{entity.kind} {name}".strip())


def evidence_lines(evidence: Iterable[Evidence], depth: int) -> Iterator[Line]:
    """Lines of evidence with their places."""
    for line in evidence:
        yield Line(depth, "evidence", visible(line.text).strip(), f"{visible(line.artifact)}:{line.line}")
