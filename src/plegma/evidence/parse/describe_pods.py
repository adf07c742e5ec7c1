"""`kubectl describe pod`: the pod, its containers, what they died of, its events."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from plegma.evidence.parse.blocks import Context, Document
from plegma.evidence.parse.describe import Field, Happened, Item
from plegma.evidence.parse.event_rows import event_of
from plegma.evidence.parse.stamps import absolute
from plegma.model.observations import Event, Observation, Stamp

POD_KEYS = frozenset(
    (
        "State",
        "Last State",
        "Restart Count",
        "Exit Code",
        "Containers",
        "Init Containers",
        "QoS Class",
        "Start Time",
        "Container ID",
        "Node-Selectors",
    )
)
_HOLDERS = {"Containers": False, "Init Containers": True, "Ephemeral Containers": False}
_PLAIN = {"Reason": "reason", "Message": "message"}
_NOW = Stamp(age=0.0)

Value = str | int | float | bool


@dataclass
class _Status:
    """One State or Last State while it is read."""

    index: int
    indent: int
    state: str
    last: bool
    reason: str = ""
    message: str = ""
    message_at: int = -1
    at: Stamp | None = None


@dataclass
class _Pod:
    """The pod while it is read."""

    refs: dict[str, str]
    index: int = -1
    attrs: dict[str, Value] = field(default_factory=dict)
    container: str = ""
    container_at: int = -1
    container_attrs: dict[str, Value] = field(default_factory=dict)
    container_refs: dict[str, str] = field(default_factory=dict)
    container_indent: int = 0
    holder: str = ""
    group: str = ""
    status: _Status | None = None
    message_at: int = -1


def pod_observations(document: Document, items: tuple[Item, ...], refs: dict[str, str]) -> Iterator[Observation]:
    """The observations of one described pod; `refs` are what the command says of it."""
    pod = _Pod(dict(refs))
    for item in items:
        match item:
            case Happened():
                yield from _close_container(document, pod)
                yield event_of(document, item.index, item.row, pod.refs)
            case Field():
                yield from _field(document, pod, item)
            case _:
                if item.section == "Conditions":
                    yield from _condition(document, pod, item.index, item.line)
    yield from _close_container(document, pod)
    yield from _close_pod(document, pod)


def _condition(document: Document, pod: _Pod, index: int, line: str) -> Iterator[Observation]:
    words = line.split()
    if len(words) >= 2 and words[1] in ("True", "False", "Unknown"):
        yield document.state(index, "Condition", {"type": words[0], "status": words[1]}, pod.refs, _NOW)


def _field(document: Document, pod: _Pod, item: Field) -> Iterator[Observation]:
    if item.key in _HOLDERS or (item.indent == 0 and item.key not in ("Ready", "State", "Last State")):
        yield from _close_container(document, pod)
        pod.holder = item.key
    if item.key in ("State", "Last State"):
        yield from _open_status(document, pod, item)
    elif pod.status is not None and item.indent > pod.status.indent:
        _status_field(pod, pod.status, item)
    elif item.indent > 0:
        yield from _container_field(document, pod, item)
    else:
        _pod_field(pod, item)


def _open_status(document: Document, pod: _Pod, item: Field) -> Iterator[Observation]:
    yield from _close_status(document, pod)
    if pod.container_at < 0 or (item.key == "State" and "state" in pod.container_attrs and item.indent <= pod.container_indent):
        yield from _close_container(document, pod)
        pod.container_at = item.index
    pod.container_indent = item.indent
    last = item.key == "Last State"
    pod.container_attrs["last_state" if last else "state"] = item.value
    pod.status = _Status(item.index, item.indent, item.value, last)


def _status_field(pod: _Pod, status: _Status, item: Field) -> None:
    prefix = "last_" if status.last else ""
    if item.key in _PLAIN:
        pod.container_attrs[prefix + _PLAIN[item.key]] = item.value
        setattr(status, _PLAIN[item.key], item.value)
        status.message_at = item.index
    elif item.key == "Exit Code" and re.fullmatch(r"-?\d+", item.value):
        pod.container_attrs[prefix + "exit_code"] = int(item.value)
    elif item.key in ("Started", "Finished"):
        status.at = absolute(item.value) or status.at
        if not status.last or item.key == "Finished":
            pod.container_attrs.setdefault(item.key.lower(), item.value)


def _close_status(document: Document, pod: _Pod) -> Iterator[Event]:
    status, pod.status = pod.status, None
    if status is not None and (status.reason or status.message):
        index = status.message_at if status.message_at >= 0 else status.index
        refs = pod.refs | ({"container": pod.container} if pod.container else {})
        yield document.event(index, "status", status.message, at=status.at or _NOW, reason=status.reason, refs=refs)


def _close_container(document: Document, pod: _Pod) -> Iterator[Observation]:
    yield from _close_status(document, pod)
    if pod.container_at >= 0 and pod.container_attrs:
        refs = pod.refs | pod.container_refs | {"container": pod.container}
        yield document.state(pod.container_at, "Container", dict(pod.container_attrs), refs, _NOW)
    pod.container, pod.container_at, pod.container_attrs, pod.container_refs, pod.group = "", -1, {}, {}, ""


def _container_field(document: Document, pod: _Pod, item: Field) -> Iterator[Observation]:
    yield from _close_status(document, pod)
    if pod.holder in _HOLDERS and not item.value and item.indent <= 2:
        yield from _close_container(document, pod)
        pod.container, pod.container_at = item.key, item.index
        pod.container_attrs["init"] = _HOLDERS[pod.holder]
        return
    if item.indent <= max(pod.container_indent, 4) and not item.value:
        pod.group = item.key
    if item.key == "Ready" and item.value in ("True", "False"):
        pod.container_attrs["ready"] = item.value == "True"
    elif item.key == "Restart Count" and item.value.isdigit():
        pod.container_attrs["restarts"] = int(item.value)
    elif item.key == "Image" and item.value:
        pod.container_attrs["image"] = item.value
        pod.container_refs["image"] = item.value
    elif item.key == "Container ID" and item.value:
        pod.container_refs["container_id"] = item.value.rpartition("//")[2]
    elif item.key == "memory" and pod.group == "Limits":
        pod.container_attrs["memory_limit"] = item.value
    else:
        return
    if pod.container_at < 0:
        pod.container_at = item.index


_POD_ATTRS = {
    "Status": "status", "Reason": "reason", "Message": "message", "Controlled By": "owner", "QoS Class": "qos",
    "Priority Class Name": "priority_class", "Termination Grace Period": "deletion",
}  # fmt: skip


def _pod_field(pod: _Pod, item: Field) -> None:
    if item.key == "Name":
        pod.refs["pod"], pod.index = item.value, item.index
    elif item.key == "Namespace":
        pod.refs["namespace"] = item.value
    elif item.key == "Node" and item.value not in ("", "<none>"):
        pod.refs["node"] = item.value.partition("/")[0]
    elif item.key in _POD_ATTRS and item.value:
        pod.attrs[_POD_ATTRS[item.key]] = item.value
        pod.message_at = item.index if item.key in ("Message", "Reason") else pod.message_at
    if pod.index < 0 and item.key in ("Name", *_POD_ATTRS):
        pod.index = item.index


def _close_pod(document: Document, pod: _Pod) -> Iterator[Observation]:
    reason, message = str(pod.attrs.get("reason", "")), str(pod.attrs.get("message", ""))
    if "status" in pod.attrs:
        pod.attrs["phase"] = str(pod.attrs["status"]).partition(" ")[0]
    if reason or message:
        yield document.event(pod.message_at, "status", message, at=_NOW, reason=reason, refs=dict(pod.refs))
    if pod.index >= 0 and pod.attrs:
        yield document.state(pod.index, "Pod", dict(pod.attrs), pod.refs, _NOW)


def described_pod_refs(context: Context) -> dict[str, str]:
    """What the command says about the described pod."""
    name = context.command.object_name("pod", "pods", "po")
    refs = {"pod": name, "namespace": context.command.namespace}
    return {key: value for key, value in refs.items() if value}
