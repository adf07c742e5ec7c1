"""The literal of a pattern is never wrong: every match holds it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.knowledge.catalog import builtin
from plegma.knowledge.literals import required_literal


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        (r"pleg was last seen active ", "pleg was last seen active "),
        (r"(RunPodSandbox|CreatePodSandbox).{0,200}(Deadline|deadline)", ""),
        (r"no such file|not found", ""),
        (r"colou?r of \w+ money", " money"),
        (r"ab+cd", "ab"),
        (r"a{2,3}bcd", "bcd"),
        (r"x\.y\[z\]", "x.y[z]"),
        (r"(?i)kubelet", ""),
        (r"[a|b]long text", "long text"),
        (r".{0,400}?tail", "tail"),
        ("", ""),
    ],
)
def test_the_longest_sure_run_is_found(pattern: str, literal: str) -> None:
    assert required_literal(pattern) == literal


def test_every_hit_of_every_mode_holds_the_literal_of_the_signature_that_matches_it() -> None:
    for mode in builtin():
        for signature in mode.signatures:
            for example in mode.examples:
                if re.search(signature.pattern, example.line):
                    assert required_literal(signature.pattern) in example.line, signature.pattern


@given(st.text("ab.+?{2}|()", max_size=12), st.text("ab2", max_size=12))
def test_no_match_lacks_its_literal(pattern: str, text: str) -> None:
    try:
        found = re.search(pattern, text)
    except re.error:
        return
    if found:
        assert required_literal(pattern) in text
