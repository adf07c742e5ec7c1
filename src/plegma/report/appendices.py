"""What follows the causes: what began when, what was missing, how clocks were set, what was read."""

from collections.abc import Iterator

from plegma.model.diagnosis import Diagnosis
from plegma.model.texts import Lang
from plegma.report import words
from plegma.report.lines import Line

_NAMED = 4
_ONSETS = 8
_GAPS = 3


def onsets(diagnosis: Diagnosis, lang: Lang, verbose: bool) -> Iterator[Line]:
    """Beginnings in order of time; brief, the first few."""
    if len(diagnosis.onsets) < 2:
        return
    yield Line(0, "heading", words.ONSETS.in_(lang))
    for onset in diagnosis.onsets if verbose else diagnosis.onsets[:_ONSETS]:
        slack = f" ({words.ABOUT.in_(lang).format(_span(onset.grain))})" if onset.grain >= 60 else ""
        yield Line(1, "plain", f"{onset.at:%Y-%m-%d %H:%M:%S%z}{slack}  {onset.text.in_(lang)}")
    yield from _more(0 if verbose else len(diagnosis.onsets) - _ONSETS, lang)


def _span(seconds: float) -> str:
    return f"{seconds / 86400:.0f} d" if seconds >= 86400 else f"{seconds / 3600:.0f} h" if seconds >= 3600 else f"{seconds / 60:.0f} min"


def gaps(diagnosis: Diagnosis, lang: Lang, verbose: bool, told: frozenset[str]) -> Iterator[Line]:
    """What was missing and how to get it; brief, a few of those whose command was not told yet."""
    wanted = [gap for gap in diagnosis.gaps if verbose or gap.command not in told]
    shown = wanted if verbose else wanted[:_GAPS]
    if shown:
        yield Line(0, "heading", words.GAPS.in_(lang))
    for gap in shown:
        yield Line(1, "item", gap.text.in_(lang))
        yield Line(2, "command", gap.command)
    yield from _more(len(wanted) - len(shown), lang)


def _more(number: int, lang: Lang) -> Iterator[Line]:
    if number > 0:
        yield Line(1, "dim", words.AND_MORE.in_(lang).format(number))


def clocks(diagnosis: Diagnosis, lang: Lang, verbose: bool) -> Iterator[Line]:
    """How times were put on one clock; brief, only what was assumed."""
    artifacts: dict[str, list[str]] = {}
    for clock in diagnosis.clocks:
        if verbose or clock.assumed:
            artifacts.setdefault(clock.text.in_(lang), []).append(clock.artifact)
    if artifacts:
        yield Line(0, "heading", words.CLOCKS.in_(lang))
    for text, names in artifacts.items():
        more = f" (+{len(names) - _NAMED})" if len(names) > _NAMED else ""
        yield Line(1, "plain", text, f"{', '.join(names[:_NAMED])}{more}")


def inputs(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    """What was read, and how much of it was understood."""
    yield Line(0, "heading", words.INPUTS.in_(lang))
    for item in diagnosis.inputs:
        yield Line(1, "plain", f"{item.artifact}: {item.kind}, {words.LINES.in_(lang).format(item.lines, item.read)}")
