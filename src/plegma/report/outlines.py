"""A diagnosis as an outline of lines: the one structure that terminal text and Markdown are both drawn from."""

from collections.abc import Iterator
from dataclasses import replace

from plegma.model.diagnosis import Diagnosis, Hypothesis
from plegma.model.texts import Lang
from plegma.report import words
from plegma.report.answers import short_answer
from plegma.report.appendices import clocks, gaps, inputs, onsets
from plegma.report.chains import in_full, in_passing
from plegma.report.lines import Line, Style, evidence_lines

_HEAD, _TAIL = 100, 160
"""Characters of a line of evidence that are shown when brief."""
_FULL = 3
"""So many causes that are surer than `possible` are told in full when brief."""


def outline(diagnosis: Diagnosis, lang: Lang, verbose: bool) -> Iterator[Line]:
    """Short answer first, then the chain with its lines, then what is open; brief, nothing is told twice."""
    lines = _outline(diagnosis, lang, verbose)
    return lines if verbose else _from(_folder(diagnosis), lines, lang)


def _folder(diagnosis: Diagnosis) -> str:
    """The folder that all inputs are in, with its slash; empty when there is none."""
    names = [item.artifact for item in diagnosis.inputs]
    first, last = min(names, default=""), max(names, default="")
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[: first.rfind("/", 0, same) + 1]


def _from(folder: str, lines: Iterator[Line], lang: Lang) -> Iterator[Line]:
    """The lines with places as they are called inside the folder, which is said at the end, and each line of evidence short."""
    for line in lines:
        label = line.label.replace(folder, "") if folder and line.style in {"evidence", "plain"} else line.label
        yield replace(line, label=label, text=_short(line.text) if line.style == "evidence" else line.text)
    if folder:
        yield Line(0, "dim", words.FOLDER.in_(lang).format(folder))


def _short(text: str) -> str:
    """Without runs of spaces; from a line that is longer than anyone reads, its middle is taken: errors name their cause last."""
    folded = " ".join(text.split())
    return folded if len(folded) <= _HEAD + _TAIL else f"{folded[:_HEAD]} … {folded[-_TAIL:]}"


def _outline(diagnosis: Diagnosis, lang: Lang, verbose: bool) -> Iterator[Line]:
    style: Style = {"problem": "bad", "healthy": "good", "insufficient": "warn"}[diagnosis.verdict]  # type: ignore[assignment]
    yield Line(0, style, diagnosis.summary.in_(lang), words.VERDICT[diagnosis.verdict].in_(lang))
    answer = tuple(short_answer(diagnosis, lang))
    yield from answer
    for notice in diagnosis.notices:
        yield Line(1, "warn", notice.in_(lang))
    full = [h for h in diagnosis.hypotheses if verbose or _deserves_all(h)]
    yield from _symptoms(diagnosis, full, lang, verbose)
    told = frozenset[str]() if verbose else frozenset(line.text for line in answer if line.style == "run")
    for hypothesis in full:
        yield from in_full(hypothesis, lang, verbose, told)
    told |= {d.command for h in full for d in h.decide if h.confidence != "confirmed"}
    yield from in_passing([h for h in diagnosis.hypotheses if h not in full], lang, told)
    yield from onsets(diagnosis, lang, verbose)
    yield from gaps(diagnosis, lang, verbose, told)
    yield from clocks(diagnosis, lang, verbose)
    yield from inputs(diagnosis, lang) if verbose else (Line(0, "dim", words.MORE.in_(lang)),)


def _deserves_all(hypothesis: Hypothesis) -> bool:
    return hypothesis.rank == 1 or (hypothesis.rank <= _FULL and hypothesis.confidence != "possible")


def _symptoms(diagnosis: Diagnosis, full: list[Hypothesis], lang: Lang, verbose: bool) -> Iterator[Line]:
    """The symptoms with their lines; brief, the lines alone, and only where no chain shows them."""
    shown = set[str]() if verbose else {step.mode for h in full for step in h.chain}
    symptoms = [symptom for symptom in diagnosis.symptoms if symptom.mode not in shown]
    if symptoms:
        yield Line(0, "heading", (words.SYMPTOMS if verbose else words.SHOWN_BY).in_(lang))
    for symptom in symptoms:
        if verbose:
            yield Line(1, "item", symptom.text.in_(lang))
        yield from evidence_lines(symptom.evidence[:2], 2 if verbose else 1)
