"""The reference pages of the docs, written from the knowledge itself: `python -m plegma.app.docs_pages docs/reference`."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from plegma.app.kubelet_diagrams import kubelet_page
from plegma.knowledge import glossary as glossaries
from plegma.knowledge.catalog import Catalog, builtin
from plegma.model.texts import Lang, Text
from plegma.report.explanation_words import LAYER, MODES, ROLE
from plegma.report.explanations import Page, Reference, concept_page, mode_page
from plegma.report.lines import Line
from plegma.report.markdown import drawn

MARK = "<!-- written by `python -m plegma.app.docs_pages docs/reference`; edit the knowledge, not this file -->\n"
KUBELET = "kubelet.md"
"""Drawn from the agent's tables, not from the knowledge."""
_TITLE = Text("Reference: failure modes and concepts", "リファレンス: 障害モードと概念")
_CONCEPTS = Text("Concepts", "概念")


def docs_pages(catalog: Catalog, lang: Lang = "en") -> Mapping[str, str]:
    """Every page by its path below the reference folder: modes/ID.md, concepts/ID.md, kubelet.md and index.md."""
    glossary = glossaries.builtin()
    pages = {"index.md": _drawn(_index(catalog, lang), ""), KUBELET: MARK + kubelet_page()}
    for mode in catalog:
        pages[f"modes/{mode.id}.md"] = _drawn(mode_page(mode, catalog, glossary.of(mode), lang), "../")
    for concept in glossary:
        see = [glossary[other] for other in concept.see]
        pages[f"concepts/{concept.id}.md"] = _drawn(concept_page(concept, see, glossary.modes_of(concept, catalog), lang), "../")
    return pages


def write(folder: Path, pages: Mapping[str, str]) -> None:
    """Writes the pages, and removes pages written earlier that are none any more (files without our mark stay)."""
    for path in _ours(folder):
        if str(path.relative_to(folder)) not in pages:
            path.unlink()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def differing(folder: Path, pages: Mapping[str, str]) -> list[str]:
    """The paths of pages that are missing, outdated or left over in the folder."""
    left_over = {str(path.relative_to(folder)) for path in _ours(folder)} - set(pages)
    outdated = {name for name, text in pages.items() if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text}
    return sorted(left_over | outdated)


def _ours(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.md")):
        with path.open(encoding="utf-8") as page:
            if page.readline() == MARK:
                yield path


def _drawn(outline: Iterable[Line], up: str) -> str:
    lines = list(outline)
    return MARK + "\n".join(_linked(line, text, up) for line, text in zip(lines, drawn(lines), strict=True)) + "\n"


def _linked(line: Line, text: str, up: str) -> str:
    """A line's Markdown, in which the id of another page is a link to it."""
    return text.replace(line.id, f"[{line.id}]({up}{line.page}/{line.id}.md)", 1) if isinstance(line, Reference) else text


def _index(catalog: Catalog, lang: Lang) -> Iterator[Line]:
    yield Line(0, "title", _TITLE.in_(lang))
    yield Line(0, "heading", _CONCEPTS.in_(lang))
    for concept in glossaries.builtin():
        yield _entry("concepts", concept.id, concept.title.in_(lang))
    for layer, name in LAYER.items():
        yield Line(0, "heading", f"{MODES.in_(lang)}: {name.in_(lang)}")
        for mode in catalog:
            if mode.layer == layer:
                yield _entry("modes", mode.id, f"{mode.title.in_(lang)} ({ROLE[mode.role].in_(lang)})")


def _entry(page: Page, record: str, text: str) -> Line:
    return Reference(1, "item", f"{record}: {text}", page=page, id=record)


def main(arguments: list[str]) -> int:
    """Writes the English pages to the folder named; 2 when none is named."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m plegma.app.docs_pages FOLDER\n")
        return 2
    write(Path(arguments[0]), docs_pages(builtin()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
