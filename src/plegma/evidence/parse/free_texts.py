"""Lines that no format takes: are they output that a program wrote, or a person's prose?

Prose is not evidence: a sentence that quotes an error must never become an observation.
"""

import re
from collections.abc import Mapping

from plegma.evidence.parse.blocks import Context, Document, has_cjk, indent_of
from plegma.evidence.parse.joins import at_edge, join_wrapped, whole_text
from plegma.evidence.parse.log_owners import default_component, default_refs
from plegma.evidence.parse.references import refs_in
from plegma.model.observations import Event

_MARKDOWN = re.compile(
    r"\s*(?:#{1,6}\s+\w|[-*•◦▪]\s+[A-Za-z*_`\[]|\d{1,2}[.)]\s+[A-Z]|\*\*|\|\s|<!--|</?(?:details|summary|br|pre|code|p)\b|!\["
    r"|={4,}$|-{4,}$)"
)
_PERSONAL = re.compile(
    r"(?:^|\W)(?:I|I'm|I've|We|we|my|My|our|Our|you|You|your|please|Please|thanks|Thanks|Hello|Hi)(?=[\s,!])|\?$"
    r"|\bhttps?://(?:github|stackoverflow)\.com/"
)
_TOOL_SAYS = re.compile(
    r"\s*(?:Error from server|The connection to the server|Unable to connect to the server|No resources found|Defaulted container"
    r"|Error response from daemon|Cannot connect to the Docker daemon)"
)
"""How kubectl, docker and crictl begin what they say to the person who typed the command."""
_TELLING = re.compile(r"\b(?:the|this|that|these|it|so|then|because|after|seems?|looks?|here|there)\b", re.IGNORECASE)
_LABELLED = re.compile(r"[A-Z][\w ]{2,24}: ")
_PLAIN_WORD = re.compile(r"[\"'(]?[A-Za-z][a-z'-]*[\"')]?[,;:.!?]?$")
_ERRORISH = re.compile(
    r"\b(?:[Ee]rror|ERROR|[Ff]ail(?:ed|ure)|FATAL|[Ff]atal|panic|[Ee]xception|Traceback|[Tt]imed? ?out|refused|denied|[Uu]nable to"
    r"|[Cc]annot|[Cc]an't|couldn't|not found|no such|No such|[Ii]nvalid|unauthorized|forbidden|exceeded|killed|OOM|unhealthy|not healthy"
    r"|segfault|BUG|stuck|stalls?)\b|rpc error|^\S+: \S|^\[[a-z-]+\] "
)
_OPEN_END = re.compile(r"(?:[,:;(=\[{]|\b(?:on|for|to|of|at|in|the|a|and|with|from|by|is))$")
_HANGING = re.compile(r"[^\w\[#$*]")
_PREFIXED = re.compile(r"\s*[\w./-]+(?: [\w./-]+)?: \S")
_MOST_JOINED = 30


def is_markdown(line: str) -> bool:
    """Is the line a heading, a list item, a rule or a tag?"""
    return _MARKDOWN.match(line) is not None


def is_personal(line: str) -> bool:
    """Does a person speak: CJK letters, first or second person, a question, a link to a thread?"""
    return has_cjk(line) or (_PERSONAL.search(line) is not None and not says_tool(line))


def says_tool(line: str) -> bool:
    """Is the line what a command-line tool says about its own failure?"""
    return _TOOL_SAYS.match(line) is not None


def is_sentence(line: str) -> bool:
    """Does the line read like a sentence: nearly all plain words, and either a full stop or many of them?"""
    words = line.split()
    plain = sum(1 for word in words if _PLAIN_WORD.match(word))
    if len(words) < 4 or plain < 0.8 * len(words):
        return False
    return words[0][:1].isupper() and (words[-1][-1] in ".!?:" or len(words) >= 8)


def is_narrative(line: str) -> bool:
    """Does a person tell something: also where the line stands right below an output and might be the rest of it?"""
    if is_personal(line) or (is_markdown(line) and not line[:1].isspace()):
        return True
    return is_sentence(line) and line.rstrip()[-1] in ".!?:" and _TELLING.search(line) is not None and not _LABELLED.match(line)


def is_errorish(line: str) -> bool:
    """Does the line look like something a program says when it fails?"""
    return _ERRORISH.search(line) is not None


def hangs_on(document: Document, index: int) -> bool:
    """Is the line the rest of the one before, cut by a terminal or broken by the writer?"""
    line, before = document.lines[index], document.lines[index - 1]
    if indent_of(line) > indent_of(before) or _HANGING.match(line.strip()):
        return True
    if says_tool(before) or _PREFIXED.match(line):
        return False
    return _OPEN_END.search(before) is not None or (at_edge(document, index - 1) and not line.strip()[0].isupper())


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
