"""`kubectl get pods` in all its widths, with or without a header."""

import re
from collections.abc import Mapping

from plegma.evidence.parse.blocks import Block, Context, Document, next_filled
from plegma.evidence.parse.commands import prompt_command
from plegma.evidence.parse.line_kinds import is_elision
from plegma.evidence.parse.numbers import count_or
from plegma.evidence.parse.stamps import age
from plegma.evidence.parse.table_rows import logical_line
from plegma.evidence.parse.tables import Header, header_of
from plegma.model.observations import Stamp, State

_NOW = Stamp(age=0.0)
_AGO = re.compile(r"(?<!\d)(\d+) \(([\dydhms]+) ago\)")
_RESTARTS = re.compile(r"(\d+)(?:\0\S+)?$")
_LAST_RESTART = re.compile(r"\d+ \(([\dydhms]+)")
_READY = re.compile(r"(\d+)/(\d+)$")
_WORDS = re.compile(r"(?<= )([A-Z][a-z]+(?: [A-Z][a-z]+)+)(?= +\d+ )")
_NAME = re.compile(r"(?:pods?(?:\.v1\.)?/)?([a-z0-9][-a-z0-9.]*)$")
_BEGIN = re.compile(r"\s*(?:[a-z0-9][-a-z0-9]*\s+)?(?:pod/)?[a-z0-9][-a-z0-9.]*\s+\d+/\d+\s+[A-Z]")
_ADDRESS = re.compile(r"\d+(?:\.\d+){3}$|[0-9a-f:]*:[0-9a-f:.]*$")
_NAMELESS = ("<none>", "<unset>", "<ip>", "<nil>")
_HEADERLESS = (("NAME", "READY", "STATUS", "RESTARTS", "AGE"), ("IP", "NODE", "NOMINATED NODE", "READINESS GATES"))


def kubectl_pods(document: Document, index: int, context: Context) -> Block | None:
    """A pods table that starts here with its header, or with a row of the usual shape."""
    if _header(document.lines[index]) is None and _cells(document.lines[index], None) is None:
        return None
    header: Header | None = None
    at, states = index, list[State]()
    while at < len(document.lines):
        line, end = _logical(document, at, header)
        if again := _header(line):
            header = again
        elif (cells := _cells(line, header)) is not None:
            states.append(_state(document, at, cells, context))
        elif not is_elision(line) and (line or _ended(document, at, header)):
            break
        at = end
    return Block("kubectl-get-pods", _trimmed(document, index, at), tuple(states), evidence=("pod-list",))


def _logical(document: Document, at: int, header: Header | None) -> tuple[str, int]:
    """The header or row on this line, with what the terminal wrapped of it."""
    if _header(document.lines[at]) is not None:
        return logical_line(document, at, lambda _: False, lambda line: not line.isupper())
    width = len(header.columns) if header is not None else 0
    return logical_line(document, at, lambda text: len(_tokens(text)) >= width and _cells(text, header) is not None, _begins_row)


def _begins_row(line: str) -> bool:
    return _BEGIN.match(line) is not None or _header(line) is not None


def _tokens(line: str) -> list[str]:
    """The line's cells: "3 (5m ago)" is one, and so is a status of several words ("Topology Affinity Error")."""
    return _WORDS.sub(lambda words: words[1].replace(" ", "\1"), _AGO.sub("\\1\0\\2", line)).split()


def _ended(document: Document, at: int, header: Header | None) -> bool:
    ahead = next_filled(document, at)
    return ahead < 0 or (_cells(document.lines[ahead], header) is None and _header(document.lines[ahead]) is None)


def _trimmed(document: Document, index: int, end: int) -> int:
    while end > index + 1 and not document.lines[end - 1]:
        end -= 1
    return end


def _header(line: str) -> Header | None:
    if "STATUS" not in line or "NAME" not in line or not ("READY" in line or "RESTARTS" in line):
        return None
    header = header_of(line)
    return header if "NAME" in header.names and ("READY" in header.names or "RESTARTS" in header.names) else None


def _cells(line: str, header: Header | None) -> Mapping[str, str] | None:
    """The row's cells by column: kubectl fills every cell of this table, so white space alone tells them apart."""
    tokens = _tokens(line)
    if len(tokens) < 4 or prompt_command(line) is not None:
        return None
    if header is not None:
        cells = dict(zip(header.names, tokens, strict=False)) if len(tokens) == len(header.names) else dict(header.row(line))
        return cells if _plausible(cells) else None
    for names in (_HEADERLESS[0], ("NAMESPACE", *_HEADERLESS[0])):
        cells = dict(zip((*names, *_HEADERLESS[1]), tokens, strict=False))
        if len(tokens) >= len(names) and _plausible(cells) and age(cells["AGE"]):
            return cells
    return None


def _plausible(cells: Mapping[str, str]) -> bool:
    ready, restarts = cells.get("READY"), cells.get("RESTARTS", "0").replace(" (", "\0")
    if "AGE" in cells and age(cells["AGE"]) is None and not cells["AGE"].startswith("<"):
        return False
    return bool((ready is None or _READY.match(ready)) and _RESTARTS.match(restarts) and _NAME.match(cells.get("NAME", "")))


def _state(document: Document, at: int, cells: Mapping[str, str], context: Context) -> State:
    attrs: dict[str, str | int | float | bool] = {}
    if "STATUS" in cells:
        attrs["status"] = cells["STATUS"].replace("\1", " ")
    if ready := _READY.match(cells.get("READY", "")):
        attrs.update(ready=count_or(ready[1], 0), containers=count_or(ready[2], 0))
    if restarts := re.match(r"\d+", cells.get("RESTARTS", "")):
        attrs["restarts"] = count_or(restarts.group(), 0)
    if (ago := _LAST_RESTART.match(cells.get("RESTARTS", "").replace("\0", " ("))) and (last := age(ago[1])) and last.age is not None:
        attrs["restarted"] = last.age
    if (old := age(cells.get("AGE", ""))) and old.age is not None:
        attrs["age"] = old.age
    if _ADDRESS.match(cells.get("IP", "")):
        attrs["ip"] = cells["IP"]
    return document.state(at, "Pod", attrs, _refs(cells, context), _NOW)


def _refs(cells: Mapping[str, str], context: Context) -> dict[str, str]:
    name = _NAME.match(cells["NAME"])
    node = cells.get("NODE", "")
    return {
        "namespace": cells.get("NAMESPACE") or context.command.namespace,
        "pod": name[1] if name else cells["NAME"],
        "node": "" if node in _NAMELESS else node,
        "workload": context.command.grep,
    }
