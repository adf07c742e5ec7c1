"""What a path inside a bundle tells of the evidence at it."""

import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct, field

from plegma.evidence.read.layout_rules import FAILED, NEVER, NODE_ROOTS, ONE_NODE_ROOTS, RULES, SOS_ROOT, SOS_WANTED, Rule
from plegma.evidence.read.names import is_evidence
from plegma.model.texts import Text

_SHOWN = 400


class Place(Struct, frozen=True):
    """What a path tells: refs of whose it is, who wrote it, which evidence it is, and whether of the run before."""

    context: Mapping[str, str] = field(default_factory=dict)
    component: str = ""
    evidence: tuple[str, ...] = ()
    previous: bool = False


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _rules() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(rf"(?:.*[/!])?{rule.pattern}$")) for rule in RULES)


def is_wanted(name: str) -> bool:
    """Is the artifact of this name evidence, and worth reading?"""
    if not is_evidence(name):
        return False
    inside = _compiled(rf"(?:.*[/!])?{SOS_ROOT}[/!](?:[^!]*!)?(?P<inner>.+)$").match(name)
    if inside and not _compiled("|".join(SOS_WANTED)).match(_after_root(inside["inner"])):
        return False
    return not _compiled(rf"(?:.*[/!])?{NEVER}$").match(name)


def _after_root(inner: str) -> str:
    """A sosreport's archive holds a folder of the same name."""
    return _compiled(rf"(?:{SOS_ROOT}/)?(.*)$").sub(r"\1", inner)


def place_of(name: str) -> Place:
    """What the artifact's name tells."""
    outer = _root_refs(name)
    for rule, pattern in _rules():
        if found := pattern.match(name):
            groups = {key: value for key, value in found.groupdict().items() if value}
            previous = bool(groups.pop("previous", ""))
            return Place({**outer, **groups}, rule.component, rule.evidence, previous)
    return Place(outer)


def _root_refs(name: str) -> dict[str, str]:
    for pattern in NODE_ROOTS:
        if found := _compiled(rf"(?:.*[/!])?{pattern}(?=[/!.])").match(name):
            return {"node": found["node"]}
    return {}


def one_node_root(name: str) -> str:
    """The root of the bundle of one node that the artifact is in, "" when it is in none."""
    found = _compiled(rf"(?:.*[/!])?(?:{'|'.join(ONE_NODE_ROOTS)})(?=[/!.])").match(name)
    return found.group() if found else ""


def failed_collection(name: str, head: bytes) -> Text | None:
    """What a collector's list of its own errors says; None when the artifact is not one, or is empty."""
    said = head[:_SHOWN].decode("utf-8", "replace").strip()
    if said in {"", "[]", "{}", "null"} or not _compiled(rf"(?:.*[/!])?{FAILED}$").match(name):
        return None
    return Text(f"the collector could not get it: {said}", f"収集ツールが取得できませんでした: {said}")
