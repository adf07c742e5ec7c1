"""The server's pages in real Chromium: dropping, pasting, reading, without scripts, by keyboard, and what evil evidence does."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from visits import CRASHING, EXAMPLE, Served, by_command_line

EVIL = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\x1b]0;owned\x07\x1b[31m"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser of a person who reads English."""
    context = browser.new_context(locale="en-US")
    yield context
    context.close()


@pytest.fixture
def visitor(context: BrowserContext, server: Served) -> Iterator[Page]:
    """A page at the server; fails on any console error, script error, or request to somewhere else."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: None if _is_inside(request.url, server) else troubles.append(request.url))
    page.goto(server.base)
    yield page
    assert troubles == []


def _is_inside(url: str, server: Served) -> bool:
    return url.startswith((f"{server.base}/", "data:"))


def _diagnosis(page: Page) -> bytes:
    """The JSON of the case that is shown."""
    path = re.sub(r"/report.*", "", page.url)
    return page.request.get(f"{path}/diagnosis.json").body()


def _drop(page: Page, *paths: Path) -> None:
    """Drags files or folders from the desktop onto the page, as the browser itself is told of it."""
    session = page.context.new_cdp_session(page)
    box = page.locator(".drop").bounding_box()
    assert box is not None
    data: dict[str, Any] = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 40, "y": box["y"] + 40, "data": data})


def _send(page: Page) -> None:
    page.get_by_role("button", name="Diagnose", exact=True).click()
    page.wait_for_url("**/report", timeout=30_000)


def test_files_dropped_give_the_diagnosis_of_the_command_line(visitor: Page) -> None:
    files = sorted(EXAMPLE.iterdir())
    _drop(visitor, *files)
    expect(visitor.locator(".chosen")).to_contain_text("7 files")
    _send(visitor)
    assert _diagnosis(visitor) == by_command_line(EXAMPLE, *(file.name for file in files))
    expect(visitor.locator("h1")).to_contain_text("CNI plugin call never returned")


def test_a_folder_dropped_gives_the_diagnosis_of_the_command_line(visitor: Page) -> None:
    _drop(visitor, EXAMPLE)
    expect(visitor.locator(".chosen")).to_contain_text("fluentd-crashloop/docker-ps-a.txt")
    _send(visitor)
    assert _diagnosis(visitor) == by_command_line(EXAMPLE.parent, EXAMPLE.name)


def test_text_pasted_gives_the_diagnosis_of_the_command_line(visitor: Page, tmp_path: Path) -> None:
    (tmp_path / "pasted.txt").write_text(CRASHING)
    visitor.get_by_label("Or paste text").fill(CRASHING)
    _send(visitor)
    assert _diagnosis(visitor) == by_command_line(tmp_path, "pasted.txt")


def test_a_case_is_found_again_shared_and_deleted(visitor: Page, browser: Browser) -> None:
    visitor.get_by_label("Or paste text").fill(CRASHING)
    _send(visitor)
    visitor.locator(".brand a").click()
    link = visitor.get_by_label("Link to this case").input_value()
    assert visitor.url == link
    other = browser.new_page()
    other.goto(link)
    expect(other.get_by_role("button", name="Delete")).to_have_count(0)
    visitor.goto("/".join(link.split("/")[:3]))
    visitor.get_by_role("link", name="pasted.txt").first.click()
    visitor.on("dialog", lambda dialog: dialog.accept())
    visitor.get_by_role("button", name="Delete").click()
    expect(visitor.get_by_text("None yet")).to_be_visible()
    answer = other.reload()
    assert answer is not None
    assert answer.status == 404
    other.close()


def test_everything_can_be_done_by_keyboard(visitor: Page) -> None:
    visitor.keyboard.press("Tab")
    expect(visitor.get_by_text("To the content")).to_be_focused()
    names = []
    for _ in range(9):
        visitor.keyboard.press("Tab")
        names.append(visitor.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert {"plegma", "English", "日本語", "files", "folder", "text", "Diagnose"} <= set(names)
    visitor.locator("#text").focus()
    visitor.keyboard.insert_text(CRASHING)
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/report", timeout=30_000)


def test_nothing_chosen_and_too_much_are_said_before_anything_is_sent(visitor: Page) -> None:
    visitor.get_by_role("button", name="Diagnose", exact=True).click()
    expect(visitor.get_by_role("status")).to_have_text("Nothing was handed in: choose a file or paste text.")
    visitor.locator(".hand-in").evaluate("form => { form.dataset.most = 10 }")
    visitor.get_by_label("Or paste text").fill(CRASHING)
    visitor.get_by_role("button", name="Diagnose", exact=True).click()
    expect(visitor.get_by_role("status")).to_contain_text("which this server takes at once")


def test_scripts_and_escapes_in_evidence_and_names_stay_text(visitor: Page, tmp_path: Path) -> None:
    evil = tmp_path / "<img src=x onerror=alert(1)>.txt"
    evil.write_text(CRASHING.replace("shop-7f9", "shop-" + EVIL.replace(" ", "")) + f"E0502 08:11:32.000001 1 a.go:1] {EVIL}\n" + CRASHING)
    _drop(visitor, evil)
    visitor.get_by_label("Or paste text").fill(EVIL + "\n" + CRASHING)
    _send(visitor)
    assert "owned" not in visitor.title()
    visitor.locator(".brand a").click()
    assert "owned" not in visitor.title()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=alert(1)>.txt")
    visitor.goto("/".join(visitor.url.split("/")[:3]))
    assert visitor.locator("img").count() == 0
    assert "\x1b" not in visitor.content()


def test_the_policy_stops_what_an_inserted_script_would_do(context: BrowserContext, server: Served) -> None:
    page = context.new_page()
    page.goto(server.base)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title=1\">')")
    page.evaluate("() => { const s = document.createElement('script'); s.textContent = 'document.title = 1'; document.body.append(s); }")
    assert page.title() != "1"
    assert page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'stopped')") == "stopped"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_axe_finds_nothing_serious(browser: Browser, server: Served, guarded: Served, made: str, scheme: str, lang: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", locale="ja-JP" if lang == "ja" else "en-US")
    page = context.new_page()
    for address in (server.base, f"{server.base}{made}", f"{server.base}/cases/none", guarded.base):
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == lang
        found = Axe().run(page).response["violations"]
        serious = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}]
        assert serious == [], json.dumps(serious, indent=1)
    context.close()


def test_language_and_colours_are_kept_and_the_report_follows(visitor: Page) -> None:
    visitor.get_by_role("link", name="日本語").click()
    expect(visitor.get_by_role("button", name="診断する")).to_be_visible()
    for _ in range(2):
        visitor.get_by_role("button", name="配色").click()
    visitor.get_by_label("またはテキストを貼り付け").fill(CRASHING)
    visitor.get_by_role("button", name="診断する").click()
    visitor.wait_for_url("**/report", timeout=30_000)
    assert visitor.locator("html").get_attribute("lang") == "ja"
    assert visitor.locator("html").get_attribute("data-theme") == "dark"


def test_without_scripts_a_form_is_sent_and_followed_to_its_report(browser: Browser, server: Served) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-US")
    page = context.new_page()
    page.goto(server.base)
    page.locator("#files").set_input_files([str(EXAMPLE / "kubectl-describe-pod.txt"), str(EXAMPLE / "kubectl-get-pods.txt")])
    page.locator("#text").fill(CRASHING)
    page.get_by_role("button", name="Diagnose", exact=True).click()
    page.get_by_role("link", name="Open the report").click(timeout=30_000)
    expect(page.locator("h1")).to_be_visible()
    told = {item["artifact"] for item in json.loads(_diagnosis(page))["inputs"]}
    assert told == {"kubectl-describe-pod.txt", "kubectl-get-pods.txt", "pasted.txt"}
    page.get_by_role("link", name="plegma").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("None yet")).to_be_visible()
    context.close()


def test_the_token_is_typed_or_comes_with_the_address_and_is_then_gone(browser: Browser, guarded: Served) -> None:
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(guarded.base)
    page.get_by_label("Token").fill("wrong")
    page.get_by_role("button", name="Enter").click()
    expect(page.get_by_role("alert")).to_have_text("That is not the token.")
    page.get_by_label("Token").fill(guarded.token)
    page.get_by_role("button", name="Enter").click()
    expect(page.get_by_role("button", name="Diagnose", exact=True)).to_be_visible()
    context.clear_cookies()
    page.goto(guarded.address)
    assert page.url == f"{guarded.base}/"
    assert not [c for c in context.cookies() if not c.get("httpOnly") or c.get("sameSite") != "Strict"]
    context.close()


def test_a_form_of_another_site_does_nothing(browser: Browser, server: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.base)
    key = page.locator(".hand-in input[name=key]").input_value()
    page.route("http://evil.example/", lambda route: route.fulfill(content_type="text/html", body=f"""
        <form method="post" action="{server.base}/cases" enctype="multipart/form-data"><input name="key" value="{key}">
        <textarea name="text">{CRASHING}</textarea><button>win</button></form>"""))  # fmt: skip
    page.goto("http://evil.example/")
    with page.expect_response(f"{server.base}/cases") as answered:
        page.get_by_role("button", name="win").click()
    assert answered.value.status == 403
    context.close()
