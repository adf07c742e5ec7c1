"""The Scene: all observations of a case on one clock, each with the pod and the node that it is about."""

from collections.abc import Iterable, Iterator

from msgspec import Struct, structs

from plegma.engine.clocks import Clocks, clocks_of
from plegma.engine.copies import Heard, rows_once
from plegma.engine.entities import Places, places_of
from plegma.engine.facts import Fact, Wording
from plegma.engine.namings import Namings, namings_of
from plegma.model.observations import Event
from plegma.model.parts import Parsed


class Scene(Struct, frozen=True):
    """The engine's only input."""

    parts: tuple[Parsed, ...]
    events: tuple[Fact, ...]
    wordings: tuple[Wording, ...]
    states: tuple[Fact, ...]
    places: Places
    clocks: Clocks


def scene_of(parts: Iterable[Parsed]) -> Scene:
    """Puts all parts on one clock and joins their entities; the order in which parts come does not matter."""
    ordered = tuple(sorted(parts, key=_content))
    clocks, namings = clocks_of(ordered), namings_of(ordered)
    places = places_of(ordered, namings)
    heard = Heard()
    states: list[Fact] = []
    for p, part in enumerate(ordered):
        for fact in _facts(p, part, clocks, places, namings):
            if isinstance(fact.seen, Event):
                heard.add(fact, fact.seen)
            else:
                states.append(fact)
    events, wordings = heard.once()
    return Scene(ordered, events, wordings, rows_once(states), places, clocks)


def _content(part: Parsed) -> tuple[str, tuple[str, ...], str, int]:
    """Sorts by what is said, then by where: renaming files does not change the order of what differs in content."""
    return part.kind, tuple(o.text for o in part.observations[:50]), part.artifact, part.first_line


def _facts(p: int, part: Parsed, clocks: Clocks, places: Places, namings: Namings) -> Iterator[Fact]:
    for seen, naming, pod, node in zip(part.observations, namings.at[p], places.pods_at[p], places.nodes_at[p], strict=True):
        last = clocks.moment(p, part, seen.at)
        first, count = last, 1
        if isinstance(seen, Event):
            count = seen.count
            if seen.first is not None:
                first = clocks.moment(p, part, seen.first) or last
        placed = structs.replace(seen, refs=namings.refs[naming]) if part.context else seen
        yield Fact(placed, pod, node, first, last, count, (seen.text, seen.origin.artifact, seen.origin.line))
