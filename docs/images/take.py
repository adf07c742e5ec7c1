"""`make screenshots`: plays the lab's memo, makes its report and photographs it, in both languages and both themes."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from plegma.app.diagnosing import diagnose_paths
from plegma.app.simulating import Options, write_evidence
from plegma.report.html import page as page_of

HERE = Path(__file__).parent
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]  # fmt: skip
SIZE = {"width": 1280, "height": 860}
PARTS = {
    "report": "#glance",
    "chain": "#chain",
    "timeline": "#timeline",
    "last-hour": "#timeline",
    "path": "#path",
    "evidence": "#evidence",
}
SHOTS = [("report", lang, theme) for lang in ("en", "ja") for theme in ("light", "dark")] + [
    ("chain", "en", "light"), ("timeline", "en", "dark"), ("last-hour", "en", "light"), ("path", "ja", "light"),
]  # fmt: skip


def main() -> int:
    """Takes all pictures; the lab's same seed gives the same report."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        print("no Chromium on this machine (Debian: apt-get install chromium)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_evidence("memo", Options(), Path(folder, "memo"))
        file = Path(folder, "report.html")
        file.write_text(page_of(diagnose_paths([f"{folder}/memo"], whole=True).diagnosis, "en"), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        for part, lang, theme in SHOTS:
            _take(browser, file, part, lang, theme)
        browser.close()
    return 0


def _take(browser: Browser, file: Path, part: str, lang: str, theme: str) -> None:
    page = browser.new_page(viewport=SIZE, color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    page.click(f"[data-language={lang}]")
    if part != "report":
        page.evaluate(f"scrollTo(0, document.querySelector('{PARTS[part]}').offsetTop - 20)")
    if part == "last-hour":
        page.click("[data-zoom=end]")
    page.wait_for_timeout(300)
    page.screenshot(path=HERE / f"{part}-{lang}-{theme}.png")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
