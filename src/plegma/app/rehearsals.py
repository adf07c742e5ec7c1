"""A session of the lab with wall-clock times, its outputs, and plegma's own diagnosis of what it would hand in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from random import Random

from plegma.app.anonymising import showable
from plegma.app.catalogs import load_builtin
from plegma.app.rewriting import rewritten
from plegma.app.simulating import STARTS, profile_of
from plegma.engine.diagnoses import diagnose
from plegma.evidence.parse.parsed import Parsed
from plegma.evidence.read.artifacts import HEAD, Artifact
from plegma.evidence.read.limits import DEFAULT_LIMITS
from plegma.evidence.read.placing import on_nodes
from plegma.evidence.read.texts import Reader
from plegma.knowledge.catalog import Catalog
from plegma.lab.scenarios import scenarios
from plegma.lab.sessions import Session, open_session
from plegma.lab.writing.clocks import Clock
from plegma.lab.writing.folders import folder
from plegma.lab.writing.outputs import Output, outputs
from plegma.model.diagnosis import Diagnosis


@dataclass(slots=True)
class Rehearsal:
    """`start`: the wall clock (UTC) of virtual second 0."""

    name: str
    session: Session
    start: datetime

    @property
    def clock(self) -> Clock:
        """The clock of outputs that are asked for now."""
        return Clock(self.start, self.session.world.now)


def open_rehearsal(name: str, seed: int = 1, profile: str | None = None) -> Rehearsal:
    """A scenario at its start. KeyError for an unknown name, ValueError for a version in which it cannot happen."""
    scenario = scenarios()[name]
    version = profile_of(scenario, profile)
    session = open_session(scenario, version, Random(f"{name}/{version}/{seed}"))  # noqa: S311 not for secrets
    days = Random(f"{name}/{version}/{seed}/start")  # noqa: S311 not for secrets
    return Rehearsal(name, session, STARTS[version] + timedelta(hours=days.randrange(2000), seconds=days.randrange(3600)))


def outputs_now(rehearsal: Rehearsal) -> tuple[Output, ...]:
    """What each command prints now."""
    return outputs(rehearsal.session.world, rehearsal.clock)


def diagnosis_now(rehearsal: Rehearsal, catalog: Catalog | None = None) -> Diagnosis:
    """What plegma says of the evidence that an operator would hand in now."""
    files = folder(rehearsal.session.world, rehearsal.clock)
    return diagnosis_of(parts_of(files).values(), catalog or load_builtin())


def parts_of(files: Mapping[str, str]) -> dict[str, tuple[Parsed, ...]]:
    """Path -> parts, each text read by itself. A text that cannot be read has no parts, as everywhere."""
    reader = Reader(DEFAULT_LIMITS, tuple)
    return {
        path: tuple(found for found in reader.parts(_artifact(path, text)) if isinstance(found, Parsed)) for path, text in files.items()
    }


def diagnosis_of(parts: Iterable[tuple[Parsed, ...]], catalog: Catalog) -> Diagnosis:
    """The diagnosis of some texts' parts together, with secrets masked."""
    return rewritten(diagnose(on_nodes(part for group in parts for part in group), catalog), showable)


def _artifact(path: str, text: str) -> Artifact:
    data = text.encode()
    return Artifact(path, len(data), partial(BytesIO, data), data[:HEAD])
