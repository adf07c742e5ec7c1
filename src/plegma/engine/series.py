"""What a count over a time proves: a period, an onset, a process that was not restarted."""

from collections.abc import Sequence

from plegma.engine.facts import Fact
from plegma.model.observations import Event
from plegma.model.texts import Text

_LEAST = 10
_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0
_PLEG_THRESHOLD = 180.0
"""Seconds; pkg/kubelet/pleg/generic.go, relistThreshold."""
_KUBELET_COUNTED = frozenset({"kubelet"})


def span_of(fact: Fact) -> float | None:
    """Seconds from the first to the last of a series, as written (ages are cut, not rounded)."""
    event = fact.seen
    if not isinstance(event, Event) or event.count < 2:
        return None
    if event.first is not None and event.first.age is not None:
        return event.first.age - (event.at.age if event.at and event.at.age is not None else 0.0)
    if fact.first and fact.last:
        return (fact.last.at - fact.first.at).total_seconds()
    return None


def period_of(fact: Fact) -> float | None:
    """Mean seconds between two of a series of at least ten, or None."""
    span = span_of(fact)
    return span / fact.count if span and fact.count >= _LEAST else None


def notes_on(mode: str, facts: Sequence[Fact]) -> tuple[Text, ...]:
    """What the counts of a mode's facts prove (`mode` is its id); the longest series speaks."""
    longest = max(facts, key=lambda f: (f.count, f.order))
    span, period = span_of(longest), period_of(longest)
    if span is None or period is None:
        return ()
    notes = [_pace(longest.count, span, period)]
    if mode in {"node-readiness-flapping", "node-not-ready"} and 0.5 * _PLEG_THRESHOLD < period < 3 * _PLEG_THRESHOLD:
        notes.append(Text("that is near PLEG's 3-minute threshold", "これは PLEG の 3 分のしきい値に近い"))
    if (
        longest.seen.refs.get("reporter", "kubelet") in _KUBELET_COUNTED
        and mode not in {"node-readiness-flapping", "node-not-ready"}
        and span >= _HOUR
    ):
        notes.append(_unbroken(span))
    return tuple(notes)


def _pace(count: int, span: float, period: float) -> Text:
    return Text(
        f"{count} times in {length(span)[0]}: one every {length(period)[0]}",
        f"{length(span)[1]}で {count} 回、つまり {length(period)[1]}に 1 回",
    )


def _unbroken(span: float) -> Text:
    return Text(
        f"the count lives in the kubelet's memory, so the kubelet was not restarted in those {length(span)[0]}",
        f"この回数は kubelet のメモリ上にあるため、その {length(span)[1]}の間 kubelet は再起動していない",
    )


def length(seconds: float) -> tuple[str, str]:
    """A duration for people: "24 d" / "24 日間", "3.9 min" / "3.9 分", "16.1 s" / "16.1 秒"."""
    for size, en, ja in ((_DAY, "d", "日"), (_HOUR, "h", "時間"), (_MINUTE, "min", "分")):
        if seconds >= size:
            return f"{_short(seconds / size)} {en}", f"{_short(seconds / size)} {ja}"
    return f"{_short(seconds)} s", f"{_short(seconds)} 秒"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
