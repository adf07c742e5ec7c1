"""Pod objects: the row that `kubectl get pods` prints, each container, and what the statuses say."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_facts import condition_row, known, owner, refs, state, status_event
from plegma.evidence.parse.objects_pod_status import columns
from plegma.evidence.parse.objects_times import moment
from plegma.model.observations import Observation

_STATES = {"waiting": "Waiting", "running": "Running", "terminated": "Terminated"}
_MIRROR = "kubernetes.io/config.mirror"
_SOURCE = "kubernetes.io/config.source"


def pod(thing: Branch, taken: datetime | None) -> Iterator[Observation]:
    """All observations of one Pod; `taken` is when it was fetched, as far as the text tells."""
    who = _refs(thing)
    yield from _row(thing, who, taken)
    yield from _said(thing, who)
    for section, init in (("initContainerStatuses", True), ("containerStatuses", False), ("ephemeralContainerStatuses", False)):
        for container in thing.items("status", section):
            yield from container_status(container, who, _limit(thing, container.text("name")), init=init)


def _held_by(meta: Branch) -> str | None:
    """The finalizers that alone keep a deleted pod: with no grace left the API would remove it (registry/core/pod, CheckGracefulDelete)."""
    if not meta.has("deletionTimestamp") or meta.text("deletionGracePeriodSeconds") != "0":
        return None
    return ",".join(one.text() for one in meta.items("finalizers")) or None


def row(thing: Branch, taken: datetime | None) -> Iterator[Observation]:
    """Only the row that `kubectl get pods` prints."""
    return _row(thing, _refs(thing), taken)


def _refs(thing: Branch) -> Mapping[str, str]:
    return refs(
        namespace=thing.text("metadata", "namespace"),
        pod=thing.text("metadata", "name"),
        pod_uid=thing.text("metadata", "uid"),
        node=thing.text("spec", "nodeName"),
    )


def _row(thing: Branch, who: Mapping[str, str], taken: datetime | None) -> Iterator[Observation]:
    status, meta = thing.at("status"), thing.at("metadata")
    shown = columns(thing)
    if not shown.status:
        return
    annotations = meta.at("annotations")
    attrs = known(
        status=shown.status,
        ready=shown.ready if shown.containers else None,
        containers=shown.containers or None,
        restarts=shown.restarts if status.at("containerStatuses") else None,
        age=_age(meta.text("creationTimestamp"), taken),
        phase=status.text("phase"),
        reason=status.text("reason"),
        message=status.text("message"),
        host_network=thing.flag("spec", "hostNetwork") or None,
        owner=owner(thing),
        deletion=meta.text("deletionTimestamp"),
        finalizers=_held_by(meta),
        qos=status.text("qosClass"),
        static=True if annotations.has(_MIRROR) or annotations.text(_SOURCE) == "file" else None,
        priority_class=thing.text("spec", "priorityClassName"),
    )
    yield state("Pod", attrs, shown.because, who)


def _age(created: str, taken: datetime | None) -> float | None:
    born = moment(created) if created else None
    return max(0.0, (taken - born).total_seconds()) if born and taken else None


def _said(thing: Branch, who: Mapping[str, str]) -> Iterator[Observation]:
    """The pod's own reason and message, its conditions, and what those that do not hold say."""
    if event := status_event(thing.at("status"), who):
        yield event
    for condition in thing.items("status", "conditions"):
        yield condition_row(condition, who)
        event = status_event(condition, who, condition.text("lastTransitionTime"))
        if event and condition.text("status") != "True":
            yield event


def _limit(thing: Branch, name: str) -> str:
    for section in ("containers", "initContainers", "ephemeralContainers"):
        for container in thing.items("spec", section):
            if container.text("name") == name:
                return container.text("resources", "limits", "memory")
    return ""


def container_status(container: Branch, pod_refs: Mapping[str, str], limit: str, *, init: bool) -> Iterator[Observation]:
    """A container's row with its state and last state, and an event for each that says something."""
    who = {**pod_refs, **refs(container=container.text("name"))}
    what = refs(container_id=container.text("containerID").rpartition("/")[2], image=container.text("image"))
    now, now_name = _current(container.at("state"))
    last, last_name = _current(container.at("lastState"))
    attrs = known(
        state=now_name,
        reason=now.text("reason"),
        message=now.text("message"),
        exit_code=now.number("exitCode"),
        started=now.text("startedAt"),
        finished=now.text("finishedAt") or last.text("finishedAt"),
        last_state=last_name,
        last_reason=last.text("reason"),
        last_message=last.text("message"),
        last_exit_code=last.number("exitCode"),
        restarts=container.number("restartCount"),
        ready=container.flag("ready"),
        init=init,
        image=container.text("image"),
        memory_limit=limit,
    )
    yield state("Container", attrs, _telling(container, now, last), {**who, **what})
    for record in (now, last):
        if event := status_event(record, who, record.text("finishedAt") or record.text("startedAt")):
            yield event


def _current(states: Branch) -> tuple[Branch, str]:
    for key, name in _STATES.items():
        if states.at(key):
            return states.at(key), name
    return states.at("waiting"), ""


def _telling(container: Branch, now: Branch, last: Branch) -> Branch:
    """The field whose line best shows why the container is of interest."""
    candidates = (now.at("reason"), now.at("exitCode"), last.at("reason"), last.at("exitCode"), container.at("restartCount"), now)
    return next((field for field in candidates if field), container.at("name"))
