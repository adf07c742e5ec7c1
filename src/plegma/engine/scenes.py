"""The Scene: all observations of a case on one clock, each with the pod and the node that it is about."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct, structs
from msgspec.structs import replace

from plegma.engine.clocks import Clocks, Moment, clocks_of
from plegma.engine.entities import Places, places_of
from plegma.engine.namings import Namings, namings_of
from plegma.model.observations import Event, Observation, State
from plegma.model.parts import Parsed

Attrs = dict[str, str | int | float | bool]


class Fact(Struct, frozen=True):
    """One observation, placed: `pod` and `node` are group names ("" unknown), `first` and `last` on the common clock."""

    seen: Observation
    pod: str
    node: str
    first: Moment | None
    last: Moment | None
    count: int
    order: tuple[str, str, int] = ("", "", 0)

    @property
    def text(self) -> str:
        """The line as found."""
        return self.seen.text


class Wording(Struct, frozen=True):
    """Events that say the same words, each with its place among all events: what is asked of words is asked once."""

    component: str
    reason: str
    message: str
    facts: list[tuple[int, Fact]]


class Scene(Struct, frozen=True):
    """The engine's only input."""

    parts: tuple[Parsed, ...]
    events: tuple[Fact, ...]
    wordings: tuple[Wording, ...]
    states: tuple[Fact, ...]
    places: Places
    clocks: Clocks


def attributes(fact: Fact) -> Attrs:
    """A state's attributes with its refs (an attribute wins), and how many of its containers are not ready."""
    if isinstance(fact.seen, Event):
        return dict(fact.seen.refs)
    found: Attrs = {**fact.seen.refs, **fact.seen.attrs}
    ready, containers = found.get("ready"), found.get("containers")
    if isinstance(ready, int) and isinstance(containers, int):
        found["unready"] = containers - ready
    return found


def scene_of(parts: Iterable[Parsed]) -> Scene:
    """Puts all parts on one clock and joins their entities; the order in which parts come does not matter."""
    ordered = tuple(sorted(parts, key=_content))
    clocks, namings = clocks_of(ordered), namings_of(ordered)
    places = places_of(ordered, namings)
    events: list[Fact] = []
    states: list[Fact] = []
    for p, part in enumerate(ordered):
        for fact in _facts(p, part, clocks, places, namings):
            (events if isinstance(fact.seen, Event) else states).append(fact)
    merged = _merged(events)
    return Scene(ordered, merged, wordings_of(merged), _distinct(states), places, clocks)


def in_order(placed: Iterable[tuple[int, Fact]]) -> list[Fact]:
    """Facts in the order of their places."""
    return [fact for _, fact in sorted(placed, key=lambda pair: pair[0])]


def wordings_of(events: Iterable[Fact]) -> tuple[Wording, ...]:
    """The different wordings of some events, in order of the first event of each."""
    found: dict[tuple[str, str, str], Wording] = {}
    for place, fact in enumerate(events):
        seen = fact.seen
        assert isinstance(seen, Event)
        key = seen.component, seen.reason, seen.message
        wording = found.get(key)
        if wording is None:
            found[key] = Wording(*key, [(place, fact)])
        else:
            wording.facts.append((place, fact))
    return tuple(found.values())


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


def _series(fact: Fact) -> tuple[object, ...]:
    """What makes two events the same: Kubernetes events are series by reason, message and object; log lines are not."""
    seen = fact.seen
    assert isinstance(seen, Event)
    if seen.component == "k8s-event":
        return "series", seen.reason, seen.message, fact.pod, fact.node if not fact.pod else "", seen.refs.get("container", "")
    last = fact.last
    return seen.component, seen.reason, seen.message, fact.pod if last is None else "", last.at if last else None


def _merged(events: Iterable[Fact]) -> tuple[Fact, ...]:
    ordered = sorted(events, key=_fact_order)
    keys = [_series(fact) for fact in ordered]
    counts = Counter(keys)
    if len(counts) == len(ordered):
        return tuple(ordered)
    left: list[Fact] = []
    several: dict[tuple[object, ...], list[Fact]] = {}
    for key, fact in zip(keys, ordered, strict=True):
        if counts[key] == 1:
            left.append(fact)
            continue
        same = several.setdefault(key, [])
        at = next((n for n, old in enumerate(same) if _may_be_one(old, fact)), None)
        if at is None:
            same.append(fact)
        else:
            same[at] = _together(same[at], fact)
    left += [fact for same in several.values() for fact in same]
    return tuple(ordered if len(left) == len(ordered) else sorted(left, key=_fact_order))


def _may_be_one(a: Fact, b: Fact) -> bool:
    """A copy of a line may not name the pod or the node; two that name different ones are two lines."""
    return (not a.pod or not b.pod or a.pod == b.pod) and (not a.node or not b.node or a.node == b.node)


def _together(a: Fact, b: Fact) -> Fact:
    """Two sightings of one series: the higher count stands for it, over the longest time seen."""
    best = a if (a.count, b.order) >= (b.count, a.order) else b
    firsts = [m for m in (a.first, b.first) if m]
    lasts = [m for m in (a.last, b.last) if m]
    return replace(
        best,
        first=min(firsts, default=None),
        last=max(lasts, default=None),
        pod=best.pod or a.pod or b.pod,
        node=best.node or a.node or b.node,
    )


def _distinct(states: Iterable[Fact]) -> tuple[Fact, ...]:
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in sorted(states, key=_fact_order):
        seen = fact.seen
        assert isinstance(seen, State)
        kept.setdefault((seen.kind, tuple(sorted((k, str(v)) for k, v in seen.attrs.items())), fact.pod, fact.node, _named(seen)), fact)
    return tuple(sorted(kept.values(), key=_fact_order))


def _named(seen: State) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted((k, v) for k, v in seen.refs.items() if k in {"container", "sandbox_id", "container_id", "volume", "workload", "pod"})
    )


def _fact_order(fact: Fact) -> tuple[bool, float, tuple[str, str, int]]:
    last = fact.last
    return last is None, last.at.timestamp() if last else 0.0, fact.order
