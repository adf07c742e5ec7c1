"""Names of artifacts: how they are shown, and which are not evidence."""

import re
from pathlib import PurePosixPath

RECORD = "plegma-collection.json"
"""The record that comes with everything that was collected."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]")
_NOT_EVIDENCE = re.compile(r"(?:truth\.json|readme[^/]*|licen[cs]e(?:\.\w+)?|\.ds_store|thumbs\.db)$", re.IGNORECASE)
_NOT_EVIDENCE_FOLDERS = frozenset({"__MACOSX", ".git"})


def is_evidence(path: str) -> bool:
    """Is a file of this name evidence (and not what explains or accompanies it)?"""
    parts = PurePosixPath(path.replace("!", "/")).parts
    return bool(parts) and not _NOT_EVIDENCE.match(parts[-1]) and not _NOT_EVIDENCE_FOLDERS.intersection(parts[:-1])


def shown_member(path: str) -> str:
    """A member's path as a mere name: no root, no `..`, no control characters."""
    path = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    parts = [part for part in path.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return _CONTROL.sub("\ufffd", "/".join(parts)) or "(unnamed)"


def inside(outer: str, member: str) -> str:
    """The name of an archive's member."""
    return f"{outer}!{shown_member(member)}"


def is_record(name: str) -> bool:
    """Is an artifact of this name a collection's record?"""
    return name.replace("!", "/").rsplit("/", 1)[-1] == RECORD
