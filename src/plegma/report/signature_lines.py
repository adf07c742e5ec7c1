"""All patterns of failure modes as ripgrep reads them (`rg -f FILE`): one a line, in the syntax of Rust's regex crate.

The differences from Python's `re` that matter here: a brace that is no repetition, and a bracket inside a class, have
to be escaped there; `\\Z` is `\\z`; `\\<`, `\\>` and escaped letters without a meaning are refused or mean something
else. Source: https://docs.rs/regex/latest/regex/#syntax
"""

import re
from collections.abc import Iterable, Iterator

from plegma.knowledge.failure_mode import FailureMode

_TOKEN = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<repeat>\{\d*,?\d*\})|.", re.DOTALL
)
_NAMED = re.compile(r"(?<!\\)\(\?P<\w+>")
"""ripgrep makes one pattern of all of them, in which a group's name may stand once only."""
_IN_CLASS = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|.", re.DOTALL)
_ESCAPES = {
    r"\Z": r"\z", r"\<": "<", r"\>": ">", r"\ ": " ", r"\"": '"', r"\'": "'", r"\/": "/", r"\,": ",", r"\:": ":", r"\;": ";", r"\=": "=",
    r"\!": "!", r"\%": "%", r"\@": "@", r"\_": "_", r"\`": "`", "\n": r"\n", "\t": r"\t", "\r": r"\r", "{": r"\{", "}": r"\}",
}  # fmt: skip
_CLASS_ESCAPES = {**_ESCAPES, "[": r"\[", "&": r"\&", "~": r"\~", "{": "{", "}": "}", r"\b": r"\x08"}


def signature_lines(modes: Iterable[FailureMode]) -> list[str]:
    """Each pattern once, in order. What is no pattern for one line is left out: a mere reason, a record over several lines."""
    patterns = {signature.pattern for mode in modes for signature in mode.signatures}
    return sorted(rust_pattern(pattern) for pattern in patterns if pattern and not _spans_lines(pattern))


def rust_pattern(pattern: str) -> str:
    """A pattern of Python's `re` (no look-around, no back-references) for Rust's regex crate; groups lose their names."""
    return "".join(_tokens(_NAMED.sub("(?:", pattern)))


def _spans_lines(pattern: str) -> bool:
    """Does the pattern name a line's end? ripgrep refuses it."""
    return any(token.group() in {r"\n", "\n"} for token in _TOKEN.finditer(pattern))


def _tokens(pattern: str) -> Iterator[str]:
    for token in _TOKEN.finditer(pattern):
        text = token.group()
        if token["class"]:
            yield _class(text)
        elif token["repeat"]:
            yield _repeat(text)
        else:
            yield _ESCAPES.get(text, text)


def _class(text: str) -> str:
    """A class: a bracket in it opens another one in Rust."""
    opening = re.match(r"\[\^?\]?", text)
    assert opening is not None
    inside = "".join(_CLASS_ESCAPES.get(item, item) for item in _IN_CLASS.findall(text[opening.end() : -1]))
    return f"{opening.group().replace(']', chr(92) + ']')}{inside}]"


def _repeat(text: str) -> str:
    """`{,3}` is `{0,3}`; braces around nothing are braces."""
    if not re.search(r"\d", text):
        return text.replace("{", r"\{").replace("}", r"\}")
    return text.replace("{,", "{0,")
