"""Short answers that only their command explains: a count, a kernel setting, a version."""

import re

from plegma.evidence.parse.blocks import Block, Context, Document, ends_output
from plegma.evidence.parse.commands import Command
from plegma.evidence.parse.listings import folder_evidence
from plegma.evidence.parse.node_outputs import number
from plegma.model.observations import State

_MOST_FILES = 400
_NO_UNIT = re.compile(r"\s*Unit (?P<name>\S+) could not be found\.?$")
_ACTIVE = re.compile(r"\s*(active|inactive|failed|activating|deactivating|unknown)$")
_NUMBER = re.compile(r"\s*\d+$")
_PROC_SYS = re.compile(r"/proc/sys/(\S+)")
_VERSION = re.compile(r"\s*(?P<side>Client|Server)(?: Version)?: .*?(?P<version>v\d+\.\d+\.\d+[\w.+-]*)")
_RELEASE = re.compile(r"\s*(?:CentOS|Red Hat|Rocky|AlmaLinux|Ubuntu|Debian|Oracle|SUSE|openSUSE|Fedora|Amazon|Bottlerocket|Flatcar)\b.*\d")


def command_output(document: Document, index: int, context: Context) -> Block | None:
    """The answer to `cat /proc/sys/...`, `... | wc -l`, `uname -r`, `kubectl version` or `cat /etc/*release`."""
    command, line = context.command, document.lines[index]
    if ends_output(line):
        return None
    if match := _NO_UNIT.match(line):
        return _one(document, index, "systemctl-status", "Unit", {"name": match["name"], "load": "not-found", "active": "inactive"})
    if match := _VERSION.match(line):
        return _one(
            document, index, "kubectl-version", "Config", {"file": "version", "key": match["side"].lower(), "value": match["version"]}
        )
    if not command.argv:
        return None
    if command.program == "systemctl" and command.words[:1] == ("is-active",) and (state := _ACTIVE.match(line)):
        return _one(document, index, "systemctl-status", "Unit", {"name": _unit(command), "active": state[1]})
    if command.program in ("ls", "ll") and (folder := _folder(command)):
        return _names(document, index, folder)
    if keys := _PROC_SYS.findall(command.text):
        return _settings(document, index, keys)
    if _NUMBER.match(line) and _counts(command):
        return _one(
            document, index, "count", "Counter", {"name": command.text.rpartition("|")[0].strip() or command.text, "value": number(line)}
        )
    if command.program == "sysctl" and (words := command.words) and line.strip():
        return _one(document, index, "sysctl", "Sysctl", {"key": words[0], "value": number(line)})
    if command.program == "uname" and re.fullmatch(r"\s*\d+\.\d+\S*", line):
        return _one(document, index, "uname", "Node", {"kernel": line.strip()})
    if "release" in command.text and _RELEASE.match(line):
        return _one(document, index, "os-release", "Node", {"os": line.strip()})
    return None


def _unit(command: Command) -> str:
    name = command.words[1] if len(command.words) > 1 else ""
    return name if "." in name or not name else f"{name}.service"


def _folder(command: Command) -> str:
    words = [word for word in command.words if word.startswith("/")]
    return words[0].rstrip("/") if len(words) == 1 and "*" not in words[0] else ""


def _names(document: Document, index: int, folder: str) -> Block | None:
    """The names that a short `ls` of one directory prints."""
    end = index
    while end < len(document.lines) and (line := document.lines[end]) and not ends_output(line) and not line.startswith("ls:"):
        end += 1
    names = [(at, name) for at in range(index, end) for name in document.lines[at].split()]
    if not names or any(":" in name for _, name in names):
        return None
    whole = document.state(index, "File", {"path": folder, "entries": len(names)}, {})
    files = (document.state(at, "File", {"path": f"{folder}/{name}"}, {}) for at, name in names[:_MOST_FILES])
    return Block("ls", end, (whole, *files), evidence=folder_evidence(folder))


def _counts(command: Command) -> bool:
    last = command.pipes[-1] if command.pipes else command.argv
    return last[:1] == ("wc",) or (last[:1] in (("grep",), ("egrep",)) and any(word.startswith("-") and "c" in word for word in last[1:]))


def _settings(document: Document, index: int, keys: list[str]) -> Block | None:
    states: list[State] = []
    for at, key in enumerate(keys, index):
        if at >= len(document.lines) or not document.lines[at] or ":" in document.lines[at]:
            break
        states.append(document.state(at, "Sysctl", {"key": key.rstrip(";").replace("/", "."), "value": number(document.lines[at])}, {}))
    return Block("sysctl", index + len(states), tuple(states)) if states else None


def _one(document: Document, index: int, slug: str, kind: str, attrs: dict[str, str | int | float | bool]) -> Block:
    return Block(slug, index + 1, (document.state(index, kind, attrs, {}),))
