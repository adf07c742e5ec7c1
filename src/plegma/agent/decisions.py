"""What the kubelet decides; whoever drives the machine carries it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from plegma.agent.inputs import Input
from plegma.agent.recorders import Series

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Call:
    """Make a call: a CRI operation, or MountVolumes. `attempt` is the sandbox's or the container's."""

    uid: str
    op: str
    attempt: int = 0
    times: int = 1


class WakeAfter(NamedTuple):
    """Give this input back after between `low` and `high` seconds. `repeats`: the same comes out till `until`, unless the world changes.

    `counts`: turns that are leapt over have to be counted.
    """

    low: float
    high: float
    input: Input
    repeats: bool = False
    until: float | None = None
    counts: bool = True


class Post(NamedTuple):
    """Write an event to the API as it stands now."""

    series: Series


@dataclass(frozen=True, slots=True)
class PostNode:
    """Write the node's condition: type, status, reason, message."""

    type: str
    status: str
    reason: str
    message: str


class Log(NamedTuple):
    """Say something in the kubelet's log: which statement, with which values."""

    what: str
    values: Mapping[str, str] = NOTHING


@dataclass(frozen=True, slots=True)
class ReportNode:
    """Write the node's whole status to the API, its heartbeat: StatusAnswered says how it went."""

    times: int = 1


@dataclass(frozen=True, slots=True)
class RenewLease:
    """Renew the node's lease: LeaseAnswered says how it went. `times`: renewals leapt over, the last one now."""

    times: int = 1


@dataclass(frozen=True, slots=True)
class Collect:
    """Garbage: RemoveContainer, StopPodSandbox, RemovePodSandbox or RemoveImage of `id`; Collected says how it went.

    `sandbox`: of a container, the sandbox that it is in.
    """

    op: str
    id: str
    uid: str = ""
    sandbox: str = ""


@dataclass(frozen=True, slots=True)
class ListForReclaim:
    """List containers and images at once: RecordsListed and ImagesListed, both with `reclaim`."""


@dataclass(frozen=True, slots=True)
class ReadResources:
    """Read the resources anew at once: ResourcesRead with `after_reclaim`."""


@dataclass(frozen=True, slots=True)
class FailPod:
    """Write the pod's phase Failed with a reason and a message to the API. Its containers are killed by calls that follow."""

    uid: str
    reason: str
    message: str


Decision = (
    Call | WakeAfter | Post | PostNode | ReportNode | RenewLease | Collect | ListForReclaim | ReadResources | FailPod | Log
)  # fmt: skip
