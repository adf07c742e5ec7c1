"""Everything that was handed in, as parts with observations."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import BinaryIO

from msgspec import Struct

from plegma.evidence.parse.parsed import Parsed
from plegma.evidence.read.artifacts import Artifact
from plegma.evidence.read.limits import DEFAULT_LIMITS, Limits
from plegma.evidence.read.names import is_record
from plegma.evidence.read.placing import on_nodes
from plegma.evidence.read.sources import Progress, read
from plegma.evidence.read.streams import take
from plegma.evidence.read.texts import Reader
from plegma.evidence.unreadable import Unreadable
from plegma.knowledge.catalog import Catalog, builtin
from plegma.knowledge.evidence_kinds import EVIDENCE_KINDS
from plegma.model.diagnosis import Gap, Input
from plegma.model.texts import Text


class Evidence(Struct, frozen=True):
    """All parts in order, what each artifact was taken for, what could not be read, and what a collector did not get."""

    parts: tuple[Parsed, ...]
    inputs: tuple[Input, ...]
    unreadable: tuple[Unreadable, ...]
    gaps: tuple[Gap, ...] = ()
    notices: tuple[Text, ...] = ()


def read_evidence(
    paths: list[str],
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
    catalog: Catalog | None = None,
    more: Iterable[Artifact | Unreadable] = (),
    stdin: BinaryIO | None = None,
) -> Evidence:
    """Reads what is at the paths ("-" is standard input, or `stdin`). Never raises for what it finds there.

    `more` is what was taken from a live node or cluster; it is read after the paths.
    Logs over `limits.whole` are kept only where a signature of the catalog (plegma's own by default) may match.
    """
    reader = Reader(limits, log_patterns(catalog))
    parts: list[Parsed] = []
    inputs: list[Input] = []
    unreadable: list[Unreadable] = []
    gaps: list[Gap] = []
    notices: list[Text] = []
    for found in chain(read(paths, limits, progress, stdin), more):
        if isinstance(found, Unreadable):
            unreadable.append(found)
            gaps += missing_by(found)
            continue
        if is_record(found.name):
            from plegma.evidence.read.collection_records import gaps_and_notices  # most evidence holds none

            missed, said = gaps_and_notices(take(found.open(), limits.whole)[0])
            gaps += missed
            notices += said
            continue
        got = list(reader.parts(found))
        unreadable.extend(item for item in got if isinstance(item, Unreadable))
        own = [item for item in got if isinstance(item, Parsed)]
        parts.extend(own)
        inputs.append(_input(found.name, own))
    return Evidence(on_nodes(parts), tuple(inputs), tuple(unreadable), tuple(gaps), tuple(notices))


def missing_by(found: Unreadable) -> list[Gap]:
    """The gap that something unreadable leaves, if it leaves one."""
    if not found.evidence:
        return []
    kind = EVIDENCE_KINDS[found.evidence]
    return [Gap(kind.id, Text(f"{kind.title.en}: {found.why.en}", f"{kind.title.ja}: {found.why.ja}"), kind.command)]


def log_patterns(catalog: Catalog | None) -> Callable[[], tuple[str, ...]]:
    """Every pattern that a log line can match, found when called: one with a Kubernetes reason never stands in a log."""

    def found() -> tuple[str, ...]:
        modes = catalog if catalog is not None else builtin()
        return tuple(signature.pattern for mode in modes for signature in mode.signatures if not signature.reason)

    return found


def _input(name: str, parts: list[Parsed]) -> Input:
    kinds = sorted({part.kind for part in parts}, key=lambda kind: (-sum(part.lines for part in parts if part.kind == kind), kind))
    return Input(name, ", ".join(kinds[:3]), sum(part.lines - part.blank for part in parts), sum(part.understood for part in parts))
