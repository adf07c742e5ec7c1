"""All lines that show something, for a reader who wants to see for himself."""

from collections.abc import Iterable, Sequence

from plegma.engine.facts import Fact
from plegma.engine.matches import Match
from plegma.engine.naming import pod_entity
from plegma.engine.scenes import Scene
from plegma.model.diagnosis import Entity, Evidence
from plegma.model.exhibits import EvidenceLine, SeenMode

MOST = 20_000
"""Lines kept."""


def lines_of(scene: Scene, matches: Iterable[Match]) -> tuple[EvidenceLine, ...]:
    """The lines that show a mode, the first MOST of them in order of artifact and line."""
    modes: dict[tuple[str, int], set[str]] = {}
    facts: dict[tuple[str, int], Fact] = {}
    for match in matches:
        for sighting in match.sightings:
            origin = sighting.fact.seen.origin
            key = origin.artifact, origin.line
            facts.setdefault(key, sighting.fact)
            modes.setdefault(key, set()).add(match.mode.id)
    return tuple(_line(scene, facts[key], modes[key]) for key in sorted(facts)[:MOST])


def count_of(matches: Iterable[Match]) -> int:
    """How many lines there are that show a mode."""
    return len({(s.fact.seen.origin.artifact, s.fact.seen.origin.line) for match in matches for s in match.sightings})


def _line(scene: Scene, fact: Fact, modes: set[str]) -> EvidenceLine:
    origin = fact.seen.origin
    line = Evidence(origin.artifact, origin.line, fact.text)
    return EvidenceLine(line, _entity(scene, fact), tuple(sorted(modes)), scene.clocks.shown(fact.last), fact.count)


def _entity(scene: Scene, fact: Fact) -> Entity | None:
    pod = scene.places.pods.get(fact.pod)
    if pod is not None:
        return pod_entity(pod, fact.node)
    return Entity("Node", fact.node, node=fact.node) if fact.node else None


def seen_modes(matches: Sequence[Match]) -> tuple[SeenMode, ...]:
    """Each mode that any line shows, once."""
    modes = {m.mode.id: m.mode for m in matches}
    return tuple(SeenMode(m.id, m.layer, m.role, m.title) for _, m in sorted(modes.items()))
