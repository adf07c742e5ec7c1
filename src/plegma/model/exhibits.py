"""What the whole record of a case holds besides its diagnosis: every line that shows something, and versions."""

from datetime import datetime

from msgspec import Struct

from plegma.model.diagnosis import Entity, Evidence
from plegma.model.texts import Text


class SeenMode(Struct, frozen=True):
    """A failure mode that lines show, whether or not a hypothesis tells of it."""

    mode: str
    layer: str
    role: str
    title: Text


class EvidenceLine(Struct, frozen=True):
    """A line that shows something: what (ids of modes), on which entity, when and how often.

    `before` and `after` are the lines around it in its artifact, nearest last and nearest first; empty when not read again.
    """

    line: Evidence
    entity: Entity | None
    modes: tuple[str, ...]
    at: datetime | None
    count: int
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class NodeVersions(Struct, frozen=True):
    """What a node says that it runs; what is not known is empty."""

    node: str
    kubelet: str
    runtime: str
    kernel: str
    os: str
