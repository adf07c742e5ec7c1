"""What the API's objects say that a precondition asks for. Pure: objects in, answers out."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Thing = Mapping[str, Any]
PAUSED = "plegma.dev/paused"
"""Set to "true" on a Pod, its owner, its namespace or a Node: plegma fix leaves it alone."""
_MIRROR = "kubernetes.io/config.mirror"
_FINISHED = frozenset(("Succeeded", "Failed"))


def name_of(thing: Thing) -> str:
    """ "namespace/name", or the name alone."""
    meta = thing.get("metadata") or {}
    return f"{meta['namespace']}/{meta['name']}" if meta.get("namespace") else str(meta.get("name", ""))


def is_paused(thing: Thing) -> bool:
    """Does its annotation say hands off?"""
    return str(_annotations(thing).get(PAUSED, "")).lower() == "true"


def is_mirror(pod: Thing) -> bool:
    """The API's picture of a static pod (pkg/kubelet/types/constants.go)."""
    return _MIRROR in _annotations(pod)


def controller_of(thing: Thing) -> Thing | None:
    """The owner reference that makes it anew."""
    owners = (thing.get("metadata") or {}).get("ownerReferences") or ()
    return next((o for o in owners if o.get("controller")), None)


def is_ready(thing: Thing) -> bool:
    """The Ready condition of a Pod or a Node."""
    conditions = (thing.get("status") or {}).get("conditions") or ()
    return any(c.get("type") == "Ready" and c.get("status") == "True" for c in conditions)


def is_finished(pod: Thing) -> bool:
    """Has it run to its end?"""
    return (pod.get("status") or {}).get("phase") in _FINISHED


def local_volumes(pod: Thing) -> tuple[str, ...]:
    """emptyDir volumes on disk: they end with the pod (kubectl drain asks for --delete-emptydir-data)."""
    volumes = (pod.get("spec") or {}).get("volumes") or ()
    return tuple(str(v.get("name")) for v in volumes if "emptyDir" in v and (v["emptyDir"] or {}).get("medium") != "Memory")


def disruptions_allowed(pod: Thing, budgets: Iterable[Thing]) -> int | None:
    """The tightest budget that covers the pod; None when none does."""
    meta = pod.get("metadata") or {}
    found = [
        int((b.get("status") or {}).get("disruptionsAllowed") or 0)
        for b in budgets
        if (b.get("metadata") or {}).get("namespace") == meta.get("namespace")
        and selects((b.get("spec") or {}).get("selector"), meta.get("labels") or {})
    ]
    return min(found, default=None)


def selects(selector: Thing | None, labels: Mapping[str, str]) -> bool:
    """Does a LabelSelector match? None selects nothing, an empty one everything (policy/v1)."""
    if selector is None:
        return False
    plain = all(labels.get(k) == v for k, v in (selector.get("matchLabels") or {}).items())
    return plain and all(_expression(e, labels) for e in selector.get("matchExpressions") or ())


def _expression(expression: Thing, labels: Mapping[str, str]) -> bool:
    value, values = labels.get(expression["key"]), expression.get("values") or ()
    match expression["operator"]:
        case "In":
            return value in values
        case "NotIn":
            return value not in values
        case "Exists":
            return value is not None
        case "DoesNotExist":
            return value is None
        case _:
            return True  # an operator of the future: better to take the budget as covering the pod


def to_evict(pods: Iterable[Thing]) -> Iterator[Thing]:
    """The pods that a drain moves: not those of DaemonSets, static ones, or ones that have ended."""
    for pod in pods:
        owner = controller_of(pod)
        if not (is_mirror(pod) or is_finished(pod) or (owner is not None and owner.get("kind") == "DaemonSet")):
            yield pod


def previous_template(deployment: Thing, sets: Iterable[Thing]) -> dict[str, Any] | None:
    """The pod template of the revision before the present one (pkg/controller/deployment/util, annotation of revisions)."""
    own = str((deployment.get("metadata") or {}).get("uid"))
    mine = [s for s in sets if (c := controller_of(s)) is not None and str(c.get("uid")) == own]
    ordered = sorted(mine, key=_revision)
    if len(ordered) < 2:
        return None
    template: dict[str, Any] = {**ordered[-2]["spec"]["template"]}
    meta = {**(template.get("metadata") or {})}
    meta["labels"] = {k: v for k, v in (meta.get("labels") or {}).items() if k != "pod-template-hash"}
    return {**template, "metadata": meta}


def _revision(thing: Thing) -> int:
    text = str(_annotations(thing).get("deployment.kubernetes.io/revision", ""))
    return int(text) if text.isdecimal() else -1


def _annotations(thing: Thing) -> Mapping[str, Any]:
    return (thing.get("metadata") or {}).get("annotations") or {}
