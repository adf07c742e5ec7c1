"""Items of a list too long to be decoded as one document: each by itself, and of a pod that is well only its row.

What such a pod's containers and conditions say is that all is well, as the row does.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from plegma.evidence.parse.lines import decode
from plegma.evidence.parse.objects import evidence_of, hints_of, observations_of, slug
from plegma.evidence.parse.objects_branches import Branch, Document
from plegma.evidence.parse.objects_json import mended
from plegma.evidence.parse.objects_pod import row
from plegma.evidence.parse.objects_shapes import members
from plegma.evidence.parse.objects_taken import taken
from plegma.evidence.parse.parsed import Parsed
from plegma.model.observations import Observation, State

_PHASES = frozenset({"Running", "Succeeded"})


class Many(Struct):
    """What a run of items says: their kinds, the latest time in them, and observations with ages as of that time."""

    kinds: frozenset[str]
    newest: datetime | None
    observations: tuple[Observation, ...]


def many(artifact: str, items: bytes, first_line: int, kind: str = "") -> Many:
    """Reads items as they stand in a JSON array, without its brackets; `kind` is theirs where they do not say it."""
    told = [found for value, text, line in _values(items, first_line) for found in _things(artifact, value, text, line, kind)]
    now = taken((name, thing) for name, thing, _ in told)
    seen = tuple(o for name, thing, calm in told for o in (row(thing, now) if calm else observations_of(name, thing, now)))
    return Many(frozenset(name for name, _, _ in told), now, seen)


def joined(artifact: str, runs: list[Many], lines: int, blank: int) -> Parsed:
    """All items as one part, their ages as of the latest time in any of them."""
    now = max((run.newest for run in runs if run.newest), default=None)
    kinds = frozenset(kind for run in runs for kind in run.kinds)
    seen = tuple(o for run in runs for o in _as_of(run, now))
    found = Parsed(artifact, slug(kinds), 1, lines, seen, blank=blank, understood=lines - blank)
    return replace(found, hints=hints_of(kinds, now), evidence=evidence_of(kinds))


def _values(items: bytes, first_line: int) -> Iterator[tuple[object, bytes, int]]:
    """Each item's value, its text and the line that it begins on; of a broken run, what is whole before the break."""
    import msgspec

    try:
        raws = msgspec.json.decode(b"[" + items + b"]", type=list[msgspec.Raw])
        values = [(msgspec.json.decode(raw), bytes(raw)) for raw in raws]
    except (msgspec.DecodeError, RecursionError):
        yield from _mended(items, first_line)
        return
    end, line, counted = 0, first_line, 0
    for value, text in values:
        begin = items.find(text, end)
        line, counted, end = line + items.count(b"\n", counted, begin), begin, begin + len(text)
        yield value, text, line


def _mended(items: bytes, first_line: int) -> Iterator[tuple[object, bytes, int]]:
    try:
        yield mended("[" + decode(items)), items, first_line
    except ValueError:
        return


def _things(artifact: str, value: object, text: bytes, line: int, kind: str) -> Iterator[tuple[str, Branch, bool]]:
    if isinstance(value, dict) and _is_calm(value, kind):
        at = max(text.rfind(b'"phase"'), 0)
        end = text.find(b"\n", at)
        shown = decode(text[at : end if end > 0 else None])
        document = Document(artifact, value, (shown,), line + text.count(b"\n", 0, at))
        yield "Pod", document.root, True
        return
    lines = decode(text).split("\n")
    for name, thing in members(Document(artifact, value, lines, line).root, kind):
        yield name, thing, False


def _is_calm(value: Mapping[str, object], kind: str) -> bool:
    """Is this a pod that runs or has ended well, all of it ready, that never restarted and of which nothing is said?"""
    status, meta = value.get("status"), value.get("metadata")
    if value.get("kind", kind) != "Pod" or not isinstance(status, dict) or not isinstance(meta, dict):
        return False
    if status.get("phase") not in _PHASES or "reason" in status or "message" in status or "deletionTimestamp" in meta:
        return False
    ended = status["phase"] == "Succeeded"
    conditions = _mappings(status.get("conditions"))
    if not ended and not all(c.get("status") == "True" and "message" not in c for c in conditions):
        return False
    return all(
        _calm_container(c, ended=ended or section != "containerStatuses")
        for section in ("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")
        for c in _mappings(status.get(section))
    )


def _calm_container(container: Mapping[str, object], *, ended: bool) -> bool:
    state = container.get("state")
    if container.get("restartCount") or container.get("lastState") or not isinstance(state, dict):
        return False
    if "running" in state:
        return container.get("ready") is True
    last = state.get("terminated")
    return ended and isinstance(last, dict) and last.get("exitCode") == 0 and "message" not in last


def _mappings(value: object) -> Iterator[Mapping[str, object]]:
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())


def _as_of(run: Many, now: datetime | None) -> Iterator[Observation]:
    later = (now - run.newest) if now and run.newest else timedelta()
    for seen in run.observations:
        if later and isinstance(seen, State) and seen.kind == "Pod" and isinstance(age := seen.attrs.get("age"), int | float):
            yield replace(seen, attrs={**seen.attrs, "age": age + later.total_seconds()})
        else:
            yield seen
