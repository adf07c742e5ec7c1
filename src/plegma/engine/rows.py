"""Facts that are alike in what a rule looks at, held together: a rule is asked once for a whole crowd."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from msgspec import Struct

from plegma.engine.facts import Fact, Wording, attributes, in_order
from plegma.engine.haystacks import Haystack
from plegma.engine.scenes import Scene
from plegma.engine.signatures import compiled, may_show, part_of
from plegma.knowledge.catalog import Catalog, Needs
from plegma.knowledge.failure_mode import Signature, StateTest
from plegma.model.observations import State

Value = str | int | float | bool
Bound = tuple[tuple[str, str], ...]
"""What the named groups of a pattern found."""


class _Row(Struct, frozen=True, gc=False):
    """A state with its place among all."""

    place: int
    fact: Fact
    attrs: Mapping[str, Value]


class _Column:
    """The rows of one kind that have one attribute, by its value."""

    def __init__(self, rows: Sequence[_Row], key: str) -> None:
        self._key = key
        self.by_value: dict[tuple[type, Value], list[_Row]] = {}
        for row in rows:
            if (value := row.attrs.get(key)) is not None:
                self.by_value.setdefault((type(value), value), []).append(row)
        self._all_have_it = sum(map(len, self.by_value.values())) == len(rows)

    def passing(self, want: str) -> list[_Row]:
        """The rows whose value passes, in their order."""
        holds = part_of(want)
        found = [rows for (_, value), rows in self.by_value.items() if holds(value)]
        return found[0] if len(found) == 1 else sorted((row for rows in found for row in rows), key=lambda row: row.place)

    def left(self, rows: Sequence[_Row], want: str) -> Sequence[_Row]:
        """Those of some rows whose value passes."""
        holds = part_of(want)
        if len(self.by_value) > len(rows):
            return [row for row in rows if (value := row.attrs.get(self._key)) is not None and holds(value)]
        passing = {typed for typed in self.by_value if holds(typed[1])}
        if self._all_have_it and len(passing) == len(self.by_value):
            return rows
        return [row for row in rows if _typed(row.attrs.get(self._key)) in passing] if passing else []


def _typed(value: Value | None) -> tuple[type, Value | None]:
    """True is not 1 here."""
    return type(value), value


class StateRows:
    """All states of a scene, to be asked for those that pass a test."""

    def __init__(self, states: Iterable[Fact], catalog: Catalog) -> None:
        kinds = {test.kind for mode in catalog for test in (*mode.states, *(r.state for r in mode.refutes if r.state is not None))}
        self._by_kind: dict[str, list[_Row]] = {}
        self._columns: dict[tuple[str, str], _Column] = {}
        for place, fact in enumerate(states):
            if isinstance(fact.seen, State) and fact.seen.kind in kinds:
                self._by_kind.setdefault(fact.seen.kind, []).append(_Row(place, fact, attributes(fact)))

    def passing(self, test: StateTest) -> list[Fact]:
        """The facts that pass all parts of a test, in their order. What has the fewest values is looked at first."""
        if test.kind not in self._by_kind:
            return []
        columns = sorted(((self._column(test.kind, key), key) for key in test.where), key=lambda c: (len(c[0].by_value), c[1]))
        rows: Sequence[_Row] = columns[0][0].passing(test.where[columns[0][1]]) if columns else self._by_kind[test.kind]
        for column, key in columns[1:]:
            rows = column.left(rows, test.where[key])
        return [row.fact for row in rows]

    def _column(self, kind: str, key: str) -> _Column:
        if (kind, key) not in self._columns:
            self._columns[kind, key] = _Column(self._by_kind[kind], key)
        return self._columns[kind, key]


class Rows(Struct, frozen=True):
    """What rules are asked of: all events and all states of a scene."""

    events: "EventRows"
    states: StateRows


def rows_of(scene: Scene, catalog: Catalog) -> Rows:
    """The rows of a scene."""
    return Rows(EventRows(scene.wordings), StateRows(scene.states, catalog))


class EventRows:
    """All events of a scene, to be asked for those that a signature matches."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._wordings = tuple(wordings)
        self._heads = {(wording.component, wording.reason) for wording in self._wordings}
        self._haystack = Haystack(wording.message for wording in self._wordings)

    def matching(self, signature: Signature, needs: Needs = ()) -> list[tuple[Bound, list[Fact]]]:
        """The facts in their order, those next to each other for which the pattern bound the same together.

        Every matching message holds a text of each set of `needs`.
        """
        heads = {head for head in self._heads if may_show(signature, *head)}
        if not heads:
            return []
        told = (self._wordings[n] for n in self._haystack.holding(needs[0])) if needs else self._wordings
        asked = [w for w in told if (w.component, w.reason) in heads and (len(needs) < 2 or _has_all(w.message, needs[1:]))]
        if not asked:
            return []
        pattern = compiled(signature.pattern)  # which takes longer than all before
        crowds: dict[Bound, list[tuple[int, Fact]]] = {}
        for wording in asked:
            if found := pattern.search(wording.message):
                crowds.setdefault(_bound(found), []).extend(wording.facts)
        if len(crowds) == 1:
            return [(bound, in_order(facts)) for bound, facts in crowds.items()]
        placed = sorted(((place, fact, bound) for bound, facts in crowds.items() for place, fact in facts), key=itemgetter(0))
        return [(bound, [fact for _, fact, _ in facts]) for bound, facts in groupby(placed, key=itemgetter(2))]


def _has_all(message: str, needs: Needs) -> bool:
    for texts in needs:
        for text in texts:
            if text in message:
                break
        else:
            return False
    return True


def _bound(match: re.Match[str]) -> Bound:
    groups = match.groupdict()
    return tuple(sorted((k, v) for k, v in groups.items() if v)) if groups else ()
