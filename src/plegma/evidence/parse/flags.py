"""Flags of the kubelet and the runtimes, wherever a command line of theirs stands: one Config for each."""

import re
from collections.abc import Iterator

from plegma.evidence.parse.blocks import Block, Context, Document
from plegma.model.observations import State

_FLAG = re.compile(r"(?:(?<=[\s\"'=])|^)--(?P<key>[a-z][\w-]+)(?:=| +(?!-))(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"']+)")
_SETTING = re.compile(
    r"\s*(?:Environment=|export )?[\"']?(?P<name>[A-Z][A-Z0-9_]*(?:ARGS|OPTS|OPTIONS|FLAGS))=.*--[a-z]|\s*ExecStart=.*--[a-z]"
)


def flags(document: Document, index: int, _context: Context) -> Block | None:
    """Lines of an environment file or a unit's drop-in that set a program's flags (kubeadm-flags.env, 10-kubeadm.conf)."""
    end, states = index, list[State]()
    while end < len(document.lines) and _SETTING.match(document.lines[end]):
        states += flag_states(document, end, document.lines[end])
        end += 1
    return Block("config-flags", end, tuple(states), evidence=("kubelet-config",)) if end > index else None


def flag_states(document: Document, index: int, text: str) -> Iterator[State]:
    """The flags in a command line."""
    for match in _FLAG.finditer(text):
        attrs = {"file": "flags", "key": match["key"], "value": match["value"].strip("\"'")}
        yield document.state(index, "Config", attrs, {})
