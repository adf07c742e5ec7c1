"""Puts the lines around each line of the record, from a second reading."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from msgspec.structs import replace

from plegma.evidence.read import Limits
from plegma.evidence.read.contexts import lines_around
from plegma.evidence.secrets import mask
from plegma.model.diagnosis import Diagnosis, Evidence
from plegma.model.exhibits import EvidenceLine

MARGIN = 3
"""Lines on each side."""
_MOST = 3_000
"""Lines of the record that get their surroundings; those that statements name come first."""


def with_context(diagnosis: Diagnosis, paths: Sequence[str], limits: Limits, stdin: BinaryIO | None) -> Diagnosis:
    """The diagnosis with the lines around those of its record. What cannot be read again stays without."""
    chosen = _chosen(diagnosis)
    wanted: dict[str, set[int]] = {}
    for line in chosen:
        wanted.setdefault(line.artifact, set()).add(line.line)
    readable = [path for path in paths if path != "-" or stdin is not None]
    texts = dict(lines_around(readable, wanted, MARGIN, limits, mask, stdin))
    keys = {(line.artifact, line.line) for line in chosen}
    known = {(e.line.artifact, e.line.line) for e in diagnosis.lines}
    rest = [EvidenceLine(line, None, (), None, 1) for line in chosen if (line.artifact, line.line) not in known]
    lines = [_placed(e, texts) if (e.line.artifact, e.line.line) in keys else e for e in (*diagnosis.lines, *rest)]
    return replace(diagnosis, lines=tuple(lines))


def _chosen(diagnosis: Diagnosis) -> list[Evidence]:
    cited = [line for h in diagnosis.hypotheses for step in h.chain for line in step.evidence]
    cited += [line for h in diagnosis.hypotheses for o in h.against for line in o.evidence]
    cited += [line for s in diagnosis.symptoms for line in s.evidence]
    every = [*cited, *(e.line for e in diagnosis.lines)]
    return list({(line.artifact, line.line): line for line in every}.values())[:_MOST]


def _placed(line: EvidenceLine, texts: Mapping[str, Mapping[int, str]]) -> EvidenceLine:
    """The line with its surroundings, if it still stands where it stood: a log may have been rotated meanwhile."""
    around, at = texts.get(line.line.artifact, {}), line.line.line
    if at not in around or not _is_same(mask(line.line.text), around[at]):
        return line
    before = tuple(around[n] for n in range(at - MARGIN, at) if n in around)
    after = tuple(around[n] for n in range(at + 1, at + MARGIN + 1) if n in around)
    return replace(line, before=before, after=after)


def _is_same(said: str, found: str) -> bool:
    """Parsers strip, and join a record's lines to one."""
    said, found = " ".join(said.split()), " ".join(found.split())
    return bool(found) and (found in said or said in found)
