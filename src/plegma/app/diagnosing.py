"""Read the evidence, diagnose it."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, cast

from plegma.app.catalogs import load_builtin
from plegma.engine.diagnoses import diagnose
from plegma.evidence.read import Evidence, Limits, read_evidence
from plegma.evidence.read.artifacts import Artifact
from plegma.evidence.read.sources import Progress
from plegma.evidence.read.streams import Chained
from plegma.evidence.unreadable import Unreadable
from plegma.knowledge.catalog import Catalog
from plegma.model.diagnosis import Diagnosis

Rewrite = Callable[[Diagnosis, Evidence], Diagnosis]
SEVERITY = {"possible": 1, "likely": 2, "confirmed": 3}


@dataclass(frozen=True, slots=True)
class Answer:
    """A diagnosis, and whether anything at all could be read."""

    diagnosis: Diagnosis
    readable: bool


def diagnose_paths(
    paths: Sequence[str],
    catalog: Catalog | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    rewrite: Rewrite | None = None,
    more: Iterable[Artifact | Unreadable] = (),
    whole: bool = False,
) -> Answer:
    """Diagnoses what is at the paths ("-" is standard input). `rewrite` goes over the result (masking, pseudonyms).

    `more` is what was taken from a live node or cluster. `whole` adds the timeline and all lines that show something; those
    of paths with the lines around them, from a second reading.
    """
    catalog, limits = catalog or load_builtin(), limits or Limits()
    stdin = _kept_input(limits) if whole and "-" in paths else None
    evidence = read_evidence(list(paths), limits, progress, catalog, more, stdin)
    diagnosis = diagnosis_of(evidence, catalog, whole)
    if whole:
        from plegma.app.contexts import with_context  # most runs read once

        diagnosis = with_context(diagnosis, paths, limits, _again(stdin))
    return answer_of(diagnosis, evidence, rewrite)


def diagnosis_of(evidence: Evidence, catalog: Catalog, whole: bool) -> Diagnosis:
    """The diagnosis of what was read; what could not be read is a notice of it."""
    notices = [*evidence.notices, *(u.notice for u in evidence.unreadable)]
    return diagnose(evidence.parts, catalog, evidence.inputs, notices, evidence.gaps, whole)


def answer_of(diagnosis: Diagnosis, evidence: Evidence, rewrite: Rewrite | None) -> Answer:
    """The diagnosis as it may be shown."""
    readable = any(part.observations or part.lines for part in evidence.parts)
    return Answer(rewrite(diagnosis, evidence) if rewrite else diagnosis, readable)


def _kept_input(limits: Limits) -> BinaryIO:
    """Standard input, kept for a second reading when it is no longer than what is read whole."""
    head = sys.stdin.buffer.read(limits.whole + 1)
    return BytesIO(head) if len(head) <= limits.whole else cast(BinaryIO, Chained(head, sys.stdin.buffer))


def _again(stdin: BinaryIO | None) -> BinaryIO | None:
    if not isinstance(stdin, BytesIO):
        return None
    stdin.seek(0)
    return stdin


def worst(diagnosis: Diagnosis) -> int:
    """The confidence of the surest hypothesis as a number: 0 when there is none (known noise does not count)."""
    if diagnosis.verdict != "problem":
        return 0
    return max((SEVERITY[h.confidence] for h in diagnosis.hypotheses), default=0)
