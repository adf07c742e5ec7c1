"""`crictl pods|ps|stats|images`, `ctr containers|tasks ls`, `docker images|stats`: old columns and new."""

import re
from collections.abc import Callable, Iterator, Mapping

from plegma.evidence.parse.blocks import Block, Context, Document, Value
from plegma.evidence.parse.numbers import whole_number
from plegma.evidence.parse.stamps import ago
from plegma.evidence.parse.table_rows import Fits, Row, header_line, rows_under
from plegma.evidence.parse.tables import Cell, Header, cells_of, header_of
from plegma.model.observations import State

_HEX = re.compile(r"\s*(?:sha256:)?[0-9a-f]{9,64}\b")

_HEAD = re.compile(r"\s*(?:POD ID|CONTAINER|TASK|IMAGE|REPOSITORY|REF)\b")
_SINCE = r"(?:(?:About |Less than )?(?:an?|\d+) \w+ ago|\d+s)"

Reads = Callable[[Document, Row], Iterator[State]]


def container_tables(document: Document, index: int, _context: Context) -> Block | None:
    """A table of pod sandboxes, containers, tasks or images that starts here with its header."""
    line = document.lines[index]
    if not _HEAD.match(line):
        return _bare(document, index)
    text, at = header_line(document, index)
    header = header_of(text)
    slug, reads = _kind(header)
    if not slug:
        return None
    rows, end = rows_under(document, at, header)
    states = tuple(state for row in rows for state in reads(document, row))
    evidence = ("container-list",) if slug in ("crictl-pods", "crictl-ps", "ctr-containers", "ctr-tasks") else ()
    return Block(slug, end, states, evidence=evidence)


def _bare(document: Document, index: int) -> Block | None:
    """Rows of crictl that a grep left without their header: the shape of a row tells its columns."""
    for slug, shape, names, reads in _BARE:
        if shape.match(document.lines[index]):
            cells = cells_of(document.lines[index])
            header = Header(tuple(Cell(name, cell.start) for name, cell in zip(names, cells, strict=False)))
            rows, end = rows_under(document, index, header, _shaped(shape))
            return Block(slug, end, tuple(state for row in rows for state in reads(document, row)), evidence=("container-list",))
    return None


def _shaped(shape: re.Pattern[str]) -> Fits:
    return lambda line, _: shape.match(line) is not None


def _kind(header: Header) -> tuple[str, Reads]:
    names = set(header.names)
    first = header.names[0]
    if first == "POD ID" and "STATE" in names:
        return "crictl-pods", _sandbox
    if first.startswith("CONTAINER") and {"STATE", "ATTEMPT"} <= names:
        return "crictl-ps", _container
    if first == "TASK" and "STATUS" in names:
        return "ctr-tasks", _task
    if first == "CONTAINER" and "RUNTIME" in names:
        return "ctr-containers", _nothing
    if first.startswith("CONTAINER") and ("CPU %" in names or "MEM" in names):
        return "container-stats", _nothing
    if first in ("IMAGE", "REPOSITORY", "REF") and ("TAG" in names or "DIGEST" in names):
        return "images", _nothing
    return "", _nothing


def _nothing(_document: Document, _row: Row) -> Iterator[State]:
    yield from ()


def _sandbox(document: Document, row: Row) -> Iterator[State]:
    cells = row.cells
    attrs = _attrs(cells, "STATE", "NAME")
    refs = {
        "pod": cells.get("NAME", ""),
        "namespace": cells.get("NAMESPACE", ""),
        "sandbox_id": cells.get("POD ID", ""),
        "attempt": cells.get("ATTEMPT", ""),
    }
    yield document.state(row.index, "Sandbox", attrs, refs, ago(cells.get("CREATED", "")))


def _container(document: Document, row: Row) -> Iterator[State]:
    cells = row.cells
    attrs = _attrs(cells, "STATE", "NAME") | ({"image": cells["IMAGE"]} if "IMAGE" in cells else {})
    namespace, slash, pod = cells.get("POD", "").rpartition("/")
    refs = {
        "pod": pod,
        "namespace": cells.get("NAMESPACE", "") or (namespace if slash else ""),
        "container": cells.get("NAME", ""),
        "container_id": cells.get("CONTAINER", cells.get("CONTAINER ID", "")),
        "sandbox_id": cells.get("POD ID", cells.get("POD", "") if _HEX.fullmatch(cells.get("POD", "")) else ""),
        "attempt": cells.get("ATTEMPT", ""),
    }
    if refs["sandbox_id"] == refs["pod"]:
        refs["pod"] = ""
    yield document.state(row.index, "RuntimeContainer", attrs, refs, ago(cells.get("CREATED", "")))


def _task(document: Document, row: Row) -> Iterator[State]:
    cells = row.cells
    attrs: dict[str, Value] = {"state": cells.get("STATUS", ""), "status": cells.get("STATUS", "")}
    yield document.state(row.index, "RuntimeContainer", attrs, {"container_id": cells.get("TASK", "")})


def _attrs(cells: Mapping[str, str], state: str, name: str) -> dict[str, Value]:
    attrs: dict[str, Value] = {"state": cells.get(state, ""), "status": cells.get(state, ""), "name": cells.get(name, "")}
    if (attempt := whole_number(cells.get("ATTEMPT", ""))) is not None:
        attrs["attempt"] = attempt
    return {key: value for key, value in attrs.items() if value != ""}


_BARE: tuple[tuple[str, re.Pattern[str], tuple[str, ...], Reads], ...] = (
    (
        "crictl-pods",
        re.compile(rf"\s*[0-9a-f]{{13}}\s+{_SINCE}\s+(?:Not ?Ready|Ready|SANDBOX_\w+|NOTREADY|READY)\s+\S+\s+\S+\s+\d+(?:\s|$)"),
        ("POD ID", "CREATED", "STATE", "NAME", "NAMESPACE", "ATTEMPT", "RUNTIME"),
        _sandbox,
    ),
    (
        "crictl-ps",
        re.compile(rf"\s*[0-9a-f]{{13}}\s+\S+\s+{_SINCE}\s+(?i:Running|Exited|Created|Unknown)\s+\S+\s+\d+\s+[0-9a-f]{{13}}(?:\s|$)"),
        ("CONTAINER", "IMAGE", "CREATED", "STATE", "NAME", "ATTEMPT", "POD ID", "POD", "NAMESPACE"),
        _container,
    ),
)
