"""Whether a command answered: it was broken off, it took its time, it ended with a code."""

import re

from plegma.evidence.parse.blocks import Block, Context, Document, Value
from plegma.evidence.parse.commands import Command
from plegma.evidence.parse.words import words_of

_INTERRUPT = re.compile(r"\s*\^C\s*$")
_REAL = re.compile(r"\s*real\s+(?:(?P<minutes>\d+)m)?(?P<seconds>\d+(?:[.,]\d+)?)s?$")
_CODE = re.compile(r"\s*(?P<code>\d{1,3})$")
_ENDLESS = words_of("tail watch top ping tcpdump less more vi vim strace dbus-monitor iostat vmstat sar mpstat")
_FOLLOWS = frozenset(("-f", "--follow", "-w", "--watch", "-F", "-fu", "port-forward", "proxy", "attach", "exec", "events", "stats"))
_TOLD = re.compile(r"plegma: (?P<argv>\w[^:]*): no answer within (?P<seconds>\d+(?:\.\d+)?) s \(")
"""What plegma writes when it made a call itself, with the command that asks the same, and got no answer in time."""
_CODE_AFTER = re.compile(r"(?P<argv>[^|;&]+);\s*echo \$\?$")
"""A command whose code the same line has printed; behind a pipe or a list it would be the last program's."""
_LIMITED = re.compile(r"^(?P<sudo>sudo )?timeout (?:-[ks] \S+ |-\S+ )*\d+(?:\.\d+)?[smh]? (?=\S)")
"""The command that timeout(1) ran is what did or did not answer."""
_TIMED_OUT = 124
"""The code of coreutils' timeout(1) for a command that it had to end."""


def broken_off(document: Document, index: int, command: Command) -> Block | None:
    """A command line that was ended by Ctrl-C on the line itself."""
    if not command.text.endswith("^C") or _goes_on_for_ever(command):
        return None
    return _command(document, index, command.text, answered=False)


def command_answer(document: Document, index: int, context: Context) -> Block | None:
    """What the shell says of the command above: `^C` before any output, the time that it took, the code of the one before."""
    line, command = document.lines[index], context.command
    if match := _TOLD.match(line):
        told = {"argv": match["argv"], "answered": False, "seconds": float(match["seconds"])}
        return Block("command", index + 1, (document.state(index, "Command", told, {}),))
    if not command.text:
        return None
    if context.silent and _INTERRUPT.match(line) and not _goes_on_for_ever(command):
        return _command(document, index, command.text, answered=False)
    if (match := _REAL.match(line)) and command.text.startswith("time "):
        seconds = 60 * int(match["minutes"] or 0) + float(match["seconds"].replace(",", "."))
        return _command(document, index, command.text, answered=True, seconds=seconds)
    if command.text == "echo $?" and (match := _CODE.match(line)) and context.before.text:
        code = int(match["code"])
        return _command(document, index, context.before.text, answered=code != _TIMED_OUT, exit_code=code)
    if (match := _CODE.match(line)) and (run := _CODE_AFTER.match(command.text)):
        code = int(match["code"])
        return _command(document, index, run["argv"], answered=code != _TIMED_OUT, exit_code=code)
    return None


def _command(document: Document, index: int, text: str, **answer: Value) -> Block:
    argv = _LIMITED.sub(r"\g<sudo>", text.removesuffix("^C").removeprefix("time ").strip())
    return Block("command", index + 1, (document.state(index, "Command", {"argv": argv, **answer}, {}),))


def _goes_on_for_ever(command: Command) -> bool:
    """Is it a command that one ends by Ctrl-C anyway?"""
    return command.program in _ENDLESS or not _FOLLOWS.isdisjoint(command.argv)
