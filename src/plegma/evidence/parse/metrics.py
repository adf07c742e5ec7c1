"""The Prometheus text format: one State for each sample but the buckets of histograms."""

import re

from plegma.evidence.parse.blocks import Block, Context, Document, next_filled
from plegma.model.observations import State

_SAMPLE = re.compile(
    r"\s*(?P<name>[a-z][a-z0-9:]*_[a-z0-9_:]+)(?:\{(?P<labels>[^{}]*)\})? (?P<value>[-+]?(?:[\d.]+(?:e[+-]?\d+)?|Inf)|NaN)(?: \d{10,13})?$",
    re.I,
)
_COMMENT = re.compile(r"\s*# (?:HELP|TYPE) [a-zA-Z_:]\w+ ")
_SHOW = frozenset(("cat", "grep", "egrep", "curl"))
_MOST = 4000


def metrics(document: Document, index: int, context: Context) -> Block | None:
    """Samples that start here: two in a row at least, or one with labels."""
    if not _is_metric(document.lines[index]) or not (context.command.program in _SHOW or _is_sure(document, index)):
        return None
    states: list[State] = []
    end = index
    while end < len(document.lines) and _is_metric(line := document.lines[end]):
        if (match := _SAMPLE.match(line)) and not match["name"].endswith("_bucket") and len(states) < _MOST:
            states.append(_state(document, end, match))
        end += 1
    return Block("prometheus", end, tuple(states))


def _is_metric(line: str) -> bool:
    return bool(_SAMPLE.match(line) or _COMMENT.match(line))


def _is_sure(document: Document, index: int) -> bool:
    if "{" in document.lines[index] or _COMMENT.match(document.lines[index]):
        return True
    ahead = next_filled(document, index + 1)
    return (ahead >= 0 and _is_metric(document.lines[ahead])) or (index > 0 and _is_metric(document.lines[index - 1]))


def _state(document: Document, at: int, match: re.Match[str]) -> State:
    attrs = {"name": match["name"], "value": float(match["value"]), **({"labels": match["labels"]} if match["labels"] else {})}
    return document.state(at, "Metric", attrs, {})
