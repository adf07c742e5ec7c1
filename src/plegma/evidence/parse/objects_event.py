"""Kubernetes Event objects of both APIs (v1 and events.k8s.io), single and as series."""

import re
from collections.abc import Iterator

from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_facts import refs
from plegma.evidence.parse.objects_times import stamp
from plegma.evidence.parse.references import refs_in
from plegma.model.observations import Event, Observation, Stamp

_CONTAINER = re.compile(r"\{(.+)\}")
_STORAGE = frozenset({"PersistentVolumeClaim", "PersistentVolume"})
_LAST = (("series", "lastObservedTime"), ("lastTimestamp",), ("deprecatedLastTimestamp",), ("eventTime",))
_FIRST = (("firstTimestamp",), ("deprecatedFirstTimestamp",), ("eventTime",), ("metadata", "creationTimestamp"))
_COUNT = (("series", "count"), ("count",), ("deprecatedCount",))


def event(thing: Branch) -> Iterator[Observation]:
    """One Event: what was said of which object, how often, since when and when last."""
    message = thing.any_of("message", "note")
    count = max([1, *(thing.number(*path) or 1 for path in _COUNT)])
    first = _first_stamp(thing, _FIRST)
    last = _first_stamp(thing, _LAST) or first
    shown = message if message.text() else thing.at("reason")
    yield Event(
        "k8s-event",
        message.text(),
        shown.origin,
        shown.shown,
        last,
        first=first if count > 1 else None,
        count=count,
        reason=thing.text("reason"),
        refs=refs_in(message.text(), _about(thing)),
        warning=thing.text("type") == "Warning",
    )


def api_status(thing: Branch) -> Iterator[Observation]:
    """The API server's answer to a request that failed (meta/v1 Status), as kubectl would print it."""
    if thing.text("status") == "Failure":
        message = thing.at("message")
        yield Event("shell", message.text(), message.origin, message.shown, reason=thing.text("reason"), refs=refs_in(message.text()))


def api_error(thing: Branch) -> Iterator[Observation]:
    """What the APIs of clouds answer to a request that failed: `{"error": {"code": ..., "message": ...}}` (Azure, Google)."""
    message, code = thing.at("error", "message"), thing.text("error", "code")
    yield Event("shell", f"{code}: {message.text()}", message.origin, message.shown, refs=refs_in(message.text()))


def cni_error(thing: Branch) -> Iterator[Observation]:
    """The object that a CNI plugin prints when it fails, in the words of libcni (containernetworking/cni pkg/types, Error)."""
    message, details = thing.at("msg"), thing.text("details")
    text = f"{message.text()}; {details}" if details else message.text()
    yield Event("cni", text, message.origin, message.shown, refs=refs_in(text))


def _first_stamp(thing: Branch, paths: tuple[tuple[str, ...], ...]) -> Stamp | None:
    return next((found for path in paths if (text := thing.text(*path)) and (found := stamp(text))), None)


def _about(thing: Branch) -> dict[str, str]:
    about = thing.any_of("involvedObject", "regarding")
    kind, name, namespace = about.text("kind"), about.text("name"), about.text("namespace")
    host = _host(thing)
    if kind == "Pod":
        inside = _CONTAINER.search(about.text("fieldPath"))
        return refs(namespace=namespace, pod=name, pod_uid=about.text("uid"), node=host, container=inside[1] if inside else "")
    if kind == "Node":
        return refs(node=name)
    if kind in _STORAGE:
        return refs(namespace=namespace, volume=name, node=host)
    return refs(namespace=namespace, workload=f"{kind.lower()}/{name}" if name else "", node=host)


def _host(thing: Branch) -> str:
    """The node whose kubelet reported it; other reporters' instances are not nodes."""
    source = thing.any_of("source", "deprecatedSource").text("host")
    reporter = thing.any_of("reportingComponent", "reportingController").text()
    return source or (thing.text("reportingInstance") if reporter == "kubelet" else "")
