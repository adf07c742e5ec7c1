"""What a failure mode must hold to beyond its types: patterns, rows, commands, numbers."""

import re
import warnings
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from plegma.knowledge.evidence_kinds import EVIDENCE_KINDS
from plegma.knowledge.failure_mode import Ask, Example, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest
from plegma.knowledge.own_records import KeyFault, Rule
from plegma.model.observations import ATTRS, REF_KEYS

COMPONENTS = (
    "any", "app", "cni", "runtime", "kubelet", "kernel", "systemd", "etcd", "apiserver", "controller", "network", "shell",
)  # fmt: skip
"""Who writes a line, as `Signature` says."""
PLACEHOLDERS = (
    "namespace", "pod", "pod_uid", "container", "node", "sandbox_id", "image", "volume", "workload", "since", "until",
)  # fmt: skip
"""What a command template may name: as `Ask` says, and the time around the onset."""
DERIVED = ("unready",)
"""Attributes that the engine adds to a Pod's row: how many of its containers are not ready."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLACEHOLDER = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
_TOKEN = re.compile(r"\\(?P<escaped>.)|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<group>\(\?(?:<?[=!]|>|P=|\())|[*+?}](?P<possessive>\+)", re.DOTALL)
_ANYTHING = ("", "0", "error: timed out")
_BOUND = re.compile(r"(?:>=|<=|>|<)-?\d+(?:\.\d+)?")


def _mode(mode: FailureMode) -> Iterator[KeyFault]:
    if not _ID.fullmatch(mode.id):
        yield KeyFault("id", f"{mode.id!r} has to be words in small letters and digits with hyphens between them")


def _signature(signature: Signature) -> Iterator[KeyFault]:
    yield from _component(signature.component)
    yield from _pattern(signature.reason, "reason")
    yield from _at_least(signature.at_least, "at_least")
    if signature.pattern:
        yield from _pattern(signature.pattern, "pattern")
    elif not signature.reason:
        yield KeyFault("pattern", "is empty, and there is no reason either: it would match every line")


def _state(test: StateTest) -> Iterator[KeyFault]:
    yield from _row(test.kind, test.where, "where")
    yield from _at_least(test.at_least, "at_least")
    for attr, wanted in test.where.items():
        if not _BOUND.fullmatch(wanted):
            yield from _pattern(wanted.removeprefix("!"), f"where.{attr}")


def _link(link: Link) -> Iterator[KeyFault]:
    yield from _share(link.strength, "strength")
    if link.within is not None and link.within < 0:
        yield KeyFault("within", "has to be seconds, 0 or more")


def _refutation(refutation: Refutation) -> Iterator[KeyFault]:
    yield from _component(refutation.component)
    yield from _share(refutation.weight, "weight")
    yield from _pattern(refutation.pattern, "pattern")
    yield from _pattern(refutation.reason, "reason")
    if not (refutation.pattern or refutation.reason or refutation.state or refutation.mode):
        yield KeyFault("", "names nothing that could be seen: give pattern, reason, state or mode")


def _ask(ask: Ask) -> Iterator[KeyFault]:
    yield from _template(ask.command, "command")
    if ask.evidence and ask.evidence not in EVIDENCE_KINDS:
        yield KeyFault("evidence", f"{ask.evidence!r} is none of {', '.join(EVIDENCE_KINDS)}")


def _remedy(remedy: Remedy) -> Iterator[KeyFault]:
    yield from _template(remedy.command, "command")
    yield from _template(remedy.verify, "verify")


def _example(example: Example) -> Iterator[KeyFault]:
    yield from _at_least(example.count, "count")


def _state_example(example: StateExample) -> Iterator[KeyFault]:
    yield from _row(example.kind, example.attrs, "attrs")


RULES: Mapping[type, Rule] = {
    FailureMode: _mode, Signature: _signature, StateTest: _state, Link: _link, Refutation: _refutation, Ask: _ask,
    Remedy: _remedy, Example: _example, StateExample: _state_example,
}  # fmt: skip
"""The rule of each record; what a record names of other modes is not looked at."""


def _pattern(pattern: str, at: str) -> Iterator[KeyFault]:
    """A regular expression that plegma and hyperscan both take."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)  # of what hyperscan, and Python one day, take otherwise: [[a] and the like
            compiled = re.compile(pattern)
    except (re.error, RecursionError, OverflowError, FutureWarning) as error:
        yield KeyFault(at, f"is no regular expression: {error}")
        return
    if pattern and all(compiled.search(text) for text in _ANYTHING):
        yield KeyFault(at, "matches every line")
    for group in compiled.groupindex:
        if group not in REF_KEYS:
            yield KeyFault(at, f"group {group!r} names nothing; there are {', '.join(REF_KEYS)}")
    if any(_is_refused(token) for token in _TOKEN.finditer(pattern)):
        yield KeyFault(at, "look-around, back-references, atomic groups and possessive quantifiers are not supported")


def _is_refused(token: re.Match[str]) -> bool:
    return bool(token["group"] or token["possessive"] or (token["escaped"] or "0") in "123456789")


def _component(component: str) -> Iterator[KeyFault]:
    if component not in COMPONENTS:
        yield KeyFault("component", f"{component!r} is none of {', '.join(COMPONENTS)}")


def _row(kind: str, attrs: Mapping[str, object], table: str) -> Iterator[KeyFault]:
    if kind not in ATTRS:
        yield KeyFault("kind", f"{kind!r} is none of {', '.join(ATTRS)}")
        return
    allowed = (*ATTRS[kind], *REF_KEYS, *DERIVED)
    for attr in attrs:
        if attr not in allowed:
            yield KeyFault(f"{table}.{attr}", f"a {kind} has no such attribute; there are {', '.join(allowed)}")


def _template(command: str, at: str) -> Iterator[KeyFault]:
    """Braces that are no placeholder stay as they are (jsonpath, awk); one that is nearly a placeholder is a slip."""
    for name in _PLACEHOLDER.findall(command):
        close = [] if name in PLACEHOLDERS else get_close_matches(name, PLACEHOLDERS, 1, 0.75)
        if close:
            yield KeyFault(at, f"{{{name}}} stays as it is; is {{{close[0]}}} meant? Write {{{{{name}}}}} if not")


def _share(value: float, at: str) -> Iterator[KeyFault]:
    if not 0 <= value <= 1:
        yield KeyFault(at, f"{value:g} is not between 0 and 1")


def _at_least(value: int, at: str) -> Iterator[KeyFault]:
    if value < 1:
        yield KeyFault(at, f"{value} is less than 1")
