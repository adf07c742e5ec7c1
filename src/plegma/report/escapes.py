"""Makes text from evidence safe to print: no control character reaches a terminal."""

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """The text with control and bidi characters as visible escapes; tabs and newlines become single spaces."""
    return _CONTROL.sub(lambda m: f"\\x{ord(m[0]):02x}", text.replace("\t", " ").replace("\n", " "))
