"""The kubelet's event recorder: repeats fold into a count, many similar ones fold together, and a filter stops spam.

client-go tools/record/events_cache.go. The count goes up before the filter decides, so a count read later is true
while its last-seen time lags.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from plegma.agent.constants import seconds

SIMILAR = "(combined from similar events): "


class Happening(NamedTuple):
    """Something to record `times` times, the last time now; `first` is when the first of them was."""

    kind: str
    object: str
    reason: str
    message: str
    warning: bool = False
    times: int = 1
    first: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One event object: what repeats, how often, first and last (virtual seconds)."""

    happening: Happening
    count: int
    first: float
    last: float


class _Object(NamedTuple):
    """What is known of one object's events: series by reason and message, spam bucket, differing messages by reason."""

    series: Mapping[tuple[str, str], Series]
    tokens: float
    refilled: float
    similar: Mapping[str, tuple[float, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Recorder:
    """All objects that have had an event."""

    objects: Mapping[str, _Object] = field(default_factory=dict)


_BURST, _REFILL = seconds("spam_burst_count"), seconds("spam_refill")
_WINDOW, _MOST = seconds("similar_window"), seconds("similar_count")


def record(recorder: Recorder, what: Happening, now: float) -> tuple[Recorder, Series | None]:
    """The recorder after `what`, and the series as posted; None where the spam filter holds it back."""
    known = recorder.objects.get(what.object) or _Object({}, _BURST, now, {})
    seen = _messages(known, what, now)
    combined = len(seen) > _MOST
    if combined:
        what = what._replace(message=SIMILAR + what.message)
    key = (what.reason, SIMILAR if combined else what.message)
    old = known.series.get(key)
    if old:
        series = Series(what, old.count + what.times, old.first, now)
    else:
        series = Series(what, what.times, now if what.first is None else what.first, now)
    tokens = min(_BURST, known.tokens + (now - known.refilled) / _REFILL)
    posted = tokens >= 1
    left = max(0.0, tokens - what.times) if posted else tokens
    after = _Object({**known.series, key: series}, left, now, {**known.similar, what.reason: (now, seen)})
    return Recorder({**recorder.objects, what.object: after}), series if posted else None


def _messages(known: _Object, what: Happening, now: float) -> frozenset[str]:
    """The differing messages of this reason, none of them older than the window at the last one."""
    last, seen = known.similar.get(what.reason, (now, frozenset()))
    if now - last > _WINDOW:
        return frozenset({what.message})
    return seen if what.message in seen else seen | {what.message}
