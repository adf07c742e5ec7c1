"""When a node was Ready and when not: transitions that single lines tell, and series that are counted over weeks.

Texts: pkg/kubelet/kubelet_node_status.go ("Recording NodeNotReady event message for node"), pkg/kubelet/nodestatus/setters.go
("Node became not ready"), and the events of both.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import zip_longest

from msgspec import Struct

from plegma.engine.chains import evidence_of
from plegma.engine.clocks import Moment
from plegma.engine.facts import Fact
from plegma.engine.scenes import Scene
from plegma.engine.series import length, period_of
from plegma.model.observations import Event
from plegma.model.texts import Text
from plegma.model.timelines import Band, Mood

_NOT_READY = re.compile(r"status is now: NodeNotReady|Recording NodeNotReady event|event=\"?NodeNotReady|Node became not ready")
_READY = re.compile(r"status is now: NodeReady|Recording NodeReady event|event=\"?NodeReady")
_CONDITION = {"KubeletReady": True, "KubeletNotReady": False, "NodeStatusUnknown": False}
"""Reasons of a node's Ready condition; its time is that of the last change (pkg/kubelet/nodestatus/setters.go)."""
_NAME = {True: Text("Ready", "Ready"), False: Text("NotReady", "NotReady")}
_SHORTLY = 3
"""Two changes of a series that lie farther apart than so many periods have others between them that no line tells."""
_FLAPPING = 3
"""From so many changes on a series says that a node goes to and fro, and not when it changed."""


class _Change(Struct, frozen=True):
    at: Moment
    ready: bool
    fact: Fact


def readiness_bands(scene: Scene, facts: Sequence[Fact]) -> Iterator[Band]:
    """The bands of one node from its events. Within a series, single changes that lines tell lie over its band."""
    told = [(fact, ready) for fact in facts if (ready := tells_readiness(fact)) is not None]
    lost = max((f for f, ready in told if not ready and f.count >= _FLAPPING), key=lambda f: f.count, default=None)
    back = max((f for f, ready in told if ready and f.count >= _FLAPPING), key=lambda f: f.count, default=None)
    changes = [_Change(f.last, ready, f) for f, ready in told if f.last]
    if lost is None or lost.first is None or lost.last is None:
        yield from _between(scene, changes)
        return
    if back is not None and back.first and back.first < lost.first:
        yield _band(scene, _NAME[True], "good", back.first, lost.first, (back,))
    until = max(m for m in (lost.last, back.last if back else None) if m)
    yield _flapping(scene, lost, back, until)
    shortly = timedelta(seconds=_SHORTLY * (period_of(lost) or 0.0))
    yield from _between(scene, [c for c in changes if c.at < until], shortly)
    yield from _between(scene, [c for c in changes if c.at >= until])


def tells_readiness(fact: Fact) -> bool | None:
    """Whether an event says that its node became Ready (True), stopped being so (False), or neither."""
    seen = fact.seen
    if not isinstance(seen, Event) or fact.pod:
        return None
    if _NOT_READY.search(seen.message):
        return False
    if _READY.search(seen.message):
        return True
    return _CONDITION.get(seen.reason) if seen.component == "status" else None


def _flapping(scene: Scene, lost: Fact, back: Fact | None, until: Moment) -> Band:
    assert lost.first is not None
    period = period_of(lost)
    pace_en, pace_ja = (f", one every {length(period)[0]}", f"、{length(period)[1]}に 1 回") if period else ("", "")
    text = Text(f"NotReady and Ready in turn: {lost.count:,} times{pace_en}", f"NotReady と Ready を往復: {lost.count:,} 回{pace_ja}")
    return _band(scene, text, "mixed", lost.first, until, (lost, *([back] if back else [])))


def _between(scene: Scene, changes: Iterable[_Change], within: timedelta | None = None) -> Iterator[Band]:
    """One band from each change of state to the next; the last has no end. With `within`, only bands so short at most."""
    turns: list[_Change] = []
    for change in sorted(changes, key=lambda c: (c.at, c.ready)):
        if not turns or turns[-1].ready != change.ready:
            turns.append(change)
    for turn, after in zip_longest(turns, turns[1:]):
        if within is None or (after is not None and after.at.at - turn.at.at <= within):
            yield _band(scene, _NAME[turn.ready], "good" if turn.ready else "bad", turn.at, after.at if after else None, (turn.fact,))


def _band(scene: Scene, text: Text, mood: Mood, begins: Moment, ends: Moment | None, facts: Sequence[Fact]) -> Band:
    evidence = tuple(line for fact in facts for line in evidence_of([fact]))
    return Band(text, mood, scene.clocks.placed(begins), scene.clocks.placed(ends) if ends else None, begins.grain, evidence)
