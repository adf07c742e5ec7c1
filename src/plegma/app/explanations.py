"""`plegma explain` and `plegma modes`: the page of a mode or a concept, what one case needs, and the list."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import msgspec

from plegma.engine.naming import filled
from plegma.knowledge import glossary as glossaries
from plegma.knowledge.catalog import Catalog, builtin
from plegma.knowledge.concept import Concept
from plegma.knowledge.failure_mode import FailureMode
from plegma.knowledge.glossary import Glossary
from plegma.knowledge.spellings import MODE_SPELLINGS
from plegma.model.texts import Lang
from plegma.report.diagnosis_v1 import SCHEMA, DiagnosisV1, HypothesisV1
from plegma.report.escapes import visible
from plegma.report.explanation_words import NOT_FROM_HERE
from plegma.report.explanations import concept_page, mode_page
from plegma.report.lines import Line

_PLAIN_NAME = re.compile(r"[\w.:-]+")
_NEAREST = 5
_UNLIKE = 0.55


class UnknownTopicError(LookupError):
    """No mode and no concept is called so; `nearest` holds the ids that come closest, best first."""

    def __init__(self, topic: str, nearest: tuple[str, ...]) -> None:
        hint = f"; did you mean {', '.join(nearest)}?" if nearest else "; `plegma modes` lists all"
        super().__init__(f"nothing is called {visible(topic)!r}{hint}")
        self.nearest = nearest


class NotADiagnosisError(ValueError):
    """What was handed in is not the JSON form of a diagnosis (`plegma diagnose -o json`)."""


@dataclass(frozen=True, slots=True)
class ModeRow:
    """One row of `plegma modes`."""

    id: str
    layer: str
    role: str
    subject: str
    title: str


def explain(topic: str, catalog: Catalog, lang: Lang) -> list[Line]:
    """The page of a concept, of a mode, or of both where they share a name (CrashLoopBackOff).

    Case, spaces, hyphens and underscores do not matter, and kubectl's own words are known. Raises UnknownTopicError.
    """
    glossary, key = glossaries.builtin(), _key(topic)
    concept = _concepts_by_key(glossary).get(key)
    mode = _modes_by_key(catalog).get(key)
    if concept is None and mode is None:
        raise UnknownTopicError(topic, nearest(topic, catalog))
    pages = [_concept(concept, catalog, lang)] if concept else []
    return _joined([*pages, *([_mode(mode, catalog, lang)] if mode else [])])


def nearest(topic: str, catalog: Catalog) -> tuple[str, ...]:
    """The ids that come closest to a word: those that hold it, then those that are spelled alike."""
    ids = {**{k: c.id for k, c in _concepts_by_key(glossaries.builtin()).items()}, **{k: m.id for k, m in _modes_by_key(catalog).items()}}
    key = _key(topic)
    holding = [found for k, found in ids.items() if len(key) > 1 and key in k]
    alike = [ids[k] for k in get_close_matches(key, ids, _NEAREST, _UNLIKE)]
    return tuple(dict.fromkeys([*sorted(holding, key=len), *alike]))[:_NEAREST]


def explain_for(diagnosis: Mapping[str, Any], lang: Lang, catalog: Catalog | None = None) -> list[Line]:
    """What one case needs: each concept of its chains once, in order of the chain, then the first cause's page.

    `diagnosis` is the decoded output of `plegma diagnose -o json`; commands are filled with the case's own names. Chains
    of hypotheses below the first count only when they are more than possible, as in the report. Raises
    NotADiagnosisError.
    """
    catalog = catalog or builtin()
    hypotheses = _decoded(diagnosis).hypotheses
    if not hypotheses:
        return []
    told = [h for h in hypotheses if h.rank == 1 or h.confidence != "possible"]
    modes = [catalog[m] for m in dict.fromkeys(step.mode for h in told for step in h.chain) if m in catalog]
    case = _Case(catalog, lang, tuple(modes), _names(hypotheses[0]))
    return _joined([*(case.concept(concept) for concept in case.concepts()), case.cause(hypotheses[0])])


@dataclass(frozen=True, slots=True)
class _Case:
    """One case: the modes of its chains in order, and its names for the placeholders of commands."""

    catalog: Catalog
    lang: Lang
    modes: tuple[FailureMode, ...]
    names: Mapping[str, str]

    def concepts(self) -> list[Concept]:
        """All concepts of the first cause; of the others those that they name, or the one nearest to them."""
        glossary = glossaries.builtin()
        wanted = [c for n, m in enumerate(self.modes) for c in (glossary.of(m) if n == 0 else glossary.of(m)[: max(len(m.concepts), 1)])]
        return list(dict.fromkeys(wanted))

    def concept(self, concept: Concept) -> Iterator[Line]:
        """Its page, with the modes of this case only."""
        here = [m for m in self.modes if concept in glossaries.builtin().of(m)]
        return concept_page(concept, (), here, self.lang, self._fill)

    def cause(self, hypothesis: HypothesisV1) -> Iterator[Line]:
        """The cause's page, or what the diagnosis itself says of it when it came from an operator's own modes."""
        if hypothesis.cause in self.catalog:
            mode = self.catalog[hypothesis.cause]
            yield from mode_page(mode, self.catalog, (), self.lang, self._fill, urgent=True)
            return
        yield Line(0, "title", f"{hypothesis.cause}: {hypothesis.title}")
        yield Line(0, "plain", hypothesis.summary)
        yield Line(0, "dim", NOT_FROM_HERE.in_(self.lang))

    def _fill(self, command: str) -> str:
        return filled(command, self.names)


def _names(hypothesis: HypothesisV1) -> dict[str, str]:
    """The names of the chain's entities by placeholder; the first of a kind counts, and only what no shell reads into."""
    names: dict[str, str] = {}
    for entity in (hypothesis.entity, *(step.entity for step in hypothesis.chain)):
        found = {"node": entity.node, "container": entity.container}
        if entity.kind == "Pod":
            found |= {"pod": entity.name, "namespace": entity.namespace, "pod_uid": entity.uid}
        for key, value in found.items():
            if _PLAIN_NAME.fullmatch(value):
                names.setdefault(key, value)
    return names


def list_modes(catalog: Catalog, lang: Lang, layer: str | None = None, role: str | None = None) -> list[ModeRow]:
    """The modes by layer and id; `layer` and `role` keep those only."""
    kept = [m for m in catalog if layer in {None, m.layer} and role in {None, m.role}]
    return [ModeRow(m.id, m.layer, m.role, m.subject, m.title.in_(lang)) for m in sorted(kept, key=lambda m: (m.layer, m.id))]


def list_concepts(lang: Lang) -> list[tuple[str, str]]:
    """Id and title of every concept, by id."""
    return [(c.id, c.title.in_(lang)) for c in glossaries.builtin()]


def _joined(pages: Iterable[Iterable[Line]]) -> list[Line]:
    """The pages one below the other, an empty line between two."""
    lines: list[Line] = []
    for page in pages:
        lines += [Line(0, "plain", ""), *page] if lines else page
    return lines


def _mode(mode: FailureMode, catalog: Catalog, lang: Lang) -> Iterator[Line]:
    return mode_page(mode, catalog, glossaries.builtin().of(mode), lang, urgent=True)


def _concept(concept: Concept, catalog: Catalog, lang: Lang) -> Iterator[Line]:
    glossary = glossaries.builtin()
    return concept_page(concept, [glossary[c] for c in concept.see], glossary.modes_of(concept, catalog), lang)


def _decoded(diagnosis: Mapping[str, Any]) -> DiagnosisV1:
    try:
        decoded = msgspec.convert(diagnosis, DiagnosisV1)
    except msgspec.ValidationError as error:
        raise NotADiagnosisError(f"not a diagnosis of plegma ({SCHEMA}): {error}") from error
    if decoded.schema != SCHEMA:
        raise NotADiagnosisError(f"schema is {visible(decoded.schema)!r}, not {SCHEMA!r}")
    return decoded


def _key(word: str) -> str:
    """How a word is compared: letters and digits only, all small."""
    return re.sub(r"[\W_]+", "", word).lower()


def _concepts_by_key(glossary: Glossary) -> dict[str, Concept]:
    aliases = {_key(alias): concept for concept in glossary for alias in concept.aliases}
    return {**aliases, **{_key(concept.id): concept for concept in glossary}}


def _modes_by_key(catalog: Catalog) -> dict[str, FailureMode]:
    spelled = {_key(word): catalog[mode] for word, mode in MODE_SPELLINGS.items() if mode in catalog}
    return {**spelled, **{_key(mode.id): mode for mode in catalog}}
