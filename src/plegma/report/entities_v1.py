"""Entities, lines and times as the JSON of version 1 has them."""

from dataclasses import dataclass
from datetime import datetime

from plegma.model.diagnosis import Entity, Evidence


@dataclass(frozen=True, slots=True)
class EntityV1:
    """A thing of the cluster; what is not known is an empty string."""

    kind: str
    name: str
    namespace: str
    uid: str
    node: str
    container: str


@dataclass(frozen=True, slots=True)
class EvidenceV1:
    """One line, with the artifact's path as given and its 1-based line number."""

    artifact: str
    line: int
    text: str


def entity_view(e: Entity) -> EntityV1:
    """An entity as JSON has it."""
    return EntityV1(e.kind, e.name, e.namespace, e.uid, e.node, e.container)


def evidence_view(lines: tuple[Evidence, ...]) -> list[EvidenceV1]:
    """Lines as JSON has them."""
    return [EvidenceV1(e.artifact, e.line, e.text) for e in lines]


def time_view(at: datetime | None) -> str | None:
    """A time as RFC 3339, to the second."""
    return at.isoformat(timespec="seconds") if at else None
