"""The pages that a real browser opens."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from opened_pages import Open, written
from playwright.sync_api import Browser, Page

from plegma.app.simulating import Options, write_evidence

ROOT = Path(__file__).parents[3]


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
