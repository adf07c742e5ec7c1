"""The report as a web page with many lines of evidence: how large, how soon it is painted, and how fast it filters.

Times are the browser's own (`performance`), the best of a few, in milliseconds: a person notices from about 100 on.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import Bench, Run, plegma, run, tell

if TYPE_CHECKING:
    from playwright.sync_api import Page

_TIMES = 5
_SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
_LINE = "Mar  2 {:02}:{:02}:{:02} n{} kernel: Memory cgroup out of memory: Kill process {} ({}) score 1990 or sacrifice child\n"
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_READY = "performance.getEntriesByName('ready')[0]?.startTime ?? -1"
_FILTER = """word => {
    const field = document.getElementById("filter-text"), begun = performance.now();
    field.value = word;
    field.dispatchEvent(new Event("input"));
    document.body.offsetHeight;
    return performance.now() - begun;
}"""
_FOLLOW = """line => {
    const link = document.createElement("a"), begun = performance.now();
    link.href = "#line-" + line;
    document.body.append(link);
    link.click();
    document.body.offsetHeight;
    return performance.now() - begun;
}"""
"""What a reader waits for: the work and the layout that it needs."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page's size in bytes; milliseconds to its first paint, until its evidence is there, to filter it, to go to a line."""

    making: Run
    size: int
    painted: float
    ready: float
    filtered: float
    followed: float


def measure(lines: int, folder: Path, environment: Mapping[str, str]) -> Opened | None:
    """Makes and opens the page of a log with so many lines that show something; None where there is no browser."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        return None
    log, page = folder / "oom.log", folder / "report.html"
    log.write_text("".join(_line(n) for n in range(lines)))
    making = run(plegma("diagnose", str(log), "--html", str(page)), environment)
    painted, ready, filtered, followed = _in(browser, page, lines)
    return Opened(making, page.stat().st_size, painted, ready, filtered, followed)


def _line(n: int) -> str:
    """All differ in words, so that none are folded."""
    word = "".join(chr(97 + n // 26**place % 26) for place in range(4))
    return _LINE.format(n // 3600 % 24, n // 60 % 60, n % 60, n % 5, n + 100, word)


def _in(browser: str, page: Path, lines: int) -> tuple[float, float, float, float]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=_SWITCHES)
        rounds = []
        for _ in range(_TIMES):
            tab = chromium.new_page(viewport={"width": 1280, "height": 900})
            rounds.append(_round(tab, page, lines))
            tab.close()
        chromium.close()
    painted, ready, filtered, followed = (min(values) for values in zip(*rounds, strict=True))
    return painted, ready, filtered, followed


def _round(tab: "Page", page: Path, lines: int) -> tuple[float, float, float, float]:
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-ready]", state="attached")
    filtered = max(tab.evaluate(_FILTER, word) for word in ("n3 kernel", "process 5", "abba", "no such word", ""))
    followed = tab.evaluate(_FOLLOW, lines - 10)
    return tab.evaluate(_PAINTED), tab.evaluate(_READY), filtered, followed


def tell_all(bench: Bench) -> None:
    """What a reader of a page with many lines waits for; in the browser's own milliseconds, which depend on the machine."""
    opened = measure(bench.lines, bench.folder, bench.environment)
    if opened is None:
        print("no Chromium is installed: the web page is not measured")
        return
    what = f"web page with {bench.lines} lines of evidence"
    tell(what, f"{opened.size / 1e6:.2f}", f"MB, made in {opened.making.cpu:.1f} s of processor time")
    tell(f"{what}: first paint", f"{opened.painted:.0f}", f"ms; lines there {opened.ready:.0f} ms, to a far line {opened.followed:.0f} ms")
    tell(f"{what}: slowest filter", f"{opened.filtered:.0f}", "ms")
