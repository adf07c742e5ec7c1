"""Which pods, containers and nodes are worth a closer look. Wide on purpose: a look costs little, a miss costs the answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from plegma.evidence.read.live.fields import Thing, at, moment, number, text, things

RECENT = timedelta(hours=1)
_LEASE_GRACE = timedelta(seconds=40)
"""nodeMonitorGracePeriod: 40 s until v1.31, 50 s since (cmd/kube-controller-manager/app/options)."""
_DYING_GRACE = timedelta(seconds=60)
_STATUSES = ("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")
_SANDBOX_REASONS = frozenset(
    {"FailedCreatePodSandBox", "FailedKillPod", "SandboxChanged", "FailedMount", "FailedAttachVolume", "NetworkNotReady", "FailedSync",
     "ContainerGCFailed", "ImageGCFailed", "NodeNotReady", "KubeletIsDown", "EvictionThresholdMet", "FreeDiskSpaceFailed", "SystemOOM",
     "Rebooted", "FailedPodSandBoxStatus", "FailedToUpdateEndpoint"}
)  # fmt: skip
"""Reasons of events whose cause lies with the node: its kubelet's and its runtime's log tell more."""
_LAST_SEEN = (
    ("series", "lastObservedTime"),
    ("lastTimestamp",),
    ("deprecatedLastTimestamp",),
    ("eventTime",),
    ("metadata", "creationTimestamp"),
)


class Trouble(Struct, frozen=True):
    """A container that is not as it should be: did it run now, and did it run before (so that logs of either exist)?"""

    container: str
    runs: bool
    ran_before: bool


def troubles(pod: Thing, now: datetime, recent: timedelta = RECENT) -> tuple[Trouble, ...]:
    """The containers of a pod that wait, ended badly, are not ready or were started again a short while ago."""
    done = text(pod, "status", "phase") == "Succeeded"
    return (
        () if done else tuple(_trouble(c) for section in _STATUSES for c in things(pod, "status", section) if _bad(c, section, now, recent))
    )


def _bad(container: Thing, section: str, now: datetime, recent: timedelta) -> bool:
    ended = at(container, "state", "terminated")
    if ended:
        return bool(number(ended, "exitCode")) or section == "containerStatuses"
    if container.get("ready") is False and (section == "containerStatuses" or not container.get("started")):
        return section != "ephemeralContainerStatuses"
    last = moment(container, "lastState", "terminated", "finishedAt")
    return at(container, "state", "waiting") is not None or (last is not None and now - last <= recent)


def _trouble(container: Thing) -> Trouble:
    runs = at(container, "state", "waiting") is None and bool(at(container, "state"))
    return Trouble(text(container, "name"), runs, at(container, "lastState", "terminated") is not None)


def is_suspicious(pod: Thing, now: datetime, recent: timedelta = RECENT) -> bool:
    """Is the pod not well, or was it not a short while ago?"""
    phase = text(pod, "status", "phase")
    if phase not in {"Running", "Succeeded"} or is_dying(pod, now):
        return True
    unready = any(text(c, "type") == "Ready" and text(c, "status") != "True" for c in things(pod, "status", "conditions"))
    return phase == "Running" and (unready or bool(troubles(pod, now, recent)))


def is_dying(pod: Thing, now: datetime) -> bool:
    """Was the pod to be gone for a minute already?"""
    deleted = moment(pod, "metadata", "deletionTimestamp")
    return deleted is not None and now - deleted > _DYING_GRACE


def is_node_matter(pod: Thing, now: datetime) -> bool:
    """Does the pod hang in what its node has to do: making the sandbox, mounting, killing?"""
    if is_dying(pod, now):
        return True
    waits = {text(c, "state", "waiting", "reason") for section in _STATUSES for c in things(pod, "status", section)}
    bound = bool(text(pod, "spec", "nodeName"))
    return bound and (bool(waits & {"ContainerCreating", "CreateContainerError", "RunContainerError"}) or _nothing_begun(pod))


def _nothing_begun(pod: Thing) -> bool:
    return text(pod, "status", "phase") == "Pending" and not any(things(pod, "status", "containerStatuses"))


def is_sick(node: Thing) -> bool:
    """Is a node not Ready, or has it any condition that ought not to be?"""
    conditions = {text(c, "type"): text(c, "status") for c in things(node, "status", "conditions")}
    return conditions.pop("Ready", "") != "True" or any(status != "False" for status in conditions.values())


def youngest(leases: list[Thing]) -> datetime | None:
    """When the last lease was renewed: the cluster's own time, whatever the clock here says."""
    return max((when for lease in leases if (when := moment(lease, "spec", "renewTime"))), default=None)


def is_stale(lease: Thing, latest: datetime | None) -> bool:
    """Was the node's lease not renewed for longer than the node controller waits, by the youngest lease's time?"""
    renewed = moment(lease, "spec", "renewTime")
    return renewed is None or (latest is not None and latest - renewed > _LEASE_GRACE)


def last_seen(event: Thing) -> datetime | None:
    """When an event (of either API) was last seen."""
    return next((when for path in _LAST_SEEN if (when := moment(event, *path))), None)


def about(event: Thing) -> Thing:
    """What an event (of either API) is about."""
    found = at(event, "involvedObject") or at(event, "regarding")
    return found if isinstance(found, dict) else {}


def is_warning(event: Thing) -> bool:
    """Is it of type Warning?"""
    return text(event, "type") == "Warning"


def nodes_in_trouble(events: list[Thing]) -> Iterator[str]:
    """The nodes whose kubelet reports what lies with the node, once for each report."""
    for event in events:
        if is_warning(event) and text(event, "reason") in _SANDBOX_REASONS:
            thing = about(event)
            host = text(event, "source", "host") or text(event, "deprecatedSource", "host")
            node = text(thing, "name") if text(thing, "kind") == "Node" else host
            if node:
                yield node
