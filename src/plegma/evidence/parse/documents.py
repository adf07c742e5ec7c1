"""A whole text to its parts: one pass over the lines, each format taking what it knows, the rest free text or prose."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from plegma.evidence.parse.blocks import Block, Context, Document, Format, document_of, is_elision, is_fence
from plegma.evidence.parse.commands import NO_COMMAND, prompt_command
from plegma.evidence.parse.descriptions import descriptions
from plegma.evidence.parse.docker_ps import docker_ps
from plegma.evidence.parse.kubectl_events import kubectl_events
from plegma.evidence.parse.kubectl_pods import kubectl_pods
from plegma.evidence.parse.logs import logs
from plegma.evidence.parse.parsed import MAX_MISSED, NO_HINTS, Parsed, first_said

FORMATS: tuple[Format, ...] = (kubectl_pods, docker_ps, kubectl_events, descriptions, logs)
"""Tried in this order at every line that no block has taken."""


def parse_text(artifact: str, data: bytes) -> tuple[Parsed, ...]:
    """The parts of a text in order; together they hold every line. Never raises."""
    document = document_of(artifact, data)
    return tuple(_parts(document))


@dataclass
class _Open:
    """A part while it is built."""

    kind: str
    first: int
    command: str = ""
    understood: int = 0
    missed: list[int] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def _parts(document: Document) -> Iterator[Parsed]:
    context, at, part = Context(document.artifact), 0, _Open("", 0)
    while at < len(document.lines):
        line = document.lines[at]
        if (command := prompt_command(line)) is not None:
            yield from _closed(document, part, at)
            context, part = replace(context, command=command), _Open("", at, command.text, understood=1)
            at += 1
        elif (block := _block(document, at, context)) is not None:
            if part.kind not in ("", block.kind) or (part.kind and part.kind != "log"):
                yield from _closed(document, part, at)
                part = _Open("", at, context.command.text)
            part.kind = block.kind
            part.blocks.append(block)
            part.understood += _filled(document, at, block.end) - len(block.missed)
            part.missed += block.missed
            at = block.end
        elif not line or is_elision(line) or is_fence(line):
            at += 1
        else:
            if part.kind not in ("", "prose") or part.understood:
                yield from _closed(document, part, at)
                part = _Open("prose", at)
            part.kind, context = "prose", replace(context, command=NO_COMMAND)
            at += 1
    yield from _closed(document, part, at)


def _block(document: Document, at: int, context: Context) -> Block | None:
    if not document.lines[at]:
        return None
    return next((block for read in FORMATS if (block := read(document, at, context)) is not None), None)


def _filled(document: Document, start: int, end: int) -> int:
    return sum(1 for line in document.lines[start:end] if line)


def _closed(document: Document, part: _Open, end: int) -> Iterator[Parsed]:
    if end == part.first:
        return
    hints = NO_HINTS
    for block in part.blocks:
        hints = first_said(hints, block.hints)
    lines = end - part.first
    yield Parsed(
        artifact=document.artifact,
        kind=part.kind or "text",
        first_line=part.first + 1,
        lines=lines,
        blank=lines - part.understood - len(part.missed),
        understood=part.understood,
        components=tuple(sorted({name for block in part.blocks for name in block.components})),
        missed=tuple(index + 1 for index in part.missed[:MAX_MISSED]),
        observations=tuple(seen for block in part.blocks for seen in block.observations),
        hints=hints,
        command=part.command,
        evidence=tuple(sorted({name for block in part.blocks for name in block.evidence})),
    )
