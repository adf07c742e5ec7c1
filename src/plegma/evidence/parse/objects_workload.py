"""Objects that keep pods: how many are wanted and how many are there, and what their conditions say."""

from collections.abc import Iterator

from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_facts import Value, known, refs, state, status_event, workload_ref
from plegma.model.observations import Observation

_DESIRED = ("desiredNumberScheduled", "replicas", "desiredReplicas", "desiredHealthy")
_CURRENT = ("currentNumberScheduled", "replicas", "currentReplicas", "currentHealthy", "active")
_READY = ("numberReady", "readyReplicas", "currentHealthy", "succeeded")
_AVAILABLE = ("numberAvailable", "availableReplicas", "disruptionsAllowed")
_UPDATED = ("updatedNumberScheduled", "updatedReplicas")
_ONES_THAT_ARE_LEFT_OUT_WHEN_ZERO = frozenset({"DaemonSet", "Deployment", "ReplicaSet", "StatefulSet", "ReplicationController"})


def workload(thing: Branch, kind: str) -> Iterator[Observation]:
    """A DaemonSet, Deployment, ReplicaSet, StatefulSet, Job, CronJob, PodDisruptionBudget or HorizontalPodAutoscaler."""
    who = workload_ref(thing, kind)
    said = list(conditions(thing, who))
    attrs = {"kind": kind, **_counts(thing, kind), **_complaint(thing)}
    shown = next((f for key in _READY + _CURRENT if (f := thing.at("status", key))), thing.at("metadata", "name"))
    yield state("Workload", attrs, shown, who)
    yield from said


def _counts(thing: Branch, kind: str) -> dict[str, Value]:
    """The counts; the API leaves out a count of zero."""
    wanted = thing.number("spec", "replicas") if thing.at("spec", "replicas") else _first(thing, _DESIRED)
    zero = 0 if kind in _ONES_THAT_ARE_LEFT_OUT_WHEN_ZERO and thing.at("status") else None
    counts = {"current": _CURRENT, "ready": _READY, "available": _AVAILABLE, "updated": _UPDATED}
    found = {name: _first(thing, keys) for name, keys in counts.items()}
    wanted = wanted if wanted is not None else thing.number("spec", "completions")
    return known(desired=wanted, **{name: zero if value is None else value for name, value in found.items()})


def _first(thing: Branch, keys: tuple[str, ...]) -> int | None:
    return next((value for key in keys if (value := thing.number("status", key)) is not None), None)


NAMESPACE_TROUBLE = frozenset(
    {
        "NamespaceDeletionDiscoveryFailure", "NamespaceDeletionContentFailure", "NamespaceDeletionGroupVersionParsingFailure",
        "NamespaceContentRemaining", "NamespaceFinalizersRemaining",
    }
)  # fmt: skip
"""Conditions of a namespace that is being deleted: what keeps it (core/v1 NamespaceConditionType)."""
BAD_WHEN_TRUE = NAMESPACE_TROUBLE | {
    "ReplicaFailure", "Failed", "FailureTarget", "Suspended", "Degraded", "ScalingLimited",
    "FileSystemResizePending", "ControllerResizeError", "NodeResizeError",
}  # fmt: skip
"""Types of conditions that tell of trouble when they hold; most others do when they do not."""


def _complaint(thing: Branch) -> dict[str, Value]:
    for condition in thing.items("status", "conditions"):
        if is_bad(condition):
            return known(reason=condition.text("reason"), message=condition.text("message"))
    return {}


def is_bad(condition: Branch) -> bool:
    """Does the condition say that something is wrong? Most types are good when True, a few when False."""
    return (condition.text("status") == "True") is (condition.text("type") in BAD_WHEN_TRUE)


def conditions(thing: Branch, who: dict[str, str]) -> Iterator[Observation]:
    """What the conditions that are not as they should be say."""
    for condition in thing.items("status", "conditions"):
        event = status_event(condition, who, condition.text("lastTransitionTime") or condition.text("lastUpdateTime"))
        if event and is_bad(condition):
            yield event


def quota(thing: Branch) -> Iterator[Observation]:
    """A ResourceQuota: how much of each resource is used of what is allowed."""
    who = workload_ref(thing, "ResourceQuota")
    for name, limit in thing.entries("status", "hard"):
        used = thing.at("status", "used", name)
        attrs = known(kind="ResourceQuota", desired=limit.text(), current=used.text(), reason=name)
        yield state("Workload", attrs, used if used else limit, who)


def other(thing: Branch, kind: str) -> Iterator[Observation]:
    """An object of another kind: what its conditions say is wrong."""
    name = thing.text("metadata", "name")
    who = refs(workload=f"{kind.lower()}/{name}" if name else "", namespace=thing.text("metadata", "namespace"))
    yield from conditions(thing, who)
