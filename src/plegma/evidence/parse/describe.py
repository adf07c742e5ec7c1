"""The grammar of `kubectl describe`: fields by indent, lists, tables; whole, several in one, or cut anywhere.

What the fields mean for a pod or a node stands in describe_pods.py and describe_nodes.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from plegma.evidence.parse.blocks import Document, has_cjk, indent_of, is_elision, is_fence, next_filled
from plegma.evidence.parse.commands import prompt_command
from plegma.evidence.parse.event_rows import EventRow, described_row
from plegma.evidence.parse.joins import join_wrapped
from plegma.evidence.parse.words import words_of

_FIELD = re.compile(r"(?P<indent>\s*)(?P<key>[A-Za-z][\w./() -]{0,60}?):(?:\s+(?P<value>\S.*))?$")
_STARTS = words_of(
    """
    Name|Namespace|Priority|Node|Status|Reason|Message|IP|IPs|Containers|State|Conditions|Events|Volumes|Labels|Annotations|Roles
    |CreationTimestamp|Taints|Unschedulable|Lease|Addresses|Capacity|Allocatable|Replicas|Selector|Ready|Phase|Type|StorageClass|Image|Port
    |Ports|Command|Args|Limits|Requests|Environment|Mounts|Tolerations|Succeeded|Failed|Parallelism|Completions|Endpoints|Subsets|Allocated
    |Liveness|Readiness|Startup|Provisioner|Finalizers|Volume|Source|Controlled By|Start Time|Last State|Restart Count|Exit Code
    |Container ID|Image ID|Init Containers|Ephemeral Containers|QoS Class|Node-Selectors|System Info|Non-terminated Pods
    |Allocated resources|Pods Status|Pods Statuses|Pod Template|Service Account|Priority Class Name|Priority Class|Host Port|Used By
    |Mounted By|Access Modes|Pod Status|Desired Number of Nodes Scheduled|Current Number of Nodes Scheduled|Update Strategy|StrategyType
    |Owned By|OldReplicaSets|NewReplicaSet|Machine ID|Container Runtime Version|Kubelet Version|Environment Variables from
    |Termination Grace Period|Termination Message|Reclaim Policy|Node Affinity|Claim|VolumeMode|Signal|PodCIDR|ProviderID|Kernel Version
    """
)
"""Keys at the margin that kubectl prints: a line that begins with one may begin a description, and goes on with it."""
_SECTION_ONLY = frozenset(("Events", "Conditions", "Containers", "Volumes", "Init Containers", "Lease", "System Info"))
_EVENT_HEAD = re.compile(r"\s*(?:Type\s+Reason\s+Age\s+From\s+Message|(?:First|Last)\s?Seen\s+(?:First|Last)\s?Seen\s+Count\s+From)", re.I)
_RULE = re.compile(r"[\s-]*-{3}[\s-]*$")
_CONDITION_HEAD = re.compile(r"\s*Type\s+Status\b")
_CONDITION_ROW = re.compile(r"\s*[A-Z]\w+(?:\s{2,}|\s*\t\s*| )(?:True|False|Unknown)\b")


@dataclass(frozen=True, slots=True)
class Field:
    """`key: value` with its indent and the index of its line; `more` are the indexes of the lines that belong to it."""

    index: int
    indent: int
    key: str
    value: str
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of the section `section` ("Conditions", "Allocated resources", ...)."""

    index: int
    section: str
    line: str
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """A row of the Events table, its message joined from all its lines."""

    index: int
    row: EventRow
    more: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        """The index after its last line."""
        return self.index + 1 + len(self.more)


Item = Field | Row | Happened


@dataclass(frozen=True, slots=True)
class Description:
    """The items of a described run of lines up to `end` (exclusive)."""

    items: tuple[Item, ...]
    end: int


def starts_description(document: Document, index: int) -> bool:
    """May a description start on this line?"""
    line = document.lines[index]
    if described_row(line) is not None or _EVENT_HEAD.match(line):
        return True
    match = _FIELD.match(line)
    if match is None:
        return _condition_like(document, index)
    if match["key"] not in _STARTS:
        return False
    if match["value"] is None:
        return match["key"] in _SECTION_ONLY and _goes_on(document, index)
    return bool(re.match(r"\s*[^:]+:(?:\s{2,}|\t)", line) or match["indent"] or _goes_on(document, index))


def _condition_like(document: Document, index: int) -> bool:
    line = document.lines[index]
    return bool(_CONDITION_ROW.match(line) and re.search(r"\d\d:\d\d:\d\d [+-]\d{4}|\d{4} \d\d:\d\d:\d\d", line))


def _goes_on(document: Document, index: int) -> bool:
    ahead = next_filled(document, index + 1)
    if ahead < 0:
        return False
    line = document.lines[ahead]
    return bool(_FIELD.match(line) or _CONDITION_HEAD.match(line) or _EVENT_HEAD.match(line) or described_row(line))


def read_description(document: Document, index: int) -> Description:
    """The description that starts on this line."""
    reader = _Reader(document, index)
    items = tuple(reader.read())
    return Description(items, reader.end)


class _Reader:
    """Walks over the lines of a description; `section` is the outermost key above the line."""

    def __init__(self, document: Document, index: int) -> None:
        self.document, self.at, self.section = document, index, ""
        self.margin = indent_of(document.lines[index])
        self.end = index

    def read(self) -> Iterator[Item]:
        while self.at < len(self.document.lines) and (item := self._next()) is not False:
            if not isinstance(item, bool):
                yield item

    def _next(self) -> Item | bool:
        """The next item; True for a line without one, False at the end."""
        line = self.document.lines[self.at]
        if not line:
            return self._over_blank()
        if is_elision(line) or _EVENT_HEAD.match(line) or _RULE.match(line) or _CONDITION_HEAD.match(line):
            return self._plain(line)
        if (row := described_row(line)) is not None:
            return self._happened(row)
        if _stops(line):
            return False
        return self._field_or_row(line)

    def _over_blank(self) -> bool:
        ahead = next_filled(self.document, self.at)
        if ahead < 0 or not self._continues(ahead):
            return False
        self.at = ahead
        return True

    def _continues(self, ahead: int) -> bool:
        line = self.document.lines[ahead]
        return not _stops(line) and (is_elision(line) or starts_description(self.document, ahead) or indent_of(line) > self.margin + 1)

    def _plain(self, line: str) -> bool:
        if _EVENT_HEAD.match(line):
            self.section = "Events"
        elif _CONDITION_HEAD.match(line):
            self.section = "Conditions"
        elif is_elision(line):
            self.section = ""
        self._advance()
        return True

    def _advance(self) -> None:
        self.at += 1
        self.end = self.at

    def _happened(self, row: EventRow) -> Happened:
        self.section = "Events"
        first = self.at
        self._advance()
        more = self._continuations()
        pieces = (row.message, *(self.document.lines[index] for index in more))
        return Happened(first, replace(row, message=join_wrapped(self.document, first, pieces)), more)

    def _continuations(self) -> tuple[int, ...]:
        start = self.at
        while self.at < len(self.document.lines) and self._is_rest_of_event(self.document.lines[self.at]):
            self._advance()
        return tuple(range(start, self.at))

    def _is_rest_of_event(self, line: str) -> bool:
        if not line or _stops(line) or is_elision(line) or described_row(line) or _EVENT_HEAD.match(line) or _RULE.match(line):
            return False
        match = _FIELD.match(line)
        return not (match and not match["indent"] and match["key"] in _STARTS - {"Message", "Reason", "Status", "Source"})

    def _field_or_row(self, line: str) -> Item | bool:
        match = _FIELD.match(line)
        indent = indent_of(line)
        in_table = self.section in ("Conditions", "Allocated resources", "Non-terminated Pods") and indent > 0
        if _CONDITION_ROW.match(line) and (self.section in ("Conditions", "") or _condition_like(self.document, self.at)):
            return self._row("Conditions")
        if match is None or (in_table and not _is_tight(match)):
            return self._row(self.section) if indent > self.margin or in_table else False
        if indent <= self.margin and not self._is_known(match):
            return False
        return self._field(match, indent)

    def _is_known(self, match: re.Match[str]) -> bool:
        return (
            match["key"] in _STARTS
            or bool(re.match(r"\s*[^:]+:\s{2,}", match.group()))
            or (match["value"] is None and self._indented_next())
        )

    def _indented_next(self) -> bool:
        ahead = next_filled(self.document, self.at + 1)
        return ahead >= 0 and indent_of(self.document.lines[ahead]) > self.margin

    def _row(self, section: str) -> Row:
        first = self.at
        line = self.document.lines[first]
        self._advance()
        start = self.at
        while section == "Conditions" and self._is_wrapped_row():
            self._advance()
        more = tuple(range(start, self.at))
        return Row(first, section, "".join((line, *(self.document.lines[index] for index in more))), more)

    def _is_wrapped_row(self) -> bool:
        if self.at >= len(self.document.lines):
            return False
        line = self.document.lines[self.at]
        return (
            bool(line)
            and not line[0].isspace()
            and not _FIELD.match(line)
            and not _stops(line)
            and not is_elision(line)
            and not _CONDITION_ROW.match(line)
        )

    def _field(self, match: re.Match[str], indent: int) -> Field:
        first = self.at
        if indent <= self.margin:
            self.section = match["key"]
            self.margin = min(self.margin, indent)
        self._advance()
        start = self.at
        while self._is_rest_of_value(match["key"]):
            self._advance()
        more = tuple(range(start, self.at))
        value = (match["value"] or "").rstrip()
        if more:
            value = join_wrapped(self.document, first, (value, *(self.document.lines[index] for index in more)))
        return Field(first, indent, match["key"], value, more)

    def _is_rest_of_value(self, key: str) -> bool:
        """Message values keep their own line ends: what follows at no indent and is no field belongs to them."""
        if key != "Message" or self.at >= len(self.document.lines):
            return False
        line = self.document.lines[self.at]
        if not line or _stops(line) or is_elision(line) or described_row(line) or _EVENT_HEAD.match(line):
            return False
        match = _FIELD.match(line)
        return not (match and (match["key"] in _STARTS or match["key"] in ("Started", "Finished", "Signal")))


def _is_tight(match: re.Match[str]) -> bool:
    return match["value"] is None or bool(re.match(r"\s*[^:]+:\s{2,}", match.group())) or not match["indent"]


def _stops(line: str) -> bool:
    return is_fence(line) or (has_cjk(line) and not is_elision(line) and not _FIELD.match(line)) or prompt_command(line) is not None
