"""When objects were fetched, as far as they tell: not before the latest time that any of them names."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_times import moment

_CONDITION_TIMES = ("lastHeartbeatTime", "lastProbeTime", "lastTransitionTime", "lastUpdateTime")
_OWN_TIMES = (("metadata", "creationTimestamp"), ("status", "startTime"), ("spec", "renewTime"), ("lastTimestamp",),
              ("eventTime",), ("firstTimestamp",), ("deprecatedLastTimestamp",), ("series", "lastObservedTime"))  # fmt: skip
_STATE_TIMES = (("state", "running", "startedAt"), ("state", "terminated", "finishedAt"), ("lastState", "terminated", "finishedAt"))
_UTC = re.compile(r"(?:19[7-9]|[2-9]\d\d)\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")
"""What nearly all times look like: these sort as text, so that one of them need be taken apart."""
_SECTIONS = ("containerStatuses", "initContainerStatuses")


def taken(things: Iterable[tuple[str, Branch]]) -> datetime | None:
    """The latest time in the objects (aware), None when they name none.

    A deletionTimestamp does not count: it lies in the future by the grace period.
    """
    texts = {text for _, thing in things for text in _times(thing.value)}
    plain = max((text for text in texts if _UTC.fullmatch(text)), default="")
    others = [text for text in texts if text != plain and not _UTC.fullmatch(text)]
    return max((when for text in (plain, *others) if text and (when := moment(text))), default=None)


def _times(thing: object) -> Iterator[str]:
    status = thing if isinstance(thing, dict) and "conditions" in thing else _below(thing, "status")
    found = [_below(thing, *path) for path in _OWN_TIMES]
    found += [_below(condition, key) for condition in _list(_below(status, "conditions")) for key in _CONDITION_TIMES]
    for section in _SECTIONS:
        found += [_below(container, *path) for container in _list(_below(status, section)) for path in _STATE_TIMES]
    found += [_below(entry, "time") for entry in _list(_below(thing, "metadata", "managedFields"))]
    return (str(value) for value in found if value and isinstance(value, str | int))


def _below(value: object, *path: str) -> object:
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def _list(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else ()
