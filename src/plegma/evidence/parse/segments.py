"""One pass over the lines: each run goes to the format that knows it; prompts, fences and free lines stand between."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from plegma.evidence.parse.blocks import Block, Context, Document, Format
from plegma.evidence.parse.command_answers import broken_off, command_answer
from plegma.evidence.parse.command_outputs import command_output
from plegma.evidence.parse.commands import NO_COMMAND, Command, prompt_command
from plegma.evidence.parse.configs import configs, json_configs
from plegma.evidence.parse.container_tables import container_tables
from plegma.evidence.parse.descriptions import descriptions
from plegma.evidence.parse.docker_info import docker_info
from plegma.evidence.parse.docker_ps import docker_ps
from plegma.evidence.parse.flags import flags
from plegma.evidence.parse.journal_records import journal_records
from plegma.evidence.parse.json_records import json_records
from plegma.evidence.parse.kubectl_events import kubectl_events
from plegma.evidence.parse.kubectl_pods import kubectl_pods
from plegma.evidence.parse.kubectl_tables import kubectl_tables
from plegma.evidence.parse.line_kinds import is_elision, is_fence, is_markdown, is_personal, is_sentence
from plegma.evidence.parse.listings import listings
from plegma.evidence.parse.logs import logs
from plegma.evidence.parse.metrics import metrics
from plegma.evidence.parse.node_outputs import node_outputs
from plegma.evidence.parse.node_tables import node_tables
from plegma.evidence.parse.object_blocks import extent, objects
from plegma.evidence.parse.reservations import reservations
from plegma.evidence.parse.resolvers import resolvers
from plegma.evidence.parse.units import units

FORMATS: tuple[Format, ...] = (
    reservations, kubectl_pods, docker_ps, container_tables, kubectl_events, node_tables, kubectl_tables, units, docker_info,
    descriptions, journal_records,
    logs, objects, json_records, json_configs, configs, flags, resolvers, metrics, listings, node_outputs, command_answer,
    command_output,
)  # fmt: skip
"""Tried in this order at every line that no block has taken."""
_OF_EXTENT: tuple[Format, ...] = (objects, json_records, json_configs)
"""Formats that read ahead to an end: where they failed once, they are not tried again before that end."""


class Taken(Struct, frozen=True):
    """Lines that a format took."""

    start: int
    block: Block
    command: Command

    @property
    def end(self) -> int:
        """The index after the last line."""
        return self.block.end


class Prompt(Struct, frozen=True):
    """A line with a command that someone typed."""

    start: int
    command: Command


class Free(Struct, frozen=True):
    """A line that no format took; `after_gap`: a blank line stands above it; `fenced`: inside a Markdown fence."""

    start: int
    command: Command
    after_gap: bool
    fenced: bool


class Between(Struct, frozen=True):
    """A blank line, a fence or an elision; elisions are marked."""

    start: int
    elision: bool = False


Segment = Taken | Prompt | Free | Between


def segments(document: Document) -> Iterator[Segment]:
    """All lines of a document, each in exactly one segment, in order."""
    return _Walk(document).run()


class _Walk:
    """Where the pass is: the line, the command whose output it may be in, whether a fence is open."""

    def __init__(self, document: Document) -> None:
        self.document, self.at = document, 0
        self.context = Context(document.artifact)
        self.fenced, self.gap = False, False
        self.no_objects_before = 0

    def run(self) -> Iterator[Segment]:
        while self.at < len(self.document.lines):
            yield self._next(self.document.lines[self.at])

    def _next(self, line: str) -> Segment:
        at = self.at
        if not line or is_elision(line):
            self.at += 1
            self.gap = self.gap or not line
            return Between(at, elision=bool(line))
        if is_fence(line):
            return self._fence(at)
        if (command := prompt_command(line)) is not None:
            return self._prompt(at, command)
        if (block := self._block()) is not None:
            self.at, self.gap = block.end, False
            self.context = replace(self.context, silent=False)
            return Taken(at, block, self.context.command)
        return self._free(at, line)

    def _prompt(self, at: int, command: Command) -> Segment:
        self.at, self.gap = at + 1, False
        self.context = replace(self.context, command=command, before=self.context.command, silent=True)
        block = broken_off(self.document, at, command)
        return Prompt(at, command) if block is None else Taken(at, block, command)

    def _fence(self, at: int) -> Segment:
        self.at += 1
        self.fenced, self.gap = not self.fenced, False
        self.context = replace(self.context, command=NO_COMMAND)
        return Between(at)

    def _free(self, at: int, line: str) -> Segment:
        gap, self.gap = self.gap, False
        fenced = self.fenced or at in self.document.code
        if not fenced and (is_markdown(line) or is_personal(line) or (gap and is_sentence(line))):
            self.context = replace(self.context, command=NO_COMMAND)
        self.at += 1
        self.context = replace(self.context, silent=False)
        return Free(at, self.context.command, gap, fenced)

    def _block(self) -> Block | None:
        inside = self.at < self.no_objects_before
        for read in FORMATS:
            if inside and read in _OF_EXTENT:
                continue
            block = read(self.document, self.at, self.context)
            if block is not None and block.end > self.at:
                return block
        if not inside:
            self.no_objects_before = extent(self.document, self.at)
        return None
