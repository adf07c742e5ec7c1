"""A whole text to its parts: the blocks of one command or format together, free text apart from prose."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from plegma.evidence.parse.blocks import Block, Context, Document, document_of
from plegma.evidence.parse.commands import NO_COMMAND, Command
from plegma.evidence.parse.free_texts import goes_on, text_events
from plegma.evidence.parse.line_kinds import is_errorish, is_fence, is_markdown, is_narrative, is_personal, is_sentence, says_tool
from plegma.evidence.parse.log_owners import default_component
from plegma.evidence.parse.openings import opens_message
from plegma.evidence.parse.parsed import MAX_MISSED, NO_HINTS, Parsed, first_said
from plegma.evidence.parse.segments import Between, Free, Prompt, Segment, Taken, segments

_RUNNING = frozenset(("log", "text"))
"""Kinds of which several blocks in a row are one part."""
_CHAIN = re.compile(r"\w: \S.*[\"/\d=].*\w: \S")
"""Causes chained by colons around a name, a path or a number, as programs of Go write them; plain words else make a sentence."""


def parse_text(artifact: str, data: bytes) -> tuple[Parsed, ...]:
    """The parts of a text in order; together they hold every line once. Never raises."""
    document = document_of(artifact, data)
    found = list(segments(document))
    return tuple(_parts(document, _with_texts(document, found)))


def _with_texts(document: Document, found: Sequence[Segment]) -> Iterator[Segment]:
    """The segments, with free lines that are evidence put together to blocks of kind "text"."""
    facts = _Facts(document, found)
    paragraph: list[Free] = []
    for segment in found:
        if isinstance(segment, Free) and _joins(paragraph, segment):
            paragraph.append(segment)
            continue
        yield from _paragraph(document, facts, paragraph)
        paragraph = [segment] if isinstance(segment, Free) else []
        if not paragraph:
            yield segment
    yield from _paragraph(document, facts, paragraph)


def _joins(paragraph: Sequence[Free], segment: Free) -> bool:
    last = paragraph[-1] if paragraph else None
    return last is None or (last.start + 1 == segment.start and last.command == segment.command and last.fenced == segment.fenced)


def _paragraph(document: Document, facts: "_Facts", paragraph: Sequence[Free]) -> Iterator[Segment]:
    """The lines of a paragraph: one that is evidence makes the others so, unless a person tells something among them."""
    verdicts = [facts.is_evidence(segment) for segment in paragraph]
    if any(verdicts) and not any(_is_told(document, segment.start) for segment in paragraph):
        verdicts = [True] * len(verdicts)
    run: list[Free] = []
    for segment, evidence in zip(paragraph, verdicts, strict=True):
        if evidence:
            run.append(segment)
        else:
            yield from _text(document, run)
            run = []
            yield segment
    yield from _text(document, run)


def _is_told(document: Document, index: int) -> bool:
    return is_narrative(document.lines[index]) and not goes_on(document, index)


def _text(document: Document, run: Sequence[Free]) -> Iterator[Segment]:
    if run:
        first, end = run[0], run[-1].start + 1
        context = Context(document.artifact, first.command)
        events = tuple(text_events(document, first.start, end, context))
        components = tuple(sorted({event.component for event in events if event.component}))
        yield Taken(first.start, Block("text", end, events, components=components), first.command)


class _Facts:
    """What must be known of the whole document before a free line can be judged."""

    def __init__(self, document: Document, found: Sequence[Segment]) -> None:
        self.document = document
        self.prompts = any(isinstance(segment, Prompt) for segment in found)
        self.structured = self.prompts or any(isinstance(segment, Taken) or is_fence(document.lines[segment.start]) for segment in found)
        self.named = default_component(Context(document.artifact)) != ""
        self.touching = {segment.end for segment in found if isinstance(segment, Taken)} | {
            segment.start - 1 for segment in found if isinstance(segment, Taken) and segment.block.kind == "log"
        }

    def is_evidence(self, segment: Free) -> bool:
        """Was the line written by a program?"""
        line = self.document.lines[segment.start]
        if segment.fenced or says_tool(line) or opens_message(line) or goes_on(self.document, segment.start):
            return True
        if is_markdown(line) or is_personal(line):
            return self.named and not self.prompts
        if segment.command.text:
            log = self._shows_log(segment)
            return (log or is_errorish(line)) and not is_sentence(line) if segment.after_gap else log or not is_narrative(line)
        if self.named or not self.structured:
            return True
        said = is_errorish(line) and (not is_sentence(line) or _CHAIN.search(line) is not None)
        return said and (not self.prompts or segment.start in self.touching)

    def _shows_log(self, segment: Free) -> bool:
        return default_component(Context(self.document.artifact, segment.command)) != ""


class _Open(Struct):
    """A part while it is built."""

    kind: str
    first: int
    command: Command = NO_COMMAND
    understood: int = 0
    blocks: list[Block] = field(default_factory=list)


def _parts(document: Document, found: Iterator[Segment]) -> Iterator[Parsed]:
    part = _Open("", 0)
    end = 0
    for segment in found:
        if _is_new(part, segment):
            yield from _closed(document, part, segment.start)
            part = _Open("", segment.start, _command(segment))
        if isinstance(segment, Taken) and segment.block.parts:
            yield from segment.block.parts
            yield from _filler(document, segment)
            part = _Open("", segment.end)
        else:
            _add(document, part, segment)
        end = segment.end if isinstance(segment, Taken) else segment.start + 1
    yield from _closed(document, part, end)


def _filler(document: Document, segment: Taken) -> Iterator[Parsed]:
    """Lines of objects that no object holds, such as the marks between YAML documents."""
    at = segment.start
    for part in segment.block.parts:
        yield from _empty(document, at, part.first_line - 1)
        at = part.first_line - 1 + part.lines
    yield from _empty(document, at, segment.end)


def _empty(document: Document, start: int, end: int) -> Iterator[Parsed]:
    if end > start:
        filled = sum(1 for line in document.lines[start:end] if line)
        yield Parsed(document.artifact, "text", start + 1, end - start, (), blank=end - start - filled, understood=filled)


def _is_new(part: _Open, segment: Segment) -> bool:
    match segment:
        case Prompt():
            return True
        case Taken(block=block):
            return bool(block.parts) or (part.kind != "" and (part.kind != block.kind or block.kind not in _RUNNING))
        case Free():
            return part.kind not in ("", "prose") or (part.kind == "" and part.understood > 0)
        case Between():
            return False


def _command(segment: Segment) -> Command:
    return segment.command if isinstance(segment, Prompt | Taken) else NO_COMMAND


def _add(document: Document, part: _Open, segment: Segment) -> None:
    match segment:
        case Prompt():
            part.understood += 1
        case Taken(start=start, block=block):
            part.kind = block.kind
            part.blocks.append(block)
            part.understood += sum(1 for line in document.lines[start : block.end] if line) - len(block.missed)
        case Free():
            part.kind = "prose"
        case Between(elision=elision):
            part.understood += elision and part.kind != "prose" and part.understood > 0


def _closed(document: Document, part: _Open, end: int) -> Iterator[Parsed]:
    if end <= part.first:
        return
    hints, missed = NO_HINTS, [index + 1 for block in part.blocks for index in block.missed]
    for block in part.blocks:
        hints = first_said(hints, block.hints)
    lines = end - part.first
    yield Parsed(
        artifact=document.artifact,
        kind=part.kind or "text",
        first_line=part.first + 1,
        lines=lines,
        blank=lines - part.understood - len(missed),
        understood=part.understood,
        components=tuple(sorted({name for block in part.blocks for name in block.components})),
        missed=tuple(missed[:MAX_MISSED]),
        observations=tuple(seen for block in part.blocks for seen in block.observations),
        hints=hints,
        command=part.command.text,
        context={"node": part.command.node} if part.command.node and part.blocks else {},
        evidence=tuple(sorted({name for block in part.blocks for name in block.evidence})),
    )
