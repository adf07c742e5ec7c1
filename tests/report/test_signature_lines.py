"""Patterns as ripgrep reads them mean what they mean to plegma. pydantic's core brings the same regex engine as ripgrep."""

import re
from typing import Annotated

import pytest
from pydantic import StringConstraints, TypeAdapter, ValidationError

from plegma.knowledge.catalog import builtin
from plegma.report.signature_lines import rust_pattern, signature_lines


def matches(pattern: str, line: str) -> bool:
    """Does Rust's regex crate find the pattern in the line?"""
    try:
        TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)]).validate_python(line)
    except ValidationError:
        return False
    return True


def test_every_pattern_finds_in_ripgrep_what_it_finds_in_plegma() -> None:
    differing = [
        (signature.pattern, example.line)
        for mode in builtin()
        for signature in mode.signatures
        for example in mode.examples
        if signature.pattern
        and matches(rust_pattern(signature.pattern), example.line) is not bool(re.search(signature.pattern, example.line))
    ]
    assert not differing


@pytest.mark.filterwarnings("ignore:Possible (nested set|set intersection):FutureWarning")  # what Python will take otherwise one day
@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (r"{\"code\":4}", '{"code":4}'),
        (r"a{,3}b$", "aab"),
        (r"err{}", "err{}"),
        (r"[[{]x[]a]", "[x]"),
        (r"[^[]b", "ab"),
        (r"[\b]", "\b"),
        (r"\<none\>", "<none>"),
        (r"end\Z", "the end"),
        (r"[a&&b]", "&"),
        (r"(?P<pod>\S+) 続き", "web-0 続き"),
    ],
)
def test_what_the_two_syntaxes_write_otherwise_is_written_anew(pattern: str, line: str) -> None:
    assert re.search(pattern, line)
    assert matches(rust_pattern(pattern), line)
    assert not matches(rust_pattern(pattern), "no such thing")


def test_there_is_one_line_for_each_pattern_and_none_for_a_mere_reason() -> None:
    lines = signature_lines(builtin())
    assert lines == sorted(set(lines))
    assert not [line for line in lines if not line or "\n" in line]
