"""`docker ps`: the sandboxes and containers that the kubelet made, by their names."""

import re
from collections.abc import Mapping

from plegma.evidence.parse.blocks import Block, Context, Document
from plegma.evidence.parse.line_kinds import is_elision
from plegma.evidence.parse.stamps import ago
from plegma.evidence.parse.table_rows import logical_line
from plegma.evidence.parse.tables import Header, header_of
from plegma.model.observations import State

_K8S = re.compile(
    r"k8s_(?P<container>[-a-zA-Z0-9]+)(?:\.[0-9a-f]+)?_(?P<pod>[a-z0-9][-a-z0-9.]*)_(?P<namespace>[a-z0-9][-a-z0-9]*)_(?P<pod_uid>[0-9a-f-]{8,36})(?:_(?P<attempt>\w*))?"
)
_ROW = re.compile(r"\s*[0-9a-f]{9,64}\s+\S")
_EXITED = re.compile(r"Exited \((-?\d+)\)")


def docker_ps(document: Document, index: int, _context: Context) -> Block | None:
    """A `docker ps` table with its header, or rows whose names begin with k8s_."""
    header = _header(document.lines[index])
    if header is None and not _is_bare_row(document.lines[index]):
        return None
    at = index + 1 if header else index
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


def _header(line: str) -> Header | None:
    return header_of(line) if re.match(r"\s*CONTAINER ID\s+IMAGE\s+COMMAND\b", line) else None


def _is_bare_row(line: str) -> bool:
    return bool(_ROW.match(line) and " k8s_" in line)


def _cells(line: str, header: Header | None) -> Mapping[str, str]:
    cells = dict(header.row(line)) if header is not None else {"CONTAINER ID": line.split(None, 1)[0]}
    if name := re.search(r"\bk8s_\S+", line):
        cells["NAMES"] = name.group()
    if status := re.search(r"\s{2,}((?:Up|Exited|Created|Restarting|Removal In Progress|Dead|Paused)\b[^/]*?)(?:\s{2,}|\s*$)", line):
        cells["STATUS"] = status[1]
    return cells


def _state(document: Document, at: int, cells: Mapping[str, str]) -> State:
    status, name = cells.get("STATUS", ""), cells.get("NAMES", "")
    known = _K8S.match(name)
    refs = {key: value for key, value in (known.groupdict() if known else {}).items() if value}
    identity, sandbox = cells.get("CONTAINER ID", ""), refs.get("container") == "POD"
    attrs: dict[str, str | int | float | bool] = {"state": _state_of(status), "status": status, "name": name}
    if refs.get("attempt", "").isdigit():
        attrs["attempt"] = int(refs["attempt"])
    if sandbox:
        refs.pop("container")
    else:
        attrs["image"] = cells.get("IMAGE", "")
        attrs |= {"exit_code": int(code[1])} if (code := _EXITED.match(status)) else {}
    refs["sandbox_id" if sandbox else "container_id"] = identity
    return document.state(at, "Sandbox" if sandbox else "RuntimeContainer", attrs, refs, ago(cells.get("CREATED", "")))


def _state_of(status: str) -> str:
    return "Removal In Progress" if status.startswith("Removal") else status.split(" ", 1)[0]
