"""A core matches wherever its pattern does, and is cheaper to look for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.evidence.scan_cores import cores
from plegma.evidence.scan_patterns import relaxed


@pytest.mark.parametrize(
    ("pattern", "core"),
    [
        (r"failed to allocate for range \d+: no IP addresses available", "failed to allocate for range "),
        (r"(?:open|pipe2?) \S*: too many open files", ": too many open files"),
        (r"\b[Ll]ost carrier \d", r"ost carrier \d"),
        (r"(?:sh|bash): \S+: not found", ": not found"),
        (r"exit code \d+ of \S+", r"exit code \d+ of \S"),
        (r"(?i)Out of memory: killed process", relaxed(r"(?i)Out of memory: killed process")),
    ],
)
def test_a_long_text_or_all_from_the_best_text_on(pattern: str, core: str) -> None:
    assert [re.sub(r"\\([ :])", r"\1", found) for found in cores([pattern])] == [core.replace("\\ ", " ")]


def test_texts_that_hold_another_one_are_left_out() -> None:
    assert cores(["context deadline exceeded", "rpc error: context deadline exceeded while waiting"]) == (
        re.escape("context deadline exceeded"),
    )


PIECES = [
    "open ",
    "a long enough text",
    "another text",
    r"\S+",
    r"\b",
    r"\d{2,3}",
    "(?:x|yy)",
    "(?:some|thing)?",
    ".{0,9}",
    "short",
    "[ab]*",
]
TEXTS = ["open ", "a long enough text", "another text", "ab", "12", "x", "yy", "some", "thing", " ", "zz"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.lists(st.sampled_from(TEXTS), max_size=8))
def test_no_match_lacks_a_core(pieces: list[str], texts: list[str]) -> None:
    pattern, text = "".join(pieces), "".join(texts)
    if re.search(pattern, text):
        assert any(re.search(core, text) for core in cores([pattern]))
