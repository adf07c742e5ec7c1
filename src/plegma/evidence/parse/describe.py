"""The grammar of `kubectl describe`: fields by indent, lists, tables; whole, several in one, or cut anywhere.

What the fields mean for a pod or a node stands in describe_pods.py and describe_nodes.py.
"""

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from plegma.evidence.parse.blocks import Document, indent_of, next_filled
from plegma.evidence.parse.describe_items import Description, Field, Happened, Item, Row
from plegma.evidence.parse.describe_lines import (
    CONDITION_HEAD,
    CONDITION_ROW,
    EVENT_HEAD,
    FIELD,
    KNOWN,
    LISTED,
    NOTHING,
    TIGHT,
    dated_condition,
    starts_description,
    stops,
    structural,
)
from plegma.evidence.parse.event_rows import EventRow, described_row
from plegma.evidence.parse.joins import at_edge, join_wrapped, shares_width
from plegma.evidence.parse.line_kinds import is_elision, is_narrative, opens_log

_TABLES = frozenset(("Conditions", "Allocated resources", "Non-terminated Pods"))
_IN_MESSAGE = frozenset(("Message", "Reason", "Status", "Source"))
_AFTER_MESSAGE = re.compile(r"\s*(?:Exit Code|Started|Finished|Signal|Ready|Restart Count):\s")
_NEAR = 8
_FAR = 40
"""How far a container's termination message, which may hold blank lines, is followed."""


def read_description(document: Document, index: int) -> Description:
    """The description that starts on this line."""
    reader = _Reader(document, index)
    items = tuple(reader.read())
    return Description(items, reader.end, tuple(reader.missed))


class _Reader:
    """Walks over the lines of a description; `section` is the outermost key above the line."""

    def __init__(self, document: Document, index: int) -> None:
        self.document, self.at, self.section = document, index, ""
        self.margin = indent_of(document.lines[index])
        self.end = index
        self.missed: list[int] = []

    def read(self) -> Iterator[Item]:
        """All items in order."""
        while self.at < len(self.document.lines) and (item := self._next()) is not False:
            if not isinstance(item, bool):
                yield item

    def _next(self) -> Item | bool:
        """The next item; True for a line without one, False at the end."""
        line = self.document.lines[self.at]
        if not line:
            return self._over_blank()
        if structural(line) or NOTHING.match(line):
            return self._plain(line)
        if (row := described_row(line)) is not None:
            return self._happened(row)
        if stops(line) or (self.section == "Events" and opens_log(line)):
            return False
        return self._field_or_row(line)

    def _advance(self) -> None:
        self.at += 1
        self.end = self.at

    def _over_blank(self) -> bool:
        ahead = next_filled(self.document, self.at)
        if ahead < 0 or not self._continues(ahead):
            return False
        self.at = ahead
        return True

    def _continues(self, ahead: int) -> bool:
        line = self.document.lines[ahead]
        return not stops(line) and (is_elision(line) or starts_description(self.document, ahead) or indent_of(line) > self.margin + 1)

    def _plain(self, line: str) -> bool:
        if EVENT_HEAD.match(line):
            self.section = "Events"
        elif CONDITION_HEAD.match(line):
            self.section = "Conditions"
        elif is_elision(line):
            self.section = ""
        self._advance()
        return True

    def _happened(self, row: EventRow) -> Happened:
        self.section, first = "Events", self.at
        self._advance()
        more = self._taken_while(self._is_rest_of_event)
        return Happened(first, replace(row, message=self._joined(first, row.message, more)), more)

    def _taken_while(self, belongs: Callable[[str], bool]) -> tuple[int, ...]:
        start = self.at
        while self.at < len(self.document.lines) and belongs(self.document.lines[self.at]):
            self._advance()
        return tuple(range(start, self.at))

    def _joined(self, first: int, text: str, more: tuple[int, ...]) -> str:
        return join_wrapped(self.document, first, (text, *(self.document.lines[index] for index in more))) if more else text

    def _is_rest_of_event(self, line: str) -> bool:
        if not line or stops(line) or structural(line) or described_row(line) or opens_log(line) or self._is_told(line):
            return False
        match = FIELD.match(line)
        return not (match and not match["indent"] and match["key"] in KNOWN - _IN_MESSAGE)

    def _is_told(self, line: str) -> bool:
        """Does a person tell something here, rather than that a terminal cut the line above?"""
        return is_narrative(line) and not shares_width(self.document, self.at - 1)

    def _field_or_row(self, line: str) -> Item | bool:
        match, indent = FIELD.match(line), indent_of(line)
        in_table = self.section in _TABLES and indent > 0
        if CONDITION_ROW.match(line) and (self.section in ("Conditions", "") or dated_condition(line)):
            return self._condition()
        if match is None or (in_table and match["value"] is not None and match["indent"] and not TIGHT.match(line)):
            return self._row(self.section) if indent > self.margin or in_table else self._unknown()
        if indent <= self.margin and not self._is_known(match):
            return self._unknown()
        return self._field(match, indent)

    def _is_known(self, match: re.Match[str]) -> bool:
        if match["key"] in KNOWN or TIGHT.match(match.group()):
            return True
        return match["value"] is None and (self._indented_next() or self._heads_container())

    def _heads_container(self) -> bool:
        """Does the line name a container? What follows tells, where the indents are lost."""
        following = self.document.lines[self.at + 1] if self.at + 1 < len(self.document.lines) else ""
        return following.lstrip().startswith(("Container ID:", "Image:"))

    def _indented_next(self) -> bool:
        ahead = next_filled(self.document, self.at + 1)
        return ahead >= 0 and indent_of(self.document.lines[ahead]) > self.margin

    def _unknown(self) -> bool:
        """A line that nothing explains: the rest of a wrapped one, or one that is skipped when the description surely goes on."""
        line = self.document.lines[self.at]
        touches = self.end == self.at
        if touches and not self._is_told(line) and (LISTED.match(line) or at_edge(self.document, self.at - 1)):
            self._advance()
            return True
        if not touches or is_narrative(line) or not self._goes_on():
            return False
        self.missed.append(self.at)
        self._advance()
        return True

    def _goes_on(self) -> bool:
        """Does a field that kubectl prints stand on one of the next lines?"""
        for line in self.document.lines[self.at + 1 : self.at + 1 + _NEAR]:
            match = FIELD.match(line)
            if not line or stops(line):
                return False
            if match and match["key"] in KNOWN:
                return True
        return False

    def _row(self, section: str) -> Row:
        first = self.at
        self._advance()
        return Row(first, section, self.document.lines[first])

    def _condition(self) -> Row:
        first = self.at
        self._advance()
        more = self._taken_while(self._is_wrapped_row)
        line = "".join(self.document.lines[index] for index in (first, *more))
        return Row(first, "Conditions", line, more)

    def _is_wrapped_row(self, line: str) -> bool:
        match = FIELD.match(line)
        field = match is not None and (match["key"] in KNOWN or not shares_width(self.document, self.at - 1))
        plain = bool(line) and not line[0].isspace() and not field
        return plain and not stops(line) and not is_elision(line) and not CONDITION_ROW.match(line) and not self._is_told(line)

    def _field(self, match: re.Match[str], indent: int) -> Field:
        first = self.at
        if indent <= self.margin:
            self.section, self.margin = match["key"], indent
        self._advance()
        more = self._taken_while(self._is_rest_of_message) if match["key"] == "Message" else ()
        return Field(first, indent, match["key"], self._joined(first, (match["value"] or "").rstrip(), more), more)

    def _is_rest_of_message(self, line: str) -> bool:
        """Messages keep their own line ends, even blank lines: what is no field up to the next field belongs to them."""
        if not line:
            ahead = self.document.lines[self.at : self.at + _FAR]
            return any(_AFTER_MESSAGE.match(other) for other in ahead) and not any(stops(other) for other in ahead if other)
        if stops(line) or is_elision(line) or described_row(line) or EVENT_HEAD.match(line):
            return False
        match = FIELD.match(line)
        return not (match and (match["key"] in KNOWN or match["key"] in ("Started", "Finished")))
