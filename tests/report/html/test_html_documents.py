"""The web page as a document: what stands in it, how large it is, and that evidence reaches it as text only."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from plegma.app.anonymising import masked
from plegma.app.diagnosing import diagnose_paths
from plegma.model.diagnosis import Diagnosis
from plegma.report.html import page, policy

EXAMPLE = str(Path(__file__).parents[3] / "examples/fluentd-crashloop")


@pytest.fixture(scope="module")
def example() -> Diagnosis:
    return diagnose_paths([EXAMPLE], rewrite=masked).diagnosis


class _Tags(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_is_one_file_that_loads_nothing(example: Diagnosis) -> None:
    tags = _Tags(page(example, "en")).found
    loaded = [(tag, a) for tag, a in tags for key in ("src", "srcset", "data", "action", "poster") if key in a]
    assert not loaded
    assert [a["href"] for tag, a in tags if tag == "link"] == ["data:,"]


def test_the_page_has_no_inline_handler_and_no_style_attribute(example: Diagnosis) -> None:
    tags = _Tags(page(example, "en")).found
    assert not [(tag, key) for tag, a in tags for key in a if key.startswith("on") or key == "style"]


def test_every_id_is_there_once_and_every_link_within_the_page_leads_somewhere(example: Diagnosis) -> None:
    tags = _Tags(page(example, "en")).found
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    led_to = {str(a["href"])[1:] for _, a in tags if str(a.get("href", "")).startswith("#")}
    assert {target for target in led_to - set(ids) if not re.fullmatch(r"line-\d+", target)} == set()


def test_the_policy_names_the_style_and_the_script_that_the_page_holds(example: Diagnosis) -> None:
    from base64 import b64encode
    from hashlib import sha256

    text = page(example, "en")
    for element in ("style", "script"):
        body = re.search(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        assert body
        assert b64encode(sha256(body[1].encode()).digest()).decode() in policy()


def test_the_same_diagnosis_gives_the_same_page(example: Diagnosis) -> None:
    again = diagnose_paths([EXAMPLE], rewrite=masked).diagnosis
    assert page(example, "ja") == page(again, "ja")


def test_the_example_is_well_under_half_a_megabyte(example: Diagnosis) -> None:
    assert len(page(example, "en").encode()) < 500_000
