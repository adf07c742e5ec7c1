"""JSON and YAML objects as blocks of a text: how far one reaches, and handing it to their own reader."""

import re

from plegma.evidence.parse.blocks import Block, Context, Document, ends_output, indent_of
from plegma.evidence.parse.line_kinds import has_cjk, is_elision
from plegma.evidence.parse.lines import MAX_LOOK

_YAML_KEY = re.compile(
    r"\s*(?:- )?(?:apiVersion|kind|metadata|status|spec|items|containerStatuses|initContainerStatuses|conditions|lastState|state|containers"
    r"|containerID|imageID|restartCount|lastTransitionTime|lastProbeTime|involvedObject|firstTimestamp|phase|reason|message):(?:\s|$)"
)
_YAML_LINE = re.compile(r"\s*(?:[\w./$-]+:(?:\s|$)|- |-$|---|#|\"[^\"]+\":\s|'[^']+':\s)")
_JSON_START = re.compile(r"\s*[{\[]\s*(?:$|\"|\{)")
_JSON_MEMBER = re.compile(r"\s*\"[A-Za-z][\w.-]*\"\s*:\s*(?:[\"{\[\d]|true|false|null)")
_JSON_LINE = re.compile(r"\s*(?:[\"{}\[\]]|-?\d|true|false|null)")
_JSON_END = re.compile(r"\s*[}\]]+,?$")


def objects(document: Document, index: int, _context: Context) -> Block | None:
    """JSON or YAML objects that start here; None when the lines are nothing that Kubernetes or a runtime writes."""
    end = extent(document, index)
    if not end:
        return None
    from plegma.evidence.parse.objects import parse_objects  # its libraries cost time that most texts need not pay

    lines = zip(document.lines[index:end], document.raw[index:end], strict=True)
    text = "\n".join(raw if len(raw) >= MAX_LOOK else line for line, raw in lines)
    parts = parse_objects(document.artifact, text.encode("utf-8", "replace"), index + 1)
    if not parts:
        return None
    return Block("objects", end, parts=parts)


def extent(document: Document, index: int) -> int:
    """The end (exclusive) of the JSON or YAML text that may start on this line; 0 when none may."""
    line = document.lines[index]
    if _JSON_START.match(line):
        return _json_end(document, index)
    if _JSON_MEMBER.match(line):
        return _members_end(document, index)
    return _yaml_end(document, index) if _YAML_KEY.match(line) else 0


def _members_end(document: Document, index: int) -> int:
    """The end of members that were copied out of an object without the braces around them."""
    end = index + 1
    while end < len(document.lines) and (_JSON_LINE.match(document.lines[end]) or is_elision(document.lines[end])):
        end += 1
    return end


def _json_end(document: Document, index: int) -> int:
    line = document.lines[index]
    if line.count("{") == line.count("}") and line.count("[") == line.count("]"):
        return index + 1
    margin = indent_of(line)
    for at in range(index + 1, len(document.lines)):
        line = document.lines[at]
        if _JSON_END.match(line) and indent_of(line) <= margin:
            return at + 1
        if not line or ends_output(line):
            return at
    return len(document.lines)


def _yaml_end(document: Document, index: int) -> int:
    margin, end = indent_of(document.lines[index]), index + 1
    for at in range(index + 1, len(document.lines)):
        line = document.lines[at]
        if not line or is_elision(line):
            continue
        if ends_output(line) and not line.lstrip().startswith("#"):
            break
        inside = indent_of(line) > margin or (indent_of(line) == margin and _YAML_LINE.match(line) and not has_cjk(line))
        if not inside:
            break
        end = at + 1
    return end
