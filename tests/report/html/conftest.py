"""A real headless Chromium, and the pages that it opens."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from plegma.app.anonymising import masked
from plegma.app.diagnosing import diagnose_paths
from plegma.app.simulating import Options, write_evidence
from plegma.report.html import page as page_of

ROOT = Path(__file__).parents[3]
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]  # fmt: skip
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield found
        found.close()


def written(folder: Path, evidence: Path, language: str = "en") -> Path:
    """The page of some evidence, as a file."""
    file = folder / "report.html"
    answer = diagnose_paths([str(evidence)], rewrite=masked, whole=True)
    file.write_text(page_of(answer.diagnosis, "ja" if language == "ja" else "en"), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the bundled example."""
    return written(tmp_path_factory.mktemp("example"), ROOT / "examples/fluentd-crashloop")


@pytest.fixture(scope="session")
def memo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the lab's memo: five nodes that flap, a DaemonSet in CrashLoopBackOff."""
    folder = tmp_path_factory.mktemp("memo")
    write_evidence("memo", Options(), folder / "evidence")
    return written(folder, folder / "evidence")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens a page; at the end it must have left no error on the console and asked for nothing but its own file."""
    contexts, complaints, asked = [], [], []

    def open_(file: Path, fragment: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]", state="attached")
        own = file.as_uri()
        asked[:] = [url for url in asked if url.split("#")[0] != own and not url.startswith("data:")]
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
    assert asked == []
