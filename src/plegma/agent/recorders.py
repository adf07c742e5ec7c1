"""The kubelet's event recorder: repeats fold into a count, many similar ones fold together, and a filter stops spam.

client-go tools/record/events_cache.go. The count goes up before the filter decides, so a count read later is true
while its last-seen time lags.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from plegma.agent.constants import seconds

SIMILAR = "(combined from similar events): "


@dataclass(frozen=True, slots=True)
class Happening:
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


@dataclass(frozen=True, slots=True)
class _Bucket:
    tokens: float
    at: float


@dataclass(frozen=True, slots=True)
class Recorder:
    """Series by what they repeat, spam buckets by object, and the differing messages by object and reason."""

    series: Mapping[tuple[str, str, str], Series] = field(default_factory=dict)
    buckets: Mapping[str, _Bucket] = field(default_factory=dict)
    similar: Mapping[tuple[str, str], tuple[float, frozenset[str]]] = field(default_factory=dict)


def record(recorder: Recorder, what: Happening, now: float) -> tuple[Recorder, Series | None]:
    """The recorder after `what`, and the series as posted; None where the spam filter holds it back."""
    what, similar = _combined(recorder, what, now)
    key = (what.object, what.reason, what.message if not what.message.startswith(SIMILAR) else SIMILAR)
    old = recorder.series.get(key)
    first = old.first if old else (now if what.first is None else what.first)
    series = Series(what, (old.count if old else 0) + what.times, first, now)
    bucket = _refilled(recorder.buckets.get(what.object), now)
    posted = bucket.tokens >= 1
    spent = replace(bucket, tokens=max(0.0, bucket.tokens - what.times)) if posted else bucket
    known = {**recorder.series, key: series}
    return Recorder(known, {**recorder.buckets, what.object: spent}, similar), series if posted else None


def _refilled(bucket: _Bucket | None, now: float) -> _Bucket:
    burst = seconds("spam_burst_count")
    if bucket is None:
        return _Bucket(burst, now)
    return _Bucket(min(burst, bucket.tokens + (now - bucket.at) / seconds("spam_refill")), now)


def _combined(recorder: Recorder, what: Happening, now: float) -> tuple[Happening, Mapping[tuple[str, str], tuple[float, frozenset[str]]]]:
    key = (what.object, what.reason)
    last, seen = recorder.similar.get(key, (now, frozenset()))
    if now - last > seconds("similar_window"):
        seen = frozenset({what.message})
    elif what.message not in seen:
        seen |= {what.message}
    similar = {**recorder.similar, key: (now, seen)}
    if len(seen) > seconds("similar_count"):
        return replace(what, message=SIMILAR + what.message), similar
    return what, similar
