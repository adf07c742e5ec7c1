"""What the formats share: the document that is read, the context of a line, and the block that a format takes."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from plegma.evidence.parse.commands import NO_COMMAND, Command, prompt_command
from plegma.evidence.parse.indents import outdented
from plegma.evidence.parse.line_kinds import is_fence
from plegma.evidence.parse.lines import clean, decode, shown, split, without_marks
from plegma.evidence.parse.parsed import NO_HINTS, ClockHints, Parsed
from plegma.model.observations import Event, Observation, Origin, Stamp, State

MAX_GAP = 3
"""So many blank lines may stand inside one block."""
NOW = Stamp(age=0.0)
"""A row is so at the moment at which the output was taken."""

Value = str | int | float | bool


class Document(Struct, frozen=True):
    """A text as lines: `lines` as they are parsed, `shown` as they are quoted, `raw` as they came.

    `code` are the indexes of lines in Markdown's indented code blocks. Indexes are 0-based, Origins 1-based.
    """

    artifact: str
    lines: tuple[str, ...]
    shown: tuple[str, ...]
    raw: tuple[str, ...]
    code: frozenset[int] = frozenset()

    def origin(self, index: int) -> Origin:
        """Where the line with this index is."""
        return Origin(self.artifact, index + 1)

    def state(self, index: int, kind: str, attrs: Mapping[str, Value], refs: Mapping[str, str], at: Stamp | None = NOW) -> State:
        """A State that was read from the line with this index; empty refs are left out."""
        known = {key: value for key, value in refs.items() if value}
        return State(kind, attrs, self.origin(index), self.shown[index], at, known)

    def status(self, index: int, reason: str, message: str, refs: Mapping[str, str], at: Stamp | None = None) -> Event:
        """What a status says: an Event of component "status"."""
        known = {key: value for key, value in refs.items() if value}
        return Event("status", message, self.origin(index), self.shown[index], at, reason=reason, refs=known)


def document_of(artifact: str, data: bytes) -> Document:
    """The document in some bytes; what a quotation or `minikube logs` puts before each line is not part of the lines."""
    raw = tuple(split(decode(data)))
    lines, code = outdented([clean(line) for line in without_marks(raw)])
    return Document(artifact, lines, tuple(map(shown, raw)), raw, code)


class Context(Struct, frozen=True):
    """What is known before a line is read: the artifact's name, the prompt command above it and the one before that.

    `silent`: nothing was printed since the command.
    """

    artifact: str
    command: Command = NO_COMMAND
    before: Command = NO_COMMAND
    silent: bool = False


class Block(Struct, frozen=True):
    """What a format took: the lines up to `end` (exclusive), of which those in `missed` (indexes) are not understood.

    `parts` are given instead of all else by formats that make their parts themselves.
    """

    kind: str
    end: int
    observations: tuple[Observation, ...] = ()
    missed: tuple[int, ...] = ()
    hints: ClockHints = NO_HINTS
    components: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    parts: tuple[Parsed, ...] = ()


Format = Callable[[Document, int, Context], Block | None]
"""Takes a block that starts on the line with this index, or says None; looks ahead a bounded number of lines only."""


def ends_output(line: str) -> bool:
    """Can no output go on here: a fence or a new prompt?"""
    return is_fence(line) or prompt_command(line) is not None


def next_filled(document: Document, index: int) -> int:
    """The index of the next line that is not blank, at most MAX_GAP blank lines away; else -1."""
    for ahead in range(index, min(index + MAX_GAP + 1, len(document.lines))):
        if document.lines[ahead]:
            return ahead
    return -1


def indent_of(line: str) -> int:
    """The width of the white space before the text; a tab counts as eight."""
    body = line.lstrip()
    return len(line[: len(line) - len(body)].expandtabs())
