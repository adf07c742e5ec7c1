"""What a description is made of: fields, rows of its tables, events."""

from msgspec import Struct

from plegma.evidence.parse.event_rows import EventRow


class Field(Struct, frozen=True):
    """`key: value` with its indent and the index of its line; `more` are the indexes of the lines that belong to it."""

    index: int
    indent: int
    key: str
    value: str
    more: tuple[int, ...] = ()


class Row(Struct, frozen=True):
    """A line of a table or a list of the section `section` ("Conditions", "Taints", ...)."""

    index: int
    section: str
    line: str
    more: tuple[int, ...] = ()


class Happened(Struct, frozen=True):
    """A row of the Events table, its message joined from all its lines."""

    index: int
    row: EventRow
    more: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        """The index after its last line."""
        return self.index + 1 + len(self.more)


Item = Field | Row | Happened


class Description(Struct, frozen=True):
    """The items of a described run of lines up to `end` (exclusive), and the indexes of lines that were not understood."""

    items: tuple[Item, ...]
    end: int
    missed: tuple[int, ...] = ()
