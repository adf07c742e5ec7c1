"""Facts that are alike in all that rules look at, held together: a rule is asked once for a whole crowd."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plegma.engine.scenes import Fact, attributes
from plegma.engine.signatures import passes, search
from plegma.knowledge.catalog import Catalog
from plegma.knowledge.failure_mode import Signature, StateTest
from plegma.model.observations import Event, State

Value = str | int | float | bool
Needs = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Alike:
    """Facts with the same attributes as far as any test looks at them, each with its place among all facts."""

    attrs: Mapping[str, Value]
    facts: list[tuple[int, Fact]]


class StateRows:
    """All states of a scene, to be asked for those that pass a test."""

    def __init__(self, states: Iterable[Fact], catalog: Catalog) -> None:
        looked_at = _looked_at(catalog)
        by_kind: dict[str, dict[tuple[object, ...], _Alike]] = {}
        for place, fact in enumerate(states):
            if not isinstance(fact.seen, State) or fact.seen.kind not in looked_at:
                continue
            found = attributes(fact)
            attrs = {key: found[key] for key in looked_at[fact.seen.kind] if key in found}
            key = (bool(fact.seen.refs.get("pod")), *((k, type(v), v) for k, v in attrs.items()))
            by_kind.setdefault(fact.seen.kind, {}).setdefault(key, _Alike(attrs, [])).facts.append((place, fact))
        self._by_kind = {kind: tuple(groups.values()) for kind, groups in by_kind.items()}

    def passing(self, test: StateTest) -> Iterator[Fact]:
        """The facts that pass, in their order."""
        crowds = [alike.facts for alike in self._by_kind.get(test.kind, ()) if passes(test, test.kind, alike.attrs)]
        if len(crowds) == 1:
            return (fact for _, fact in crowds[0])
        return (fact for _, fact in sorted((pair for facts in crowds for pair in facts), key=lambda pair: pair[0]))


class EventRows:
    """All events of a scene, to be asked for those that a signature matches."""

    def __init__(self, events: Iterable[Fact]) -> None:
        self._facts: dict[tuple[str, str, str], list[tuple[int, Fact]]] = {}
        for place, fact in enumerate(events):
            if isinstance(fact.seen, Event):
                key = fact.seen.component, fact.seen.reason, fact.seen.message
                self._facts.setdefault(key, []).append((place, fact))
        self._haystack = "\n".join(message for _, _, message in self._facts)

    def matching(self, signature: Signature, needs: Needs = ()) -> Iterator[tuple[Fact, re.Match[str]]]:
        """The facts in their order, each with its match; every matching message holds a text of each set of `needs`."""
        if needs and not any(text in self._haystack for text in needs[0]):
            return
        crowds = [
            (found, facts)
            for (component, reason, message), facts in self._facts.items()
            if _holds(message, needs) and (found := search(signature, component, reason, message))
        ]
        pairs = ((place, fact, found) for found, facts in crowds for place, fact in facts)
        for _, fact, found in pairs if len(crowds) == 1 else sorted(pairs, key=lambda triple: triple[0]):
            yield fact, found


def _holds(message: str, needs: Needs) -> bool:
    for texts in needs:
        for text in texts:
            if text in message:
                break
        else:
            return False
    return True


def _looked_at(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """For each kind of state the attributes that tests name."""
    keys: dict[str, set[str]] = {}
    for mode in catalog:
        for test in (*mode.states, *(r.state for r in mode.refutes if r.state is not None)):
            keys.setdefault(test.kind, set()).update(test.where)
    return {kind: tuple(sorted(names)) for kind, names in keys.items()}
