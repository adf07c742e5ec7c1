"""`docker ps`: the sandboxes and containers that the kubelet made, by their names."""

import re
from collections.abc import Mapping

from plegma.evidence.parse.blocks import Block, Context, Document
from plegma.evidence.parse.line_kinds import is_elision
from plegma.evidence.parse.numbers import whole_number
from plegma.evidence.parse.stamps import ago
from plegma.evidence.parse.table_rows import header_line, logical_line
from plegma.evidence.parse.tables import Header, header_of
from plegma.model.observations import State

_K8S = re.compile(
    r"k8s_(?P<container>[-a-zA-Z0-9]+)(?:\.[0-9a-f]+)?_(?P<pod>[a-z0-9][-a-z0-9.]*)_(?P<namespace>[a-z0-9][-a-z0-9]*)_(?P<pod_uid>[0-9a-f-]{8,36})(?:_(?P<attempt>\w*))?"
)
_ROW = re.compile(r"\s*[0-9a-f]{9,64}\s+\S")
_HEAD = re.compile(r"\s*CONTAINER ID\s+IMAGE\b(?!\s+ID)")
_SPAN = r"(?:(?:About )?(?:an?|\d+)|Less than a) (?:second|minute|hour|day|week|month|year)s?"
_SHAPE = re.compile(
    rf"\s*(?P<id>[0-9a-f]{{9,64}})\s+(?P<image>\S+)\s+(?:\".*?\"|\S+)\s+(?P<created>{_SPAN} ago)\s+"
    rf"(?P<status>Up {_SPAN}(?: \([\w: ]+\))?|(?:Exited|Restarting) \(-?\d+\) {_SPAN} ago|Created|Removal In Progress|Dead)(?:\s|$)"
)
_TITLES = {"CONTAINER ID": "id", "IMAGE": "image", "CREATED": "created", "STATUS": "status"}
_EXITED = re.compile(r"Exited \((-?\d{1,10})\)")


def docker_ps(document: Document, index: int, _context: Context) -> Block | None:
    """A `docker ps` table with its header, or rows whose names begin with k8s_."""
    headed = _HEAD.match(document.lines[index]) is not None
    if not headed and not _is_bare_row(document.lines[index]):
        return None
    text, at = header_line(document, index) if headed else ("", index)
    if headed and not ("COMMAND" in text or "STATUS" in text):
        return None
    header = header_of(text) if headed else None
    states: list[State] = []
    while at < len(document.lines) and (_ROW.match(document.lines[at]) or is_elision(document.lines[at])):
        line, end = logical_line(document, at, _is_whole, lambda text: _ROW.match(text) is not None)
        if _ROW.match(line):
            states.append(_state(document, at, _cells(line, header)))
        at = end
    return Block("docker-ps", at, tuple(states), evidence=("container-list",))


def _is_whole(line: str) -> bool:
    """The names come last."""
    return re.search(r"\bk8s_\S+_\w+$", line) is not None


def _is_bare_row(line: str) -> bool:
    return bool(_ROW.match(line) and " k8s_" in line)


def _cells(line: str, header: Header | None) -> Mapping[str, str]:
    """The row's cells: by the shapes that docker gives them, which stay when the gaps between them are lost, else by the header."""
    cells = dict(header.row(line)) if header is not None else {"CONTAINER ID": line.split(None, 1)[0]}
    if match := _SHAPE.match(line):
        cells |= {title: match[group] for title, group in _TITLES.items()}
    if name := re.search(r"\bk8s_\S+", line):
        cells["NAMES"] = name.group()
    return cells


def _state(document: Document, at: int, cells: Mapping[str, str]) -> State:
    status, name = cells.get("STATUS", ""), cells.get("NAMES", "")
    known = _K8S.match(name)
    refs = {key: value for key, value in (known.groupdict() if known else {}).items() if value}
    identity, sandbox = cells.get("CONTAINER ID", ""), refs.get("container") == "POD"
    attrs: dict[str, str | int | float | bool] = {"state": _state_of(status), "status": status, "name": name}
    if (attempt := whole_number(refs.get("attempt", ""))) is not None:
        attrs["attempt"] = attempt
    if sandbox:
        refs.pop("container")
    else:
        attrs["image"] = cells.get("IMAGE", "")
        attrs |= {"exit_code": int(code[1])} if (code := _EXITED.match(status)) else {}
    refs["sandbox_id" if sandbox else "container_id"] = identity
    return document.state(at, "Sandbox" if sandbox else "RuntimeContainer", attrs, refs, ago(cells.get("CREATED", "")))


def _state_of(status: str) -> str:
    return "Removal In Progress" if status.startswith("Removal") else status.split(" ", 1)[0]
