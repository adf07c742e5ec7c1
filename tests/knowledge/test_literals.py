"""What a pattern needs is never wrong: every match holds it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.knowledge.catalog import builtin
from plegma.knowledge.literals import needs


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"pleg was last seen active ", (("pleg was last seen active ",),)),
        (r"(RunPodSandbox|CreatePodSandbox).{0,200}(Deadline|deadline)", (("CreatePodSandbox", "RunPodSandbox"), ("Deadline", "deadline"))),
        (r"no such file|not found", (("no such file", "not found"),)),
        (r"colou?r of \w+ money", ((" money",), ("r of ",), ("colo",))),
        (r"ab+cd", (("cd",), ("a",), ("b",))),
        (r"a{2,3}bcd", (("bcd",), ("a",))),
        (r"x\.y\[z\]", (("x.y[z]",),)),
        (r"(?i)kubelet", ()),
        (r"kube(?i:LET)", ()),
        (r"[a|b]long text", (("long text",),)),
        (r".{0,400}?tail", (("tail",),)),
        (r"no (?!such)file(?=s)", (("no file",),)),
        ("", ()),
    ],
)
def test_of_each_set_one_text_is_needed(pattern: str, needed: tuple[tuple[str, ...], ...]) -> None:
    assert needs(pattern) == needed


def holds(text: str, pattern: str) -> bool:
    return all(any(needed in text for needed in texts) for texts in needs(pattern))


def test_every_hit_of_every_mode_holds_what_the_signature_that_matches_it_needs() -> None:
    for mode in builtin():
        for signature in mode.signatures:
            for example in mode.examples:
                if re.search(signature.pattern, example.line):
                    assert holds(example.line, signature.pattern), signature.pattern


@given(st.text("ab.+?{2}|()", max_size=12), st.text("ab2", max_size=12))
def test_no_match_lacks_what_is_needed(pattern: str, text: str) -> None:
    try:
        found = re.search(pattern, text)
    except re.error:
        return
    if found:
        assert holds(text, pattern)
