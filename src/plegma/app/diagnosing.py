"""Read the evidence, diagnose it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from plegma.app.catalogs import load_builtin
from plegma.engine.diagnoses import diagnose
from plegma.evidence.read import Evidence, Limits, read_evidence
from plegma.evidence.read.artifacts import Artifact
from plegma.evidence.read.sources import Progress
from plegma.evidence.unreadable import Unreadable
from plegma.knowledge.catalog import Catalog
from plegma.model.diagnosis import Diagnosis
from plegma.model.texts import Text

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
) -> Answer:
    """Diagnoses what is at the paths ("-" is standard input). `rewrite` goes over the result (masking, pseudonyms).

    `more` is what was taken from a live node or cluster.
    """
    catalog = catalog or load_builtin()
    evidence = read_evidence(list(paths), limits or Limits(), progress, catalog, more)
    notices = [*evidence.notices, *(Text(f"{u.name}: {u.why.en}", f"{u.name}: {u.why.ja}") for u in evidence.unreadable)]
    diagnosis = diagnose(evidence.parts, catalog, evidence.inputs, notices, evidence.gaps)
    readable = any(part.observations or part.lines for part in evidence.parts)
    return Answer(rewrite(diagnosis, evidence) if rewrite else diagnosis, readable)


def worst(diagnosis: Diagnosis) -> int:
    """The confidence of the surest hypothesis as a number: 0 when there is none (known noise does not count)."""
    if diagnosis.verdict != "problem":
        return 0
    return max((SEVERITY[h.confidence] for h in diagnosis.hypotheses), default=0)
