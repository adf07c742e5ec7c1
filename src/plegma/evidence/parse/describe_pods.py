"""`kubectl describe pod`: the pod, its containers, what they died of, its events."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plegma.evidence.parse.blocks import Context, Document, Value
from plegma.evidence.parse.describe_items import Field, Happened, Item, Row
from plegma.evidence.parse.event_rows import event_of
from plegma.evidence.parse.references import refs_in
from plegma.evidence.parse.stamps import absolute, iso_utc
from plegma.evidence.parse.words import words_of
from plegma.model.observations import Event, Observation

POD_KEYS = words_of("State|Last State|Restart Count|Exit Code|Containers|Init Containers|QoS Class|Start Time|Container ID|Node-Selectors")
"""Keys that only a described pod has."""

_HOLDERS = {"Containers": False, "Init Containers": True, "Ephemeral Containers": False}
_STATE_KEYS = frozenset(("Reason", "Message", "Exit Code", "Signal", "Started", "Finished"))
_OF_CONTAINER = words_of(
    """
    State|Last State|Ready|Restart Count|Image|Image ID|Container ID|Port|Ports|Host Port|Host Ports|Limits|Requests|Command|Args
    |Environment|Mounts|Liveness|Readiness|Startup|Devices|Environment Variables from
    """
)
_NAMES_ITSELF = re.compile(
    r"Successfully assigned |for pod \"|failed container \S+ in pod |error syncing pod|[a-z0-9]_[a-z0-9-]+\([0-9a-f-]{32,36}\)"
)
_WAITING_IS_NO_REASON = frozenset(("", "PodInitializing"))


@dataclass
class _Status:
    """A State or Last State: its field and the fields that follow it."""

    head: Field
    details: dict[str, Field] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The value of a detail, "" when it is absent."""
        return self.details[key].value if key in self.details else ""

    @property
    def exit_code(self) -> int | None:
        """The exit code of a terminated container."""
        code = self.text("Exit Code")
        return int(code) if re.fullmatch(r"-?\d{1,10}", code) else None


@dataclass
class _Container:
    """A container's fields; `name` is empty where the text was cut above it."""

    index: int
    name: str = ""
    init: bool = False
    now: _Status | None = None
    last: _Status | None = None
    fields: dict[str, Field] = field(default_factory=dict)
    limit: str = ""


@dataclass
class _Pod:
    """The described pod, sorted out."""

    fields: dict[str, Field] = field(default_factory=dict)
    containers: list[_Container] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)
    conditions: list[Row] = field(default_factory=list)


def described_pod_refs(context: Context) -> dict[str, str]:
    """What the command says about the described pod."""
    refs = {"pod": context.command.object_name("pod", "pods", "po"), "namespace": context.command.namespace}
    return {key: value for key, value in refs.items() if value}


def pod_observations(document: Document, items: Sequence[Item], refs: Mapping[str, str]) -> Iterator[Observation]:
    """The observations of one described pod; `refs` are what the command says of it."""
    pod = _sorted_out(items)
    refs = {**_named_by_events(pod), **refs, **_refs(pod)}
    yield from _row(document, pod, refs)
    for container in pod.containers:
        yield from _container(document, container, refs)
    for row in pod.conditions:
        words = row.line.split()
        if len(words) >= 2 and words[1] in ("True", "False", "Unknown"):
            yield document.state(row.index, "Condition", {"type": words[0], "status": words[1]}, refs)
    for happened in pod.events:
        yield event_of(document, happened.index, happened.row, refs, happened.end)


class _Sorter:
    """Gives each field to the pod, to a container, or to a container's state, by what came before it."""

    def __init__(self) -> None:
        self.pod, self.holder, self.status, self.group = _Pod(), "", None, ""
        self.name_indent = -1

    holder: str
    status: _Status | None
    group: str

    def take(self, item: Field) -> None:
        """Puts one field where it belongs."""
        if self.status is not None and item.key in _STATE_KEYS:
            self.status.details.setdefault(item.key, item)
            return
        self.status = None
        if item.key in _HOLDERS and not item.value:
            self.holder, self.name_indent = item.key, -1
        elif self._names_container(item):
            self.name_indent = item.indent
            self.pod.containers.append(_Container(item.index, item.key, _HOLDERS[self.holder]))
        elif self._is_containers(item):
            self._of_container(item)
        elif item.indent == 0 or not self.pod.containers:
            self.holder = item.key
            self.pod.fields.setdefault(item.key, item)

    def _names_container(self, item: Field) -> bool:
        if self.holder not in _HOLDERS or item.value or item.key in _OF_CONTAINER:
            return False
        return self.name_indent in (-1, item.indent)

    def _is_containers(self, item: Field) -> bool:
        if item.key == "memory" and self.group == "Limits":
            return True
        return item.key in _OF_CONTAINER and (item.key != "Ready" or item.value in ("True", "False"))

    def _of_container(self, item: Field) -> None:
        container = self._current(item)
        self.group = item.key if not item.value else self.group
        if item.key == "State":
            container.now = self.status = _Status(item)
        elif item.key == "Last State":
            container.last = self.status = _Status(item)
        elif item.key == "memory":
            container.limit, self.group = item.value, ""
        else:
            container.fields.setdefault(item.key, item)

    def _current(self, item: Field) -> _Container:
        """The container that is being read; a second State where no name was seen begins another."""
        last = self.pod.containers[-1] if self.pod.containers else None
        if last is None or (item.key == "State" and last.now is not None):
            last = _Container(item.index)
            self.pod.containers.append(last)
        return last


def _sorted_out(items: Sequence[Item]) -> _Pod:
    sorter = _Sorter()
    for item in items:
        match item:
            case Field():
                sorter.take(item)
            case Happened():
                sorter.pod.events.append(item)
            case Row(section="Conditions"):
                sorter.pod.conditions.append(item)
            case _:
                pass
    return sorter.pod


def _refs(pod: _Pod) -> dict[str, str]:
    node = pod.fields["Node"].value.partition("/")[0] if "Node" in pod.fields else ""
    names = {"Name": "pod", "Namespace": "namespace"}
    refs = {ref: pod.fields[key].value for key, ref in names.items() if key in pod.fields}
    return {key: value for key, value in {**refs, "node": node}.items() if value not in ("", "<none>")}


def _named_by_events(pod: _Pod) -> dict[str, str]:
    """The pod as its events name it: all rows of one description speak of the same pod."""
    for happened in pod.events:
        if _NAMES_ITSELF.search(happened.row.message):
            found = refs_in(happened.row.message)
            return {key: found[key] for key in ("pod", "namespace", "pod_uid", "node") if key in found}
    return {}


_PLAIN = {
    "Reason": "reason",
    "Message": "message",
    "Controllers": "owner",
    "Controlled By": "owner",
    "QoS Class": "qos",
    "Priority Class Name": "priority_class",
}


def _row(document: Document, pod: _Pod, refs: Mapping[str, str]) -> Iterator[Observation]:
    attrs: dict[str, Value] = {attr: pod.fields[key].value for key, attr in _PLAIN.items() if key in pod.fields and pod.fields[key].value}
    if "Status" in pod.fields:
        attrs |= _phase(pod) | _counts(pod)
    if str(attrs.get("owner", "")).startswith("Node/"):
        attrs["static"] = True
    if attrs:
        yield document.state(_telling(pod, attrs), "Pod", attrs, refs)
    reason, message = (pod.fields.get(key) for key in ("Reason", "Message"))
    if shown := message or reason:
        yield document.status(shown.index, reason.value if reason else "", message.value if message else "", refs)


def _phase(pod: _Pod) -> dict[str, Value]:
    phase, _, rest = pod.fields["Status"].value.partition(" ")
    if phase == "Terminating":
        return {"status": phase, "deletion": rest.strip("()") or "yes"}
    return {"phase": phase, "status": _status(pod, phase)}


def _status(pod: _Pod, phase: str) -> str:
    """The STATUS column as kubectl computes it: see objects_pod_status.py."""
    status = pod.fields["Reason"].value if "Reason" in pod.fields and pod.fields["Reason"].value else phase
    inits = [container for container in pod.containers if container.init]
    for number, container in enumerate(inits):
        if container.now is not None and (container.now.head.value == "Running" or container.now.exit_code == 0):
            if container.now.head.value == "Running" and "Ready" in container.fields and container.fields["Ready"].value == "False":
                return f"Init:{number}/{len(inits)}"
            continue
        reason = container.now.text("Reason") if container.now else ""
        return f"Init:{number}/{len(inits)}" if reason in _WAITING_IS_NO_REASON else f"Init:{reason}"
    return _main_status(pod, status)


def _main_status(pod: _Pod, status: str) -> str:
    running = False
    for container in reversed([container for container in pod.containers if not container.init and container.now is not None]):
        assert container.now is not None
        if reason := container.now.text("Reason"):
            status = reason
        elif container.now.head.value == "Terminated":
            status = f"ExitCode:{container.now.exit_code or 0}"
        elif container.now.head.value == "Running":
            running = True
    return "Running" if status == "Completed" and running else status


def _counts(pod: _Pod) -> dict[str, Value]:
    main = [container for container in pod.containers if not container.init]
    if not main or any(container.now is None for container in main):
        return {}
    ready = sum(1 for container in main if "Ready" in container.fields and container.fields["Ready"].value == "True")
    restarts = sum(_restarts(container) or 0 for container in pod.containers)
    return {"ready": ready, "containers": len(main), "restarts": restarts}


def _restarts(container: _Container) -> int | None:
    text = container.fields["Restart Count"].value if "Restart Count" in container.fields else ""
    return int(text) if text.isdigit() else None


def _telling(pod: _Pod, attrs: Mapping[str, Value]) -> int:
    """The index of the line that shows the pod's status best."""
    for container in pod.containers:
        for status in (container.now, container.last):
            if status is not None and status.text("Reason") == attrs.get("status"):
                return status.details["Reason"].index
    return min(pod.fields[key].index for key in ("Reason", "Status", "Message", *_PLAIN) if key in pod.fields)


def _container(document: Document, container: _Container, refs: Mapping[str, str]) -> Iterator[Observation]:
    fields = {key: item.value for key, item in container.fields.items() if item.value}
    who = {**refs, "container": container.name}
    identity = {"container_id": fields.get("Container ID", "").rpartition("//")[2]}
    attrs: dict[str, Value | None] = {
        **_now(container.now),
        **_last(container.last),
        "restarts": _restarts(container),
        "ready": fields["Ready"] == "True" if "Ready" in fields else None,
        "init": container.init if container.name else None,
        "image": fields.get("Image"),
        "memory_limit": container.limit,
    }
    known = {key: value for key, value in attrs.items() if value is not None and value != ""}
    if known:
        yield document.state(_telling_line(container), "Container", known, {**who, **identity})
    for status in (container.now, container.last):
        if status is not None and (event := _said(document, status, who)):
            yield event


def _now(status: _Status | None) -> dict[str, Value | None]:
    if status is None:
        return {}
    return {
        "state": status.head.value, "reason": status.text("Reason"), "message": status.text("Message"), "exit_code": status.exit_code,
        "started": iso_utc(status.text("Started")), "finished": iso_utc(status.text("Finished")),
    }  # fmt: skip


def _last(status: _Status | None) -> dict[str, Value | None]:
    if status is None or not status.head.value:
        return {}
    return {
        "last_state": status.head.value, "last_reason": status.text("Reason"), "last_message": status.text("Message"),
        "last_exit_code": status.exit_code,
    }  # fmt: skip


def _telling_line(container: _Container) -> int:
    """The index of the line that shows why the container is of interest."""
    for key in ("Reason", "Exit Code"):
        for status in (container.now, container.last):
            if status is not None and key in status.details:
                return status.details[key].index
    count = container.fields.get("Restart Count")
    return count.index if count and count.value != "0" else container.now.head.index if container.now else container.index


def _said(document: Document, status: _Status, refs: Mapping[str, str]) -> Event | None:
    """What a state says: its reason and message, at the time when it ended or, while it lasts, began."""
    shown = status.details.get("Message") or status.details.get("Reason")
    if shown is None:
        return None
    at = absolute(status.text("Finished")) or absolute(status.text("Started"))
    return document.status(shown.index, status.text("Reason"), status.text("Message"), refs, at)
