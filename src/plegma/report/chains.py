"""A hypothesis as lines: its chain, what speaks against it, what would decide, what helps."""

from collections.abc import Iterator, Sequence

from plegma.model.diagnosis import ChainStep, Hypothesis
from plegma.model.texts import Lang, Text
from plegma.report import words
from plegma.report.lines import Line, entity_name, evidence_lines

_AFFECTED = 8


def in_full(h: Hypothesis, lang: Lang, verbose: bool, told: frozenset[str]) -> Iterator[Line]:
    """All of a hypothesis but the commands that were `told` before; brief, each note and each line of evidence once."""
    yield Line(0, "heading", f"{h.rank}. {words.CHAIN.in_(lang)} [{words.CONFIDENCE[h.confidence].in_(lang)}]")
    yield from _chain(h, lang, verbose)
    yield from _against(h, lang)
    yield from _decisions(h, lang, told)
    yield from _remedies(h, lang, told)


def in_passing(hypotheses: Sequence[Hypothesis], lang: Lang, told: frozenset[str]) -> Iterator[Line]:
    """Other causes, each with what speaks against it and the command that would decide."""
    if hypotheses:
        yield Line(0, "heading", words.OTHERS.in_(lang))
    for h in hypotheses:
        confidence = words.CONFIDENCE[h.confidence].in_(lang)
        yield Line(1, "item", f"{h.rank}. {h.title.in_(lang)} · {entity_name(h.entity)} [{confidence}]")
        for objection in h.against:
            yield Line(2, "plain", objection.text.in_(lang), words.AGAINST.in_(lang))
        yield from (Line(2, "command", d.command) for d in h.decide[:1] if h.confidence != "confirmed" and d.command not in told)


def _chain(h: Hypothesis, lang: Lang, verbose: bool) -> Iterator[Line]:
    seen: set[object] = set()
    for number, step in enumerate(h.chain):
        yield Line(1, "step", _where(step, lang), step.title.in_(lang))
        if number == 0:
            yield from _cause(h, lang)
        yield Line(2, "plain", step.mechanism.in_(lang))
        yield from _proof(step, lang, verbose, seen)


def _where(step: ChainStep, lang: Lang) -> str:
    count = f" {words.TIMES.in_(lang).format(step.count)}" if step.count > 1 else ""
    since = f" ({step.first:%Y-%m-%d %H:%M:%S%z})" if step.first else ""
    return f"{entity_name(step.entity)}{count}{since}"


def _cause(h: Hypothesis, lang: Lang) -> Iterator[Line]:
    yield Line(2, "dim", f"plegma explain {h.cause}")
    if len(h.affected) > 1:
        names = ", ".join(entity_name(e) for e in h.affected[:_AFFECTED]) + (" ..." if len(h.affected) > _AFFECTED else "")
        yield Line(2, "plain", names, f"{words.AFFECTED.in_(lang)} ({len(h.affected)})")
    for s in h.spread:
        yield Line(2, "plain", words.SPREAD.in_(lang).format(s=s, name=words.ATTRIBUTES[s.attribute].in_(lang)))


def _proof(step: ChainStep, lang: Lang, verbose: bool, seen: set[object]) -> Iterator[Line]:
    """Notes and lines of a step; `seen` collects them, and brief what is in it is left out."""
    notes = [note for note in step.notes if verbose or note not in seen]
    lines = step.evidence if verbose else [line for line in step.evidence if line not in seen][:1]
    seen.update(notes, lines)
    yield from (Line(2, "plain", note.in_(lang)) for note in notes)
    if not step.observed:
        yield Line(2, "dim", words.NOT_SHOWN.in_(lang))
    yield from evidence_lines(lines, 2)


def _against(h: Hypothesis, lang: Lang) -> Iterator[Line]:
    if h.against:
        yield Line(1, "heading", words.AGAINST.in_(lang))
    for objection in h.against:
        yield Line(2, "item", objection.text.in_(lang))
        yield from evidence_lines(objection.evidence[:1], 3)


def _decisions(h: Hypothesis, lang: Lang, told: frozenset[str]) -> Iterator[Line]:
    decisions = [d for d in h.decide if d.command not in told] if h.confidence != "confirmed" else []
    if decisions:
        yield Line(1, "heading", _title(words.DECIDE, words.DECIDE_TOO, len(decisions) < len(h.decide), lang))
    for decision in decisions:
        yield Line(2, "command", decision.command)
        yield Line(3, "plain", decision.expect.in_(lang), words.EXPECT.in_(lang))
        if len(decision.separates) > 1:
            yield Line(3, "dim", ", ".join(decision.separates), words.BETWEEN.in_(lang))


def _remedies(h: Hypothesis, lang: Lang, told: frozenset[str]) -> Iterator[Line]:
    remedies = sorted((r for r in h.remedies if not r.command or r.command not in told), key=lambda r: r.kind == "permanent")
    if remedies:
        yield Line(1, "heading", _title(words.REMEDIES, words.REMEDIES_TOO, len(remedies) < len(h.remedies), lang))
    for remedy in remedies:
        yield Line(2, "item", remedy.text.in_(lang), words.KIND[remedy.kind].in_(lang))
        if remedy.command:
            yield Line(3, "command", remedy.command)
        yield Line(3, "dim", remedy.risk.in_(lang), words.RISK.in_(lang))
        if remedy.verify:
            yield Line(3, "dim", remedy.verify, words.VERIFY.in_(lang))


def _title(whole: Text, rest: Text, partly: bool, lang: Lang) -> str:
    return (rest if partly else whole).in_(lang)
