"""Pages as files, and how they are opened."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from plegma.app.anonymising import masked
from plegma.app.diagnosing import diagnose_paths
from plegma.report.html import page as page_of

Open = Callable[..., Page]


def written(folder: Path, evidence: Path, language: str = "en") -> Path:
    """The page of some evidence, as a file."""
    file = folder / "report.html"
    answer = diagnose_paths([str(evidence)], rewrite=masked, whole=True)
    file.write_text(page_of(answer.diagnosis, "ja" if language == "ja" else "en"), encoding="utf-8")
    return file
