"""The record of a diagnosis: what a page shows beyond the answer. Imported by those who ask for it only."""

from collections.abc import Sequence

from msgspec.structs import replace

from plegma.engine.clocks import Moment
from plegma.engine.exhibits import lines_of, seen_modes
from plegma.engine.matches import Match
from plegma.engine.scenes import Scene
from plegma.engine.timelines import timeline_of
from plegma.engine.versions import versions_of
from plegma.model.diagnosis import Diagnosis


def with_record(answer: Diagnosis, scene: Scene, matches: Sequence[Match], onset: Moment | None) -> Diagnosis:
    """The answer with all lines that show something, the timeline, and the versions of programs."""
    return replace(
        answer, seen=seen_modes(matches), lines=lines_of(scene, matches), timeline=timeline_of(scene, matches, onset),
        versions=versions_of(scene),
    )  # fmt: skip


def without_record(diagnosis: Diagnosis) -> Diagnosis:
    """The answer alone, as `diagnose` gives it when it is not asked for the `whole`."""
    return replace(diagnosis, seen=(), lines=(), timeline=None, versions=())
