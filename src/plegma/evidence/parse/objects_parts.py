"""A document's observations as a part of the artifact."""

from plegma.evidence.parse.objects_branches import Document
from plegma.evidence.parse.parsed import ClockHints, Parsed
from plegma.model.observations import Observation


def part(
    document: Document,
    kind: str,
    observations: tuple[Observation, ...],
    evidence: tuple[str, ...] = (),
    hints: ClockHints | None = None,
) -> Parsed:
    """The part: a document that was read is understood as a whole."""
    lines = document.lines[:-1] if document.lines and not document.lines[-1] else document.lines
    blank = sum(1 for line in lines if not line.strip())
    return Parsed(
        document.artifact,
        kind,
        document.first_line,
        len(lines),
        observations,
        blank=blank,
        understood=len(lines) - blank,
        hints=hints or ClockHints(),
        evidence=evidence,
    )
