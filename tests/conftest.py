"""What holds for all tests."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("plegma", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("plegma")  # no test is timed: a busy machine is slow, and proves nothing

_CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """A real Chromium without a head. It ends with its module: while it lives an event loop runs, and asyncio bears no second one."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(_CHROMIUM))
        yield found
        found.close()
