"""A diagnosis as an outline of lines: the one structure that terminal text and Markdown are both drawn from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from plegma.model.diagnosis import ChainStep, Diagnosis, Entity, Evidence, Hypothesis
from plegma.model.texts import Lang
from plegma.report import words
from plegma.report.escapes import visible

_NAMED = 4
Style = Literal["title", "heading", "item", "plain", "dim", "command", "evidence", "good", "bad", "warn"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the outline: how deep, in which style."""

    depth: int
    style: Style
    text: str


def outline(diagnosis: Diagnosis, lang: Lang, verbose: bool) -> Iterator[Line]:
    """Short answer first, then the chain with its lines, then what is open."""
    style: Style = {"problem": "bad", "healthy": "good", "insufficient": "warn"}[diagnosis.verdict]  # type: ignore[assignment]
    yield Line(0, style, f"{words.VERDICT[diagnosis.verdict].in_(lang)}: {visible(diagnosis.summary.in_(lang))}")
    yield from _first_aid(diagnosis, lang)
    for notice in diagnosis.notices:
        yield Line(1, "warn", visible(notice.in_(lang)))
    yield from _symptoms(diagnosis, lang)
    for hypothesis in diagnosis.hypotheses:
        full = hypothesis.rank == 1 or verbose or hypothesis.confidence != "possible"
        yield from _hypothesis(hypothesis, lang, full, verbose)
    yield from _onsets(diagnosis, lang)
    yield from _gaps(diagnosis, lang)
    yield from _clocks(diagnosis, lang)
    if verbose:
        yield from _inputs(diagnosis, lang)


def _first_aid(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    """What to do first: the first temporary remedy of an answer that is sure enough, else the command that decides."""
    if not diagnosis.hypotheses or diagnosis.verdict != "problem":
        return
    top = diagnosis.hypotheses[0]
    remedy = next((r for r in top.remedies if r.kind == "temporary"), None)
    if top.confidence == "possible" and top.decide:
        yield Line(1, "item", f"{words.DECIDE.in_(lang)}: {visible(top.decide[0].expect.in_(lang))}")
        yield Line(2, "command", visible(top.decide[0].command))
    elif remedy is not None:
        yield Line(1, "item", f"{words.KIND['temporary'].in_(lang)}: {visible(remedy.text.in_(lang))}")
        if remedy.command:
            yield Line(2, "command", visible(remedy.command))


def entity_name(entity: Entity) -> str:
    """How a person calls it: Pod logging/collector, Node worker-7."""
    name = f"{entity.namespace}/{entity.name}" if entity.namespace else entity.name
    return visible(f"{entity.kind} {name}".strip())


def _symptoms(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    if not diagnosis.symptoms:
        return
    yield Line(0, "heading", words.SYMPTOMS.in_(lang))
    for symptom in diagnosis.symptoms:
        yield Line(1, "item", visible(symptom.text.in_(lang)))
        yield from _lines(symptom.evidence[:2], 2)


def _hypothesis(h: Hypothesis, lang: Lang, full: bool, verbose: bool) -> Iterator[Line]:
    yield Line(0, "heading", f"{h.rank}. {h.title.in_(lang)} [{words.CONFIDENCE[h.confidence].in_(lang)}]")
    yield Line(1, "plain", f"{h.cause} · {entity_name(h.entity)}{_affected(h, lang)}")
    if full:
        yield Line(1, "heading", words.CHAIN.in_(lang))
        for number, step in enumerate(h.chain):
            yield from _step(step, number, lang, verbose)
    if h.against:
        yield Line(1, "heading", words.AGAINST.in_(lang))
        for objection in h.against:
            yield Line(2, "item", visible(objection.text.in_(lang)))
            yield from _lines(objection.evidence[:1], 3)
    if h.confidence != "confirmed" and h.decide:
        yield from _decisions(h, lang, full)
    if full:
        yield from _remedies(h, lang)


def _affected(h: Hypothesis, lang: Lang) -> str:
    if len(h.affected) < 2:
        return ""
    names = ", ".join(entity_name(e) for e in h.affected[:8]) + (" ..." if len(h.affected) > 8 else "")
    return f" · {words.AFFECTED.in_(lang)} ({len(h.affected)}): {names}"


def _step(step: ChainStep, number: int, lang: Lang, verbose: bool) -> Iterator[Line]:
    arrow = "" if number == 0 else "→ "
    count = f" {words.TIMES.in_(lang).format(step.count)}" if step.count > 1 else ""
    since = f" ({step.first:%Y-%m-%d %H:%M:%S%z})" if step.first else ""
    yield Line(2, "item", f"{arrow}{step.title.in_(lang)} · {entity_name(step.entity)}{count}{since}")
    yield Line(3, "plain", visible(step.mechanism.in_(lang)))
    for note in step.notes:
        yield Line(3, "plain", note.in_(lang))
    if not step.observed:
        yield Line(3, "dim", words.NOT_SHOWN.in_(lang))
    yield from _lines(step.evidence if verbose else step.evidence[:2], 3)


def _lines(evidence: tuple[Evidence, ...], depth: int) -> Iterator[Line]:
    for line in evidence:
        yield Line(depth, "evidence", f"{visible(line.artifact)}:{line.line}: {visible(line.text).strip()}")


def _decisions(h: Hypothesis, lang: Lang, full: bool) -> Iterator[Line]:
    yield Line(1, "heading", words.DECIDE.in_(lang))
    for decision in h.decide if full else h.decide[:1]:
        yield Line(2, "command", decision.command)
        yield Line(3, "plain", f"{words.EXPECT.in_(lang)}: {decision.expect.in_(lang)}")
        if len(decision.separates) > 1:
            yield Line(3, "dim", f"{words.BETWEEN.in_(lang)}: {', '.join(decision.separates)}")


def _remedies(h: Hypothesis, lang: Lang) -> Iterator[Line]:
    if not h.remedies:
        return
    yield Line(1, "heading", words.REMEDIES.in_(lang))
    for remedy in sorted(h.remedies, key=lambda r: r.kind == "permanent"):
        yield Line(2, "item", f"{words.KIND[remedy.kind].in_(lang)}: {remedy.text.in_(lang)}")
        if remedy.command:
            yield Line(3, "command", remedy.command)
        yield Line(3, "dim", f"{words.RISK.in_(lang)}: {remedy.risk.in_(lang)}")
        if remedy.verify:
            yield Line(3, "dim", f"{words.VERIFY.in_(lang)}: {remedy.verify}")


def _onsets(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    if len(diagnosis.onsets) < 2:
        return
    yield Line(0, "heading", words.ONSETS.in_(lang))
    for onset in diagnosis.onsets:
        slack = f" ({words.ABOUT.in_(lang).format(_span(onset.grain))})" if onset.grain >= 60 else ""
        yield Line(1, "plain", f"{onset.at:%Y-%m-%d %H:%M:%S%z}{slack}  {onset.text.in_(lang)}")


def _span(seconds: float) -> str:
    return f"{seconds / 86400:.0f} d" if seconds >= 86400 else f"{seconds / 3600:.0f} h" if seconds >= 3600 else f"{seconds / 60:.0f} min"


def _gaps(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    if not diagnosis.gaps:
        return
    yield Line(0, "heading", words.GAPS.in_(lang))
    for gap in diagnosis.gaps:
        yield Line(1, "item", gap.text.in_(lang))
        yield Line(2, "command", gap.command)


def _clocks(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    if not diagnosis.clocks:
        return
    yield Line(0, "heading", words.CLOCKS.in_(lang))
    artifacts: dict[str, list[str]] = {}
    for clock in diagnosis.clocks:
        artifacts.setdefault(clock.text.in_(lang), []).append(visible(clock.artifact))
    for text, names in artifacts.items():
        more = f" (+{len(names) - _NAMED})" if len(names) > _NAMED else ""
        yield Line(1, "plain", f"{', '.join(names[:_NAMED])}{more}: {text}")


def _inputs(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    yield Line(0, "heading", words.INPUTS.in_(lang))
    for item in diagnosis.inputs:
        yield Line(1, "plain", f"{visible(item.artifact)}: {item.kind}, {words.LINES.in_(lang).format(item.lines, item.read)}")
