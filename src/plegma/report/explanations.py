"""A failure mode's or a concept's page as an outline: the one structure that terminal text and Markdown are drawn from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from plegma.knowledge.catalog import Catalog
from plegma.knowledge.concept import Concept
from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Signature
from plegma.model.texts import Lang, Text
from plegma.report import explanation_words as words
from plegma.report.escapes import visible
from plegma.report.lines import Line
from plegma.report.state_words import state_words
from plegma.report.words import BETWEEN, DECIDE, EXPECT, KIND, REMEDIES, RISK, VERIFY

Page = Literal["modes", "concepts"]
Fill = Callable[[str], str]
"""Makes a command of a command template (see `plegma.knowledge.failure_mode.Ask`)."""


def as_template(command: str) -> str:
    """The template as a person reads it: placeholders stay, doubled braces are the braces that they stand for."""
    return command.replace("{{", "{").replace("}}", "}")


@dataclass(frozen=True, slots=True)
class Reference(Line):
    """A line that names another page: its text begins with the id, so that a drawer can make a link of it."""

    page: Page = "modes"
    id: str = ""


def mode_page(
    mode: FailureMode, catalog: Catalog, concepts: Sequence[Concept], lang: Lang, fill: Fill = as_template, urgent: bool = False
) -> Iterator[Line]:
    """Everything that is known of a failure mode; `concepts` are those that belong to it.

    `urgent` puts what to do and what would decide before how it shows: for a person with an incident at hand.
    """
    yield Line(0, "title", f"{mode.id}: {mode.title.in_(lang)}")
    yield Line(0, "dim", " · ".join(_kind(mode, lang)))
    yield from _paragraphs(mode.summary, lang)
    if urgent:
        yield from _remedies(mode, lang, fill)
        yield from _apart(mode, catalog, lang, fill)
    yield from _shows(mode, lang)
    yield from _examples(mode, lang)
    yield from _links(words.CAUSES, [(cause, link) for cause, link in catalog.causes_of.get(mode.id, ())], lang)
    yield from _links(words.EFFECTS, [(catalog[link.effect], link) for link in mode.leads_to], lang)
    if not urgent:
        yield from _apart(mode, catalog, lang, fill)
        yield from _remedies(mode, lang, fill)
    if mode.versions:
        yield Line(0, "heading", words.VERSIONS.in_(lang))
        yield Line(1, "plain", mode.versions)
    yield from _see(words.CONCEPTS, "concepts", concepts, lang)
    yield from _references(mode.references, lang)


def concept_page(
    concept: Concept, see: Sequence[Concept], modes: Sequence[FailureMode], lang: Lang, fill: Fill = as_template
) -> Iterator[Line]:
    """A concept; `see` and `modes` are the records that it leads to."""
    yield Line(0, "title", f"{concept.id}: {concept.title.in_(lang)}")
    yield from _paragraphs(concept.what, lang)
    yield Line(0, "heading", words.FAILS.in_(lang))
    yield from _paragraphs(concept.fails, lang)
    if concept.look:
        yield Line(0, "heading", words.LOOK.in_(lang))
    for look in concept.look:
        yield Line(1, "command", fill(look.command))
        yield Line(2, "plain", look.tells.in_(lang))
    if concept.numbers:
        yield Line(0, "heading", words.NUMBERS.in_(lang))
    for number in concept.numbers:
        yield Line(1, "item", f"{number.name.in_(lang)}: {number.value} ({number.source})")
    yield from _see(words.MODES, "modes", modes, lang)
    yield from _see(words.SEE, "concepts", see, lang)
    yield from _references(concept.references, lang)


def _paragraphs(text: Text, lang: Lang) -> Iterator[Line]:
    yield from (Line(0, "plain", paragraph) for paragraph in text.in_(lang).split("\n"))


def _kind(mode: FailureMode, lang: Lang) -> Iterator[str]:
    yield words.LAYER[mode.layer].in_(lang)
    yield words.ROLE[mode.role].in_(lang)
    yield words.SUBJECT.in_(lang).format(mode.subject)
    flags = ((mode.generic, words.GENERIC), (mode.benign, words.BENIGN), (mode.abductive, words.ABDUCTIVE))
    yield from (word.in_(lang) for flag, word in flags if flag)


def _shows(mode: FailureMode, lang: Lang) -> Iterator[Line]:
    yield Line(0, "heading", words.SHOWS.in_(lang))
    if not mode.signatures and not mode.states:
        yield Line(1, "plain", words.NO_SIGN.in_(lang))
    for signature in mode.signatures:
        yield Line(1, "item", " · ".join(_signature(signature, lang)))
        if signature.pattern:
            yield Line(2, "evidence", signature.pattern)
    for state in mode.states:
        yield Line(1, "item", f"{state_words(state, lang)} · {words.PROOF[state.proof].in_(lang)}")


def _signature(signature: Signature, lang: Lang) -> Iterator[str]:
    yield words.COMPONENT[signature.component].in_(lang) if signature.component in words.COMPONENT else signature.component
    yield words.PROOF[signature.proof].in_(lang)
    if signature.reason:
        yield words.REASON.in_(lang).format(signature.reason.replace("|", " / "))
    if not signature.pattern:
        yield words.ANY_TEXT.in_(lang)
    if signature.at_least > 1:
        yield words.AT_LEAST.in_(lang).format(signature.at_least)
    yield words.SOURCE.in_(lang).format(signature.source) if signature.source else words.NOT_SOURCED.in_(lang)


def _examples(mode: FailureMode, lang: Lang) -> Iterator[Line]:
    for title, wanted in ((words.EXAMPLES, True), (words.NEAR_MISSES, False)):
        found = [e for e in mode.examples if e.matches is wanted]
        if found:
            yield Line(0, "heading", title.in_(lang))
        for example in found:
            reason = f"{example.reason}: " if example.reason else ""
            count = f" (x{example.count})" if example.count > 1 else ""
            yield Line(1, "evidence", f"{example.component}: {reason}{visible(example.line)}{count}")


def _links(title: Text, links: Iterable[tuple[FailureMode, Link]], lang: Lang) -> Iterator[Line]:
    for number, (other, link) in enumerate(sorted(links, key=lambda pair: -pair[1].strength)):
        if number == 0:
            yield Line(0, "heading", title.in_(lang))
        yield _to_mode(1, other, lang)
        yield Line(2, "plain", link.mechanism.in_(lang))
        yield Line(2, "dim", " · ".join(_terms(link, lang)))


def _terms(link: Link, lang: Lang) -> Iterator[str]:
    yield words.graded(link.strength, words.OFTEN).in_(lang)
    yield words.SCOPE[link.scope].in_(lang)
    if link.within is not None:
        yield words.WITHIN.in_(lang).format(words.span(link.within))


def _apart(mode: FailureMode, catalog: Catalog, lang: Lang, fill: Fill) -> Iterator[Line]:
    if not mode.asks and not mode.refutes:
        return
    yield Line(0, "heading", words.APART.in_(lang))
    if mode.asks:
        yield Line(1, "heading", DECIDE.in_(lang))
        for ask in mode.asks:
            yield from _ask(ask, catalog, lang, fill)
    if mode.refutes:
        yield Line(1, "heading", words.AGAINST.in_(lang))
        for refutation in mode.refutes:
            yield from _refutation(refutation, catalog, lang)


def _ask(ask: Ask, catalog: Catalog, lang: Lang, fill: Fill) -> Iterator[Line]:
    yield Line(2, "command", fill(ask.command))
    yield Line(3, "plain", f"{EXPECT.in_(lang)}: {ask.expect.in_(lang)}")
    if ask.separates:
        yield Line(3, "dim", f"{BETWEEN.in_(lang)}:")
    yield from (_to_mode(4, catalog[other], lang) for other in ask.separates)


def _refutation(refutation: Refutation, catalog: Catalog, lang: Lang) -> Iterator[Line]:
    yield Line(2, "item", f"{refutation.because.in_(lang)} ({words.graded(refutation.weight, words.WEIGHT).in_(lang)})")
    if refutation.pattern:
        yield Line(3, "evidence", refutation.pattern)
    if refutation.state is not None:
        yield Line(3, "dim", state_words(refutation.state, lang))
    if refutation.mode:
        yield _to_mode(3, catalog[refutation.mode], lang)


def _remedies(mode: FailureMode, lang: Lang, fill: Fill) -> Iterator[Line]:
    for number, remedy in enumerate(sorted(mode.remedies, key=lambda r: r.kind == "permanent")):
        if number == 0:
            yield Line(0, "heading", REMEDIES.in_(lang))
        yield Line(1, "item", f"{KIND[remedy.kind].in_(lang)}: {remedy.text.in_(lang)}")
        if remedy.command:
            yield Line(2, "command", fill(remedy.command))
        yield Line(2, "dim", f"{RISK.in_(lang)} ({words.RISK_LEVEL[remedy.risk_level].in_(lang)}): {remedy.risk.in_(lang)}")
        if remedy.verify:
            yield Line(2, "dim", f"{VERIFY.in_(lang)}: {fill(remedy.verify)}")


def _see(title: Text, page: Page, records: Sequence[FailureMode] | Sequence[Concept], lang: Lang) -> Iterator[Line]:
    if records:
        yield Line(0, "heading", title.in_(lang))
    yield from (Reference(1, "item", f"{record.id}: {record.title.in_(lang)}", page=page, id=record.id) for record in records)


def _to_mode(depth: int, mode: FailureMode, lang: Lang) -> Reference:
    return Reference(depth, "item", f"{mode.id}: {mode.title.in_(lang)}", page="modes", id=mode.id)


def _references(references: Sequence[str], lang: Lang) -> Iterator[Line]:
    if references:
        yield Line(0, "heading", words.REFERENCES.in_(lang))
    yield from (Line(1, "plain", reference) for reference in references)
