"""What was handed in twice: copies of a line and prints of one series are one event, rows that say the same are one row."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from plegma.engine.facts import NEVER, Fact, When, Wording, when
from plegma.model.observations import Event, State


class Heard:
    """Events as they come in, with what they are sorted and grouped by.

    Noted at once: a processor's cache holds few of all events, and a later look at each of them costs as much as the first.
    """

    def __init__(self) -> None:
        self._facts: list[Fact] = []
        self._times: list[When] = []
        self._words: dict[tuple[str, str, str], int] = {}
        self._said: list[int] = []

    def add(self, fact: Fact, seen: Event) -> None:
        """One more event, and what was seen."""
        self._said.append(self._words.setdefault((seen.component, seen.reason, seen.message), len(self._words)))
        self._facts.append(fact)
        self._times.append(when(fact))

    def once(self) -> tuple[tuple[Fact, ...], tuple[Wording, ...]]:
        """Each event once, in order of time, and their wordings in order of the first event of each."""
        gone = frozenset[int]().union(*map(self._fold, self._alike_events()))
        ordered = sorted([n for n in range(len(self._facts)) if n not in gone], key=self._times.__getitem__)
        words, found = list(self._words), dict[int, Wording]()
        for place, number in enumerate(ordered):
            said = self._said[number]
            if said not in found:
                found[said] = Wording(*words[said], [])
            found[said].facts.append((place, self._facts[number]))
        return tuple([self._facts[number] for number in ordered]), tuple(found.values())

    def _alike_events(self) -> Iterable[list[int]]:
        by_words: list[list[int]] = [[] for _ in self._words]
        for number, said in enumerate(self._said):
            by_words[said].append(number)
        return [alike for (component, *_), numbers in zip(self._words, by_words, strict=True) for alike in self._alike(component, numbers)]

    def _alike(self, component: str, numbers: Sequence[int]) -> Iterable[list[int]]:
        """The numbers of events of one wording that may be one: of Kubernetes events those of one object, which are a series; of log
        lines those of one moment."""
        if len(numbers) == 1:
            return ()
        keys: list[object]
        if component == "k8s-event":
            keys = [_object(self._facts[n]) for n in numbers]
        else:
            keys = [self._times[n][0] if self._times[n][0] != NEVER else self._facts[n].pod for n in numbers]
        if len(set(keys)) == len(keys):
            return ()
        groups: dict[object, list[int]] = {}
        for key, number in zip(keys, numbers, strict=True):
            groups.setdefault(key, []).append(number)
        return [sorted(group, key=self._times.__getitem__) for group in groups.values() if len(group) > 1]

    def _fold(self, alike: Sequence[int]) -> Sequence[int]:
        """Puts those together that are one; returns the numbers that are free then."""
        folded = _folded(self._facts[n] for n in alike)
        if len(folded) < len(alike):
            for number, fact in zip(alike, folded, strict=False):
                self._facts[number], self._times[number] = fact, when(fact)
        return alike[len(folded) :]


def _object(fact: Fact) -> tuple[str, str, str]:
    """What a Kubernetes event is about."""
    return fact.pod, fact.node if not fact.pod else "", fact.seen.refs.get("container", "")


def _folded(alike: Iterable[Fact]) -> list[Fact]:
    """Those that may be one put together, one after the other; only those are compared that name the same thing or none."""
    same: list[Fact] = []
    by_pod: dict[str, list[int]] = {}
    by_node: dict[str, list[int]] = {}
    for fact in alike:
        at = next((n for n in _near(fact, by_pod, by_node, len(same)) if _may_be_one(same[n], fact)), len(same))
        if at == len(same):
            same.append(fact)
        else:
            same[at] = _together(same[at], fact)
        for places, name in ((by_pod, same[at].pod), (by_node, same[at].node)):
            if at not in (known := places.setdefault(name, [])):
                known.append(at)
    return same


def _near(fact: Fact, by_pod: Mapping[str, list[int]], by_node: Mapping[str, list[int]], count: int) -> Iterable[int]:
    """The places of those that may be one with the fact, and of some that may not."""
    if fact.pod:
        return sorted({*by_pod.get(fact.pod, ()), *by_pod.get("", ())})
    return sorted({*by_node.get(fact.node, ()), *by_node.get("", ())}) if fact.node else range(count)


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


def rows_once(states: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each row once, in order of time: rows of one kind on one thing with the same attributes are one, the first."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in sorted(states, key=when):
        seen = fact.seen
        assert isinstance(seen, State)
        kept.setdefault((seen.kind, tuple(sorted((k, str(v)) for k, v in seen.attrs.items())), fact.pod, fact.node, _named(seen)), fact)
    return tuple(kept.values())


def _named(seen: State) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted((k, v) for k, v in seen.refs.items() if k in {"container", "sandbox_id", "container_id", "volume", "workload", "pod"})
    )
