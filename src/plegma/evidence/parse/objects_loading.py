"""Bytes to JSON and YAML documents: whole ones, several in one file, and pasted or cut-off pieces of them."""

import re
from collections.abc import Iterator, Sequence

from plegma.evidence.parse import objects_json, objects_yaml
from plegma.evidence.parse.lines import decode
from plegma.evidence.parse.objects_branches import Document
from plegma.evidence.parse.objects_forms import form_of, is_yaml

_SPLIT = re.compile(r"^---(?:[ \t].*)?\r?$", re.MULTILINE)
_ELISION = re.compile(r"^[ \t]*(?:\.{3,}|…+|[（(]?(?:略|中略|後略|省略)[)）]?|<snip(?:ped)?>|\[snip\]|\[\.\.\.\])[ \t]*$", re.MULTILINE)
_MOST_REPAIRS = 20


def documents(artifact: str, data: bytes, first_line: int = 1) -> Iterator[Document]:
    """All documents of a text that may be JSON or YAML, in order; nothing when it is neither.

    Raises objects_json.DepthError or objects_yaml.BoundsError when a document breaks the bounds.
    """
    text = decode(data)
    match form_of(text):
        case "json":
            yield from _json(artifact, text, first_line)
        case "members":
            yield from _json_members(artifact, text, first_line)
        case "yaml":
            yield from _yaml(artifact, text, first_line)


def _lines(text: str) -> Sequence[str]:
    return text.split("\n")


def _json(artifact: str, text: str, first_line: int) -> Iterator[Document]:
    try:
        yield Document(artifact, objects_json.whole(text), _lines(text), first_line)
    except ValueError:
        yield from _json_several(artifact, text, first_line)


def _json_several(artifact: str, text: str, first_line: int) -> Iterator[Document]:
    line, seen, found = first_line, 0, False
    for value, begin, end in objects_json.several(text):
        found = True
        line, seen = line + text.count("\n", seen, begin), begin
        yield Document(artifact, value, _lines(text[begin:end]), line)
    if not found:
        yield from _json_cut(artifact, text, first_line)


def _json_cut(artifact: str, text: str, first_line: int) -> Iterator[Document]:
    try:
        yield Document(artifact, objects_json.mended(_ELISION.sub("", text)), _lines(text), first_line)
    except ValueError:
        if text.lstrip()[:1] == "{" and is_yaml(text):
            yield from _yaml(artifact, text, first_line)


def _json_members(artifact: str, text: str, first_line: int) -> Iterator[Document]:
    """Members without the braces around them, as someone copies them out of an object."""
    try:
        yield Document(artifact, objects_json.mended("{" + _ELISION.sub("", text)), _lines(text), first_line)
    except ValueError:
        return


def _yaml(artifact: str, text: str, first_line: int) -> Iterator[Document]:
    at, line = 0, first_line
    for mark in [*_SPLIT.finditer(text), None]:
        part = text[at : mark.start()] if mark else text[at:]
        yield from _yaml_pieces(artifact, part, line)
        if mark:
            line += text.count("\n", at, mark.end())
            at = mark.end()


def _yaml_pieces(artifact: str, part: str, first_line: int) -> Iterator[Document]:
    """The document, or, where it is broken in places, the pieces between them."""
    lines = _lines(_ELISION.sub("#", part.replace("\r", "")))
    for _ in range(_MOST_REPAIRS):
        if not any(line.strip() for line in lines):
            return
        value, taken = _yaml_prefix(lines)
        if value is not None:
            yield Document(artifact, value, lines[:taken], first_line)
        first_line, lines = first_line + taken, lines[taken:]


def _yaml_prefix(lines: Sequence[str]) -> tuple[object, int]:
    """The value of the longest prefix that is found to be YAML, and its length in lines (at least one)."""
    end = len(lines)
    for _ in range(_MOST_REPAIRS):
        try:
            return objects_yaml.whole("\n".join(_outdented(lines[:end]))), end
        except objects_yaml.BrokenError as broken:
            shorter = min(broken.line, end - 1)
        if shorter < 1:
            return None, 1
        end = shorter
    return None, end


def _outdented(lines: Sequence[str]) -> Iterator[str]:
    """Tabs of an editor and a no-break space are not YAML's; the outline is that of the lines as they are."""
    return (line.replace("\t", "    ").replace("\u00a0", " ") if line[:1].isspace() else line for line in lines)
