"""The reference pages that are written from the knowledge."""

import re
from pathlib import Path

from plegma.app.docs_pages import KUBELET, MARK, differing, docs_pages, main, write
from plegma.knowledge import glossary
from plegma.knowledge.catalog import builtin

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_every_mode_and_every_concept_has_a_page_that_the_index_names() -> None:
    pages = docs_pages(builtin())
    wanted = {f"modes/{m.id}.md" for m in builtin()} | {f"concepts/{c.id}.md" for c in glossary.builtin()}
    assert set(pages) == wanted | {"index.md", KUBELET}
    assert set(re.findall(r"\]\(([^)]+\.md)\)", pages["index.md"])) == wanted


def test_every_link_between_pages_leads_to_a_page() -> None:
    pages = docs_pages(builtin())
    links = {
        target for name, text in pages.items() if name not in {"index.md", KUBELET} for target in re.findall(r"\]\(\.\./([^)]+)\)", text)
    }
    assert links
    assert links <= set(pages)


def test_the_pages_in_docs_are_those_of_the_knowledge() -> None:
    assert not differing(REFERENCE, docs_pages(builtin())), "run: python -m plegma.app.docs_pages docs/reference"


def test_writing_removes_what_it_wrote_earlier_and_leaves_what_others_wrote(tmp_path: Path) -> None:
    write(tmp_path, {"modes/old.md": MARK + "old\n", "index.md": MARK + "1\n"})
    (tmp_path / "modes" / "notes.md").write_text("by hand\n", encoding="utf-8")
    write(tmp_path, {"modes/new.md": MARK + "new\n", "index.md": MARK + "2\n"})
    assert {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*.md")} == {"modes/new.md", "modes/notes.md", "index.md"}
    assert (tmp_path / "index.md").read_text(encoding="utf-8") == MARK + "2\n"


def test_differing_names_pages_that_are_missing_outdated_or_left_over(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": MARK + "a\n", "b.md": MARK + "b\n"})
    assert differing(tmp_path, {"a.md": MARK + "changed\n", "c.md": MARK + "c\n"}) == ["a.md", "b.md", "c.md"]
    assert differing(tmp_path, {"a.md": MARK + "a\n", "b.md": MARK + "b\n"}) == []


def test_the_script_wants_a_folder(tmp_path: Path) -> None:
    assert main([]) == 2
    assert main([str(tmp_path)]) == 0
    assert (tmp_path / "index.md").exists()
