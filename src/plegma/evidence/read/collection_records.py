"""The record that comes with everything that was collected: what, when, from where, and what failed.

It is written as `plegma-collection.json` beside the evidence, and read back from there, so that evidence that was
collected yesterday has the gaps that it had then.
"""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from plegma.knowledge.evidence_kinds import EVIDENCE_KINDS
from plegma.model.diagnosis import Gap
from plegma.model.texts import Text

SCHEMA = "plegma.dev/collection/v1"
_MOST = 1000
_READING = re.compile(r"kubectl (?:get|auth can-i|auth whoami|config view)(?: |$)|journalctl ")
_QUOTED = re.compile(r"'[^'\n]*'")
_SHELL = re.compile(r"[;&|<>`$(){}\\'\"\n]")
"""What makes a shell do more than run one program with words."""


class File(Struct, frozen=True):
    """One thing that was collected, and the command that gets the same."""

    name: str
    command: str
    size: int


class Record(Struct, frozen=True):
    """`taken` is RFC 3339 in UTC; `source` says from where; `counts` are of things (pods, nodes, requests, ...)."""

    taken: str
    source: Mapping[str, str]
    question: str
    files: tuple[File, ...] = ()
    gaps: tuple[Gap, ...] = ()
    notices: tuple[Text, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    redacted: tuple[str, ...] = ()


def written(record: Record) -> bytes:
    """The record as indented JSON."""
    import msgspec

    from plegma import __version__

    value = {"schema": SCHEMA, "plegma": __version__, **msgspec.to_builtins(record)}
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def gaps_and_notices(data: bytes) -> tuple[tuple[Gap, ...], tuple[Text, ...]]:
    """What a record says was missing; nothing when it is none of ours."""
    import msgspec

    try:
        value = msgspec.json.decode(data)
        if value["schema"] != SCHEMA:
            return (), ()
        return tuple(map(_gap, value["gaps"][:_MOST])), tuple(map(_text, value["notices"][:_MOST]))
    except (msgspec.DecodeError, RecursionError, LookupError, TypeError):
        return (), ()


def _gap(value: Mapping[str, Any]) -> Gap:
    kind = EVIDENCE_KINDS.get(str(value["evidence"]))
    told, usual = str(value["command"]), kind.command if kind else "kubectl cluster-info"
    return Gap(str(value["evidence"]), _text(value["text"]), told if told == usual or _only_reads(told) else usual)


def _only_reads(command: str) -> bool:
    """Is it a command that `live.refusals` writes? A record comes with evidence, which anybody may have written."""
    return _READING.match(command) is not None and _SHELL.search(_QUOTED.sub("", command)) is None


def _text(value: Mapping[str, Any]) -> Text:
    return Text(str(value["en"]), str(value["ja"]))
