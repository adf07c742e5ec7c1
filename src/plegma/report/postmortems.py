"""A post-mortem as an outline, for a wiki or a ticket: what the evidence says is filled in, what people know is left open."""

from collections.abc import Iterator
from datetime import datetime

from plegma.model.diagnosis import Diagnosis, Entity, Hypothesis
from plegma.model.texts import Lang, Text
from plegma.model.timelines import Timeline
from plegma.report import words
from plegma.report.lines import Line, entity_name, evidence_lines
from plegma.report.postmortem_words import (
    ACTION,
    DETECTION,
    FILL_IN,
    FOLLOW_UPS,
    HOW_IT_CAME,
    IMPACT,
    LESSONS,
    MITIGATION,
    NOT_CERTAIN,
    ONSET,
    OWNER,
    PREVENT,
    REFERENCES,
    RULE_OUT,
    SUMMARY,
    TIMELINE,
    TITLE,
    UNTIL,
    WATCH,
)

_NAMED = 12
_ROWS = 40
_PROOFS = 2


def postmortem(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    """The post-mortem of a diagnosis that has its timeline; times are in the evidence's own zone."""
    top = diagnosis.hypotheses[0] if diagnosis.hypotheses else None
    subject = top.title if top else words.VERDICT[diagnosis.verdict]
    yield Line(0, "title", f"{TITLE.in_(lang)}: {subject.in_(lang)}")
    yield Line(0, "heading", SUMMARY.in_(lang))
    yield Line(1, "plain", diagnosis.summary.in_(lang))
    yield from _impact(diagnosis, top, lang)
    yield from _timeline(diagnosis, lang)
    if top is not None:
        yield from _cause(top, lang)
        yield from _mitigation(top, lang)
    yield from _open(DETECTION, lang)
    yield from _follow_ups(diagnosis, top, lang)
    yield from _open(LESSONS, lang)


def _open(heading: Text, lang: Lang) -> Iterator[Line]:
    yield Line(0, "heading", heading.in_(lang))
    yield Line(1, "plain", FILL_IN.in_(lang))


def _impact(diagnosis: Diagnosis, top: Hypothesis | None, lang: Lang) -> Iterator[Line]:
    yield Line(0, "heading", IMPACT.in_(lang))
    for symptom in diagnosis.symptoms:
        yield Line(1, "item", symptom.text.in_(lang))
    entities: dict[Entity, None] = dict.fromkeys(e for s in diagnosis.symptoms for e in s.entities)
    entities |= dict.fromkeys(top.affected if top else ())
    names = [entity_name(e) for e in entities]
    if names:
        more = f" (+{len(names) - _NAMED})" if len(names) > _NAMED else ""
        yield Line(1, "item", f"{words.AFFECTED.in_(lang)}: {', '.join(names[:_NAMED])}{more}")
    yield Line(1, "plain", FILL_IN.in_(lang))


def _timeline(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    yield Line(0, "heading", TIMELINE.in_(lang))
    timeline = diagnosis.timeline
    dated = timeline is None or timeline.dated
    rows = _rows(timeline, lang) if timeline else []
    rows += [(o.at, o.text.in_(lang)) for o in diagnosis.onsets]
    for at, text in sorted(dict.fromkeys(rows))[:_ROWS]:
        yield Line(1, "item", f"{_time(at, dated)}{at:%z} {text}")
    for clock in dict.fromkeys(c.text.in_(lang) for c in diagnosis.clocks):
        yield Line(1, "dim", f"{words.CLOCKS.in_(lang)}: {clock}")


def _time(at: datetime, dated: bool) -> str:
    """A time without its year where no text names one."""
    return f"{at:%Y-%m-%d %H:%M:%S}" if dated else f"{at:%m-%d %H:%M:%S}"


def _rows(timeline: Timeline, lang: Lang) -> list[tuple[datetime, str]]:
    """States and series of each entity as they begin; single events are left to the onsets."""
    rows: list[tuple[datetime, str]] = []
    if timeline.onset is not None:
        rows.append((timeline.onset, ONSET.in_(lang)))
    for lane in timeline.lanes:
        name = entity_name(lane.entity)
        for band in lane.bands:
            if band.begins is not None and band.mood in {"bad", "mixed"}:
                until = f" ({UNTIL.in_(lang).format(_time(band.ends, timeline.dated))})" if band.ends else ""
                rows.append((band.begins, f"{name}: {band.text.in_(lang)}{until}"))
        for tick in lane.ticks:
            if tick.count > 1 and tick.last > tick.first:
                until = UNTIL.in_(lang).format(_time(tick.last, timeline.dated))
                rows.append((tick.first, f"{name}: {tick.text.in_(lang)} x{tick.count} ({until})"))
    return rows


def _cause(top: Hypothesis, lang: Lang) -> Iterator[Line]:
    yield Line(0, "heading", f"{words.CAUSES.in_(lang)} ({words.CONFIDENCE[top.confidence].in_(lang)})")
    yield Line(1, "plain", top.summary.in_(lang))
    if top.confidence != "confirmed":
        yield Line(1, "warn", NOT_CERTAIN.in_(lang))
    yield Line(0, "heading", HOW_IT_CAME.in_(lang))
    for step in top.chain:
        count = f" x{step.count}" if step.count > 1 else ""
        yield Line(1, "item", f"{step.title.in_(lang)} ({entity_name(step.entity)}{count}): {step.mechanism.in_(lang)}")
        yield from evidence_lines(step.evidence[:_PROOFS], 2)
    if top.references:
        yield Line(0, "heading", REFERENCES.in_(lang))
        yield from (Line(1, "plain", address) for address in top.references)


def _mitigation(top: Hypothesis, lang: Lang) -> Iterator[Line]:
    yield Line(0, "heading", MITIGATION.in_(lang))
    for remedy in (r for r in top.remedies if r.kind == "temporary"):
        yield Line(1, "todo", f"{remedy.text.in_(lang)} ({words.RISK.in_(lang)}: {remedy.risk.in_(lang)})")
        if remedy.command:
            yield Line(2, "command", remedy.command)


def _follow_ups(diagnosis: Diagnosis, top: Hypothesis | None, lang: Lang) -> Iterator[Line]:
    """What is left to do, each with a place for who does it."""
    yield Line(0, "heading", FOLLOW_UPS.in_(lang))
    owner = OWNER.in_(lang)
    for remedy in (r for r in (top.remedies if top else ()) if r.kind == "permanent"):
        yield Line(1, "todo", f"{PREVENT.in_(lang)}: {remedy.text.in_(lang)} ({owner})")
    decide = top.decide if top and top.confidence != "confirmed" else ()
    for decision in decide:
        yield Line(1, "todo", f"{RULE_OUT.in_(lang)}: {decision.expect.in_(lang)} ({owner})")
        yield Line(2, "command", decision.command)
    for remedy in (r for r in (top.remedies if top else ()) if r.verify):
        yield Line(1, "todo", f"{WATCH.in_(lang)} ({owner})")
        yield Line(2, "command", remedy.verify)
        break
    for gap in diagnosis.gaps:
        yield Line(1, "todo", f"{ACTION.in_(lang)}: {gap.text.in_(lang)} ({owner})")
        yield Line(2, "command", gap.command)
