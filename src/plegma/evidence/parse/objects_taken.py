"""When objects were fetched, as far as they tell: not before the latest time that any of them names."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_times import moment

_CONDITION_TIMES = ("lastHeartbeatTime", "lastProbeTime", "lastTransitionTime", "lastUpdateTime")
_OWN_TIMES = (("metadata", "creationTimestamp"), ("status", "startTime"), ("spec", "renewTime"), ("lastTimestamp",),
              ("eventTime",), ("firstTimestamp",), ("deprecatedLastTimestamp",), ("series", "lastObservedTime"))  # fmt: skip
_STATE_TIMES = (("state", "running", "startedAt"), ("state", "terminated", "finishedAt"), ("lastState", "terminated", "finishedAt"))
_SECTIONS = ("containerStatuses", "initContainerStatuses")


def taken(things: Iterable[tuple[str, Branch]]) -> datetime | None:
    """The latest time in the objects (aware), None when they name none.

    A deletionTimestamp does not count: it lies in the future by the grace period.
    """
    found = (when for _, thing in things for text in _times(thing) if text and (when := moment(text)))
    return max(found, default=None)


def _times(thing: Branch) -> Iterator[str]:
    status = thing if thing.has("conditions") else thing.at("status")
    for path in _OWN_TIMES:
        yield thing.text(*path)
    for condition in status.items("conditions"):
        yield from (condition.text(key) for key in _CONDITION_TIMES)
    for section in _SECTIONS:
        for container in status.items(section):
            yield from (container.text(*path) for path in _STATE_TIMES)
    for entry in thing.items("metadata", "managedFields"):
        yield entry.text("time")
