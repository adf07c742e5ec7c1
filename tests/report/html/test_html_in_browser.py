"""The page in a real browser: what a reader does with it. That it complains of nothing and asks for nothing is held by `opened`."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from opened_pages import Open, written
from playwright.sync_api import Browser, Page

EVIL = "<script>window.owned=1</script><img src=x onerror=window.owned=1> \x1b]0;owned\x07\x1b[2J \u202e `x` ]]> </script></style>"


def until(page: Page, expression: str) -> None:
    """Waits for it, asking from outside: the page's policy forbids the `eval` that Playwright's own waiting needs."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never came true: {expression}")


def visible_text(page: Page, selector: str) -> str:
    return page.locator(selector).first.inner_text()


def test_it_says_the_verdict_what_to_do_and_who_is_affected_first(opened: Open, example: Path) -> None:
    page = opened(example)
    first = visible_text(page, "#glance")
    for said in (
        "Likely root cause",
        "A CNI plugin call never returned",
        "Do this now",
        "For good",
        "logging/fluentd-k7w2m",
        "every 3.9 min",
    ):
        assert said in first


def test_a_statement_leads_to_its_line_with_the_lines_around_it(opened: Open, memo: Path) -> None:
    page = opened(memo)
    quote = page.locator("#chain .steps .quote").first
    said = quote.locator(".said").inner_text()
    quote.click()
    row = page.locator(":focus")
    assert str(row.get_attribute("id")).startswith("line-")
    assert " ".join(said.split()) in " ".join(row.locator(".text").inner_text().split())
    assert row.locator(".around").is_visible()
    assert len(row.locator(".around").inner_text().splitlines()) >= 4
    assert row.bounding_box() is not None


def test_a_link_that_names_a_line_opens_at_it(opened: Open, memo: Path) -> None:
    page = opened(memo, "#line-600")
    assert page.locator(":focus").get_attribute("id") == "line-600"
    page.go_back()


def test_going_back_after_a_line_returns_to_the_statement(opened: Open, example: Path) -> None:
    page = opened(example)
    page.locator("#chain .steps .quote").first.click()
    assert "#line-" in page.url
    page.go_back()
    assert "#line-" not in page.url


def width_of(page: Page) -> float:
    return float(str(page.locator(".timeline").get_attribute("data-wide")))


def marks_of(page: Page) -> list[str]:
    return page.locator(".axis text").all_text_contents()


def test_the_timeline_zooms_by_keyboard_wheel_and_buttons(opened: Open, memo: Path) -> None:
    page = opened(memo)
    whole, marks = width_of(page), marks_of(page)
    page.focus(".timeline")
    page.keyboard.press("+")
    assert width_of(page) == pytest.approx(whole / 2)
    assert marks_of(page) != marks
    page.keyboard.press("0")
    assert width_of(page) == pytest.approx(whole)
    page.locator(".bars").first.hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    until(page, "document.querySelector('.timeline').dataset.wide < " + str(whole * 0.95))
    page.click("[data-zoom=end]")
    assert width_of(page) == pytest.approx(3780)
    assert all(len(mark) == 11 for mark in marks_of(page)), "hours and minutes, no longer days"


def test_zoomed_in_the_single_changes_of_a_flapping_node_can_be_told(opened: Open, memo: Path) -> None:
    page = opened(memo)
    page.click("[data-zoom=end]")
    seen = page.evaluate("""() => {
        const chart = document.querySelector('.timeline'), from = +chart.dataset.from, to = from + +chart.dataset.wide;
        const bars = [...chart.querySelector('.bars').querySelectorAll('.bar-bad rect')];
        return bars.filter(b => +b.getAttribute('x') > from && +b.getAttribute('x') + +b.getAttribute('width') < to).length;
    }""")
    assert seen >= 3


def test_a_bar_of_the_timeline_leads_to_its_line(opened: Open, example: Path) -> None:
    page = opened(example)
    bar = page.locator(".bars .bar-mixed rect").first
    bar.click()
    assert "NodeNotReady" in page.locator(":focus .text").inner_text()


def test_it_switches_to_japanese_whole(opened: Open, example: Path) -> None:
    page = opened(example)
    page.click("[data-language=ja]")
    assert page.locator("html").get_attribute("lang") == "ja"
    assert "有力な根本原因" in visible_text(page, "#glance")
    assert "Likely root cause" not in page.locator("body").inner_text()
    assert page.title().startswith("CNI プラグイン")
    assert page.locator(".timeline").get_attribute("aria-label") != ""
    assert "時系列図" in str(page.locator(".timeline").get_attribute("aria-label"))
    assert "対象" in visible_text(page, ".filters")


def test_the_reader_chooses_light_or_dark(opened: Open, example: Path) -> None:
    page = opened(example, color_scheme="light")
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    page.click(".theme")
    page.click(".theme")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate(colour) != light


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing(opened: Open, example: Path, theme: str, width: int) -> None:
    page = opened(example, color_scheme=theme, viewport={"width": width, "height": 900}, bypass_csp=True)  # axe runs as a script of its own
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    for language in ("en", "ja"):
        page.click(f"[data-language={language}]")
        violations: list[dict[str, Any]] = Axe().run(page).response["violations"]
        assert [(v["id"], v["impact"], v["nodes"][0]["html"]) for v in violations] == []


def test_the_keyboard_alone_suffices(opened: Open, example: Path) -> None:
    page = opened(example)
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("class") == "skip"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "answer"
    order = []
    for _ in range(60):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.closest('section[id], header')?.id ?? ''"))
    met = list(dict.fromkeys(place for place in order if place))
    assert met[:2] == ["glance", "chain"]
    page.focus(".other summary")
    page.keyboard.press("Enter")
    assert page.locator(".other").first.get_attribute("open") is not None
    page.focus("#chain .steps .quote >> nth=0")
    page.keyboard.press("Enter")
    assert str(page.locator(":focus").get_attribute("id")).startswith("line-")


def test_a_copy_button_copies_the_command(opened: Open, example: Path) -> None:
    page = opened(example, permissions=["clipboard-read", "clipboard-write"])
    page.locator(".card.now .copy").first.click()
    until(page, "document.querySelector('.announce').textContent !== ''")
    assert page.evaluate("navigator.clipboard.readText()") == "kubectl -n logging delete pod fluentd-k7w2m"


@pytest.mark.parametrize("width", [1440, 800, 390])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_nothing_sticks_out_at_any_width(opened: Open, memo: Path, width: int, language: str) -> None:
    page = opened(memo, viewport={"width": width, "height": 900})
    page.click(f"[data-language={language}]")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_evidence_is_filtered_by_words_entity_layer_and_mode(opened: Open, memo: Path) -> None:
    page = opened(memo)
    total = int(page.locator("#shown").inner_text().split(" of ")[1].split()[0].replace(",", ""))
    page.fill("#filter-text", "pleg healthy")
    some = int(page.locator("#shown").inner_text().split(" of ")[0].replace(",", ""))
    assert 0 < some < total
    assert all("pleg" in text.lower() for text in page.locator(".row .text").all_text_contents())
    page.fill("#filter-text", "")
    entity = next(name for name in page.locator("#filter-entity option").all_text_contents() if name.startswith("Pod "))
    page.select_option("#filter-entity", label=entity)
    assert {text for text in page.locator(".row .meta").all_text_contents() if entity not in text} == set()
    page.select_option("#filter-layer", "kubelet")
    page.select_option("#filter-mode", "pod-sync-failing")
    assert page.locator(".row").count() > 0
    page.fill("#filter-text", "no such words at all")
    assert page.locator(".row").text_content() == "No line fits."


def test_repeats_are_folded_and_unfold(opened: Open, memo: Path) -> None:
    page = opened(memo)
    page.fill("#filter-text", "skipping pod synchronization")
    before = page.locator(".row").count()
    more = page.get_by_text("more like this").first
    more.click()
    assert page.locator(".row").count() > before
    page.uncheck("#fold")
    assert page.get_by_text("more like this").count() == 0


def test_evidence_reaches_the_page_as_text_only(opened: Open, tmp_path: Path) -> None:
    line = f"Mar  2 10:00:10 n1 kernel: Memory cgroup out of memory: Kill process 4242 ({EVIL}) score 1990 or sacrifice child"
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "messages<script>alert(1)<").write_text(f"before {EVIL}\n{line}\nafter {EVIL}\n")
    page = opened(written(tmp_path, tmp_path / "evidence"))
    assert page.evaluate("window.owned") is None
    assert page.locator("img, iframe, object").count() == 0
    assert "<script>window.owned=1</script>" in str(page.locator(".row .text").first.text_content())
    assert not [c for c in str(page.locator("body").text_content()) if c in "\x1b\x07\u202e"]


def test_the_file_holds_no_secret_of_the_evidence(opened: Open, tmp_path: Path) -> None:
    line = "Mar  2 10:00:10 n1 kernel: Memory cgroup out of memory: Kill process 4242 (java) score 1990 or sacrifice child"
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "messages").write_text(f"Mar  2 10:00:09 n1 app: password=hunter2hunter2\n{line} password=hunter2hunter2\n")
    file = written(tmp_path, tmp_path / "evidence")
    page = opened(file)
    assert "***(" in str(page.locator(".row").first.text_content())
    assert "hunter2" not in file.read_text(encoding="utf-8")
    assert "hunter2" not in page.content()


def test_ten_thousand_lines_are_there_though_few_are_drawn(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    form = "Mar  2 {:02}:{:02}:{:02} n1 kernel: Memory cgroup out of memory: Kill process {} (job{}) score 1990 or sacrifice child\n"
    lines = (form.format(n // 3600, n // 60 % 60, n % 60, n + 100, "abcdefghij"[n % 10] * (1 + n % 7)) for n in range(10_000))
    (tmp_path / "evidence" / "messages").write_text("".join(lines))
    page = opened(written(tmp_path, tmp_path / "evidence"))
    assert page.locator("#shown").inner_text() == "10,000 of 10,000 lines"
    assert page.locator(".row").count() < 300
    page.fill("#filter-text", "process 10099")
    assert page.locator(".row").count() == 1
    page.fill("#filter-text", "")
    page.evaluate("location.hash = '#line-9000'")
    until(page, "document.activeElement.id === 'line-9000'")
    assert page.locator(".row").count() < 300
    count = page.locator(".row").count()
    page.locator(".rows .more[data-way=later]").scroll_into_view_if_needed()
    until(page, f"document.querySelectorAll('.row').length > {count}")


@pytest.mark.parametrize(
    ("case", "said"), [("healthy/quiet-cluster", "Healthy"), ("incidents/abstain-crashloop-only", "Not enough evidence")]
)
def test_a_page_without_an_answer_says_so_and_works(opened: Open, tmp_path: Path, case: str, said: str) -> None:
    evidence = Path(__file__).parents[3] / "cases" / case
    page = opened(written(tmp_path, evidence))
    assert said in visible_text(page, "#glance")
    page.click("[data-language=ja]")


def test_printed_it_shows_the_chain_and_no_switches(opened: Open, example: Path) -> None:
    page = opened(example, viewport={"width": 390, "height": 900})
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert page.locator("#chain .chain-wide").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_without_scripts_the_answer_the_chain_and_the_timeline_are_there(browser: Browser, example: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(example.as_uri())
    assert page.locator("#glance h1").is_visible()
    assert page.locator("#chain .chain-wide").is_visible()
    assert page.locator("#timeline .bars").first.is_visible()
    assert page.locator("#chain .steps .quote").count() > 5
    page.close()


def test_the_station_of_the_path_opens_its_explanation(opened: Open, example: Path) -> None:
    page = opened(example)
    station = page.locator(".station a[href='#station-sandbox']")
    station.click()
    assert page.locator("#station-sandbox").get_attribute("open") is not None
    assert "pause" in page.locator("#station-sandbox").inner_text()
    assert "breaks here" in visible_text(page, ".station.at-cni")


def test_the_memo_is_under_half_a_megabyte(memo: Path) -> None:
    assert memo.stat().st_size < 500_000


def test_its_policy_stands_in_the_page_and_holds(browser: Browser, example: Path) -> None:
    page = browser.new_page()
    page.goto(example.as_uri())
    policy = str(page.locator("meta[http-equiv]").get_attribute("content"))
    assert policy.count("sha256-") == 2
    assert "unsafe" not in policy
    assert page.evaluate("fetch('https://example.com/').then(() => 'reached', () => 'refused')") == "refused"
    page.close()
