"""Lines that no format takes: are they output that a program wrote, or a person's prose?

Prose is not evidence: a sentence that quotes an error must never become an observation.
"""

import re
from collections.abc import Mapping

from plegma.evidence.parse.blocks import Context, Document, indent_of
from plegma.evidence.parse.joins import at_edge, join_wrapped, shares_width, whole_text
from plegma.evidence.parse.line_kinds import is_prefixed, says_tool
from plegma.evidence.parse.log_owners import default_component, default_refs
from plegma.evidence.parse.openings import opens_message
from plegma.evidence.parse.references import refs_in
from plegma.model.observations import Event

_OPEN_END = re.compile(r"(?:[,:;(=\[{]|\b(?:on|for|to|of|at|in|the|a|and|with|from|by|is))$")
_HANGING = re.compile(r"[^\w\[#$*]")
_MOST_JOINED = 30


def goes_on(document: Document, index: int) -> bool:
    """Does the line go on with a known message that the writer broke behind a comma?"""
    before = document.lines[index - 1].rstrip() if index else ""
    return before.endswith(",") and document.lines[index][:1].islower() and opens_message(before)


def hangs_on(document: Document, index: int) -> bool:
    """Is the line the rest of the one before, cut by a terminal or broken by the writer?"""
    line, before = document.lines[index], document.lines[index - 1]
    if goes_on(document, index):
        return True
    if indent_of(line) > indent_of(before) or _HANGING.match(line.strip()):
        return True
    if (says_tool(before) or is_prefixed(line)) and not shares_width(document, index - 1):
        return False
    if _OPEN_END.search(before):
        return True
    table = "  " in line.strip() or "  " in before.strip()
    return at_edge(document, index - 1) and not table and not line.strip()[0].isupper()


def text_events(document: Document, start: int, end: int, context: Context) -> list[Event]:
    """The Events of a run of free lines: one for each line with the lines that hang on it."""
    component, refs = text_component(context), default_refs(context)
    events: list[Event] = []
    at = start
    while at < end:
        until = at + 1
        while until < min(end, at + _MOST_JOINED) and hangs_on(document, until):
            until += 1
        events.append(_text_event(document, at, until, component, refs))
        at = until
    return events


def _text_event(document: Document, at: int, until: int, component: str, known: Mapping[str, str]) -> Event:
    message = join_wrapped(document, at, [document.lines[at].strip(), *document.lines[at + 1 : until]])
    speaker = "shell" if says_tool(message) else component
    return Event(speaker, message, document.origin(at), whole_text(document, at, until), refs=refs_in(message, known))


def text_component(context: Context) -> str:
    """Who writes bare lines: the program whose log a command shows, "shell" for other commands, else by the artifact's name."""
    return default_component(context) or ("shell" if context.command.text else "")
