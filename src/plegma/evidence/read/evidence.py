"""Everything that was handed in, as parts with observations."""

from collections.abc import Iterator
from dataclasses import dataclass

from plegma.evidence.parse import parse_text
from plegma.evidence.parse.objects import read_objects
from plegma.evidence.parse.parsed import Parsed
from plegma.evidence.read.artifacts import Artifact
from plegma.evidence.read.limits import DEFAULT_LIMITS, Limits
from plegma.evidence.read.sources import Progress, read
from plegma.evidence.read.streams import take
from plegma.evidence.unreadable import Unreadable
from plegma.knowledge.catalog import Catalog
from plegma.model.diagnosis import Input


@dataclass(frozen=True, slots=True)
class Evidence:
    """All parts in order, what each artifact was taken for, and what could not be read."""

    parts: tuple[Parsed, ...]
    inputs: tuple[Input, ...]
    unreadable: tuple[Unreadable, ...]


def read_evidence(
    paths: list[str], limits: Limits = DEFAULT_LIMITS, progress: Progress | None = None, catalog: Catalog | None = None
) -> Evidence:
    """Reads what is at the paths ("-" is standard input). Never raises for what it finds there."""
    del catalog
    parts: list[Parsed] = []
    inputs: list[Input] = []
    unreadable: list[Unreadable] = []
    for found in read(paths, limits, progress):
        if isinstance(found, Unreadable):
            unreadable.append(found)
            continue
        got = list(_parsed(found, limits))
        unreadable.extend(item for item in got if isinstance(item, Unreadable))
        own = [item for item in got if isinstance(item, Parsed)]
        parts.extend(own)
        inputs.append(_input(found.name, own))
    return Evidence(tuple(parts), tuple(inputs), tuple(unreadable))


def _parsed(artifact: Artifact, limits: Limits) -> Iterator[Parsed | Unreadable]:
    data, why = take(artifact.open(), limits.largest_whole)
    yield from _whole(artifact.name, data)
    if why is not None:
        yield Unreadable(artifact.name, why)


def _whole(name: str, data: bytes) -> Iterator[Parsed | Unreadable]:
    found = read_objects(name, data)
    if isinstance(found, Unreadable):
        yield found
    else:
        yield from found or parse_text(name, data)


def _input(name: str, parts: list[Parsed]) -> Input:
    kinds = sorted({part.kind for part in parts}, key=lambda kind: -sum(part.lines for part in parts if part.kind == kind))
    return Input(name, ", ".join(kinds[:3]), sum(part.lines - part.blank for part in parts), sum(part.understood for part in parts))
