"""Does a text look like JSON or YAML objects at all? Asked of every text, so it imports nothing heavy."""

import re
from typing import Literal

Form = Literal["json", "members", "yaml", ""]

_LOOK = 64 * 1024
"""How much of a text is looked at to tell whether it may be such a document."""
_LONGEST_KEY = 512
"""Of a line so much is looked at for a key: the pattern's time grows with the square of a line of spaces."""
_KEYS = (
    "apiVersion|kind|metadata|status|spec|items|containerStatuses|initContainerStatuses|conditions|lastState|state|containers"
    "|phase|kubeletconfig|kubeletConfiguration|involvedObject|reason|message"
)
_YAML_START = re.compile(rf"(?:{_KEYS})[ \t]*:(?:[ \t]|\r?$)", re.MULTILINE)
_YAML_LINE = re.compile(r"""[ \t]*(?:#|---|%YAML|- |[-}\]]|["']?[\w./$~@<-][\w./$@ -]*["']?[ \t]*:(?:[ \t]|\r?$))""")
_JSON_MEMBER = re.compile(r'\s*"[^"\n]{1,80}"\s*:')


def form_of(text: str) -> Form:
    """JSON, members of a JSON object without their braces, YAML, or "" for neither."""
    if text.lstrip()[:1] in {"{", "["}:
        return "json"
    head = text[:_LOOK]
    if _JSON_MEMBER.match(head):
        return "members"
    return "yaml" if is_yaml(text) else ""


def is_yaml(text: str) -> bool:
    """Does the first line look like YAML, and does a key of a Kubernetes object stand near it?"""
    head = text[:_LOOK]
    first = next((line for line in head.splitlines() if line.strip()), "")
    return bool(_YAML_LINE.match(first[:_LONGEST_KEY]) and _YAML_START.search(head))
