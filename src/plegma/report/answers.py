"""The short answer: what is seen, what to do now, what would decide, what to do for good."""

from collections.abc import Iterator, Sequence

from plegma.model.diagnosis import Decision, Diagnosis, Hypothesis, RemedyStep
from plegma.model.texts import Lang, Text
from plegma.report import words
from plegma.report.lines import Line, entity_name

_SEEN = 4


def short_answer(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    """A few lines under the verdict; a cause that is only possible is to be decided before anything is done about it."""
    if diagnosis.verdict == "problem":  # else the verdict itself says what is seen
        yield from _seen(diagnosis, lang)
    if not diagnosis.hypotheses or diagnosis.verdict == "healthy":
        yield from _next(diagnosis, lang)
        return
    top = diagnosis.hypotheses[0]
    temporary = next((r for r in top.remedies if r.kind == "temporary"), None)
    permanent = next((r for r in top.remedies if r.kind == "permanent"), None)
    unsure = top.confidence == "possible" and bool(top.decide)
    if temporary is not None and not unsure:
        yield from _remedy(temporary, lang)
    if top.confidence != "confirmed" and top.decide:
        yield from _decision(top.decide[0], lang)
    if permanent is not None and not unsure:
        yield Line(1, "answer", permanent.text.in_(lang), words.KIND["permanent"].in_(lang))


def _seen(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    told = [symptom.text.in_(lang) for symptom in diagnosis.symptoms] or list(_last_steps(diagnosis.hypotheses[:1], lang))
    for number, text in enumerate(told[:_SEEN]):
        yield Line(1, "answer", text, "" if number else words.SEEN.in_(lang))
    more = len(told) - _SEEN
    if more > 0:
        yield Line(1, "answer", words.AND_MORE.in_(lang).format(more))


def _last_steps(hypotheses: Sequence[Hypothesis], lang: Lang) -> Iterator[str]:
    """Where no symptom of a pod or node was handed in: the last that the chain was seen to lead to."""
    for hypothesis in hypotheses:
        observed = [step for step in hypothesis.chain if step.observed]
        yield from (f"{step.title.in_(lang)} · {entity_name(step.entity)}" for step in observed[-1:])


def _next(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    """Without a cause to act on: the command that would tell most."""
    if diagnosis.verdict == "insufficient" and diagnosis.gaps:
        gap = diagnosis.gaps[0]
        yield Line(1, "answer", gap.text.in_(lang), words.NEXT.in_(lang))
        yield Line(1, "run", gap.command)


def _remedy(remedy: RemedyStep, lang: Lang) -> Iterator[Line]:
    yield Line(1, "answer", remedy.text.in_(lang), words.KIND["temporary"].in_(lang))
    if remedy.command:
        yield Line(1, "run", remedy.command)
    yield Line(1, "answer", _said(words.RISK, remedy.risk.in_(lang), lang))
    if remedy.verify:
        yield Line(1, "answer", _said(words.VERIFY, remedy.verify, lang))


def _decision(decision: Decision, lang: Lang) -> Iterator[Line]:
    yield Line(1, "answer", _said(words.EXPECT, decision.expect.in_(lang), lang), words.BE_SURE.in_(lang))
    yield Line(1, "run", decision.command)


def _said(word: Text, text: str, lang: Lang) -> str:
    return f"{word.in_(lang)}: {text}"
