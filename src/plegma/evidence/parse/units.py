"""`systemctl status`: the unit's state; the log tail below it is a log like any other."""

import re
from datetime import timedelta

from msgspec.structs import replace

from plegma.evidence.parse.blocks import Block, Context, Document, Value
from plegma.evidence.parse.line_kinds import is_elision
from plegma.evidence.parse.parsed import NO_HINTS, ClockHints
from plegma.evidence.parse.stamps import absolute, ago
from plegma.model.observations import Event, Observation

_HEAD = re.compile(r"\s*(?:[●○×*↻]|â—)?\s*(?P<name>[\w@\\:.-]+\.(?:service|socket|mount|scope|timer|slice|target|automount))(?: - .*)?$")
_LOADED = re.compile(r"\s*Loaded: (?P<load>[\w-]+)")
_ACTIVE = re.compile(
    r"\s*Active: (?P<active>[\w-]+)(?: \((?P<sub>[^)]*)\))?(?: \(Result: (?P<result>[\w-]+)\))?"
    r"(?: since (?P<since>[^;]+)(?:; (?P<ago>.*?) ago)?)?"
)
_KEY = re.compile(
    r"\s*(?:Loaded|Drop-In|Active|Docs|Process|Main PID|Control PID|Cntrl PID|Tasks|TasksMax|Memory|CPU|CGroup|Status|Invocation|Condition"
    r"|Triggered ?By|Triggers|IO|IP|Error|Where|What|Listen|Accepted|Trigger|Until|Duration|FD Store|Follow|start condition failed)[:; ]"
)
_TREE = re.compile(r"\s*[├└│|`]|\s+\d+ /|\s{8,}\S|\s*(?:/etc|/lib|/usr|/run)/systemd/")
_FAILED = re.compile(r"\bcode=(?!exited, status=0/SUCCESS)(?:exited|killed|dumped)|status=[1-9]")


def units(document: Document, index: int, context: Context) -> Block | None:
    """A unit's status that starts here, with its name or, when that was cut off, with "Loaded:"."""
    start = _first_key(document, index)
    if start < 0:
        return None
    end = start
    while end < len(document.lines) and (line := document.lines[end]) and (_KEY.match(line) or _TREE.match(line) or is_elision(line)):
        end += 1
    name = _name(document.lines[index], context)
    found, hints = _read(document, index, start, end, name)
    return Block("systemctl-status", end, tuple(found), hints=hints)


def _first_key(document: Document, index: int) -> int:
    line = document.lines[index]
    if _LOADED.match(line):
        return index
    following = document.lines[index + 1] if index + 1 < len(document.lines) else ""
    return index + 1 if _HEAD.match(line) and (_LOADED.match(following) or _ACTIVE.match(following)) else -1


def _name(line: str, context: Context) -> str:
    if match := _HEAD.match(line):
        return match["name"]
    words = [word for word in context.command.words if word != "status"] if context.command.program == "systemctl" else []
    return (words[0] if "." in words[0] else f"{words[0]}.service") if words else ""


def _read(document: Document, index: int, start: int, end: int, name: str) -> tuple[list[Observation], ClockHints]:
    attrs: dict[str, Value] = {"name": name} if name else {}
    shown, events, hints = index, list[Event](), NO_HINTS
    for at in range(start, end):
        line = document.lines[at]
        if match := _LOADED.match(line):
            attrs["load"] = match["load"]
        elif match := _ACTIVE.match(line):
            attrs |= {key: match[key] for key in ("active", "sub", "result") if match[key]}
            shown, hints = at, _taken(match["since"] or "", match["ago"] or "")
        elif _FAILED.search(line):
            events.append(Event("systemd", f"{name}: {line.strip()}", document.origin(at), document.shown[at]))
    return [document.state(shown, "Unit", attrs, {}), *events], hints


def _taken(since: str, elapsed: str) -> ClockHints:
    """The moment of the output: when the state began, and how long ago that was."""
    began, old = absolute(since), ago(elapsed.replace("min", "m").replace(" ", "")) if elapsed else None
    if began is None or began.wall is None or old is None or old.age is None:
        return NO_HINTS
    return ClockHints(zone=began.offset, taken=replace(began, wall=began.wall + timedelta(seconds=old.age), grain=old.grain))
