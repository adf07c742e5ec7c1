"""`kubectl describe pod`: the pod, its containers, what they died of, its events."""

import re
from collections.abc import Iterator, Mapping, Sequence

from plegma.evidence.parse.blocks import Context, Document, Value
from plegma.evidence.parse.describe_items import Item
from plegma.evidence.parse.described_pods import Container, DescribedPod, Status, sorted_out
from plegma.evidence.parse.event_rows import event_of
from plegma.evidence.parse.numbers import whole_number
from plegma.evidence.parse.references import refs_in
from plegma.evidence.parse.stamps import absolute, iso_utc
from plegma.evidence.parse.words import words_of
from plegma.model.observations import Event, Observation

POD_KEYS = words_of("State|Last State|Restart Count|Exit Code|Containers|Init Containers|QoS Class|Start Time|Container ID|Node-Selectors")
"""Keys that only a described pod has."""

_NAMES_ITSELF = re.compile(
    r"Successfully assigned |for pod \"|failed container \S+ in pod |error syncing pod|[a-z0-9]_[a-z0-9-]+\([0-9a-f-]{32,36}\)"
)
_WAITING_IS_NO_REASON = frozenset(("", "PodInitializing"))


def described_pod_refs(context: Context) -> dict[str, str]:
    """What the command says about the described pod."""
    refs = {"pod": context.command.object_name("pod", "pods", "po"), "namespace": context.command.namespace}
    return {key: value for key, value in refs.items() if value}


def pod_observations(document: Document, items: Sequence[Item], refs: Mapping[str, str]) -> Iterator[Observation]:
    """The observations of one described pod; `refs` are what the command says of it."""
    pod = sorted_out(items)
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


def _refs(pod: DescribedPod) -> dict[str, str]:
    node = pod.fields["Node"].value.partition("/")[0] if "Node" in pod.fields else ""
    names = {"Name": "pod", "Namespace": "namespace"}
    refs = {ref: pod.fields[key].value for key, ref in names.items() if key in pod.fields}
    return {key: value for key, value in {**refs, "node": node}.items() if value not in ("", "<none>")}


def _named_by_events(pod: DescribedPod) -> dict[str, str]:
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


def _row(document: Document, pod: DescribedPod, refs: Mapping[str, str]) -> Iterator[Observation]:
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


def _phase(pod: DescribedPod) -> dict[str, Value]:
    phase, _, rest = pod.fields["Status"].value.partition(" ")
    if phase == "Terminating":
        return {"status": phase, "deletion": rest.strip("()") or "yes"}
    return {"phase": phase, "status": _status(pod, phase)}


def _status(pod: DescribedPod, phase: str) -> str:
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


def _main_status(pod: DescribedPod, status: str) -> str:
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


def _counts(pod: DescribedPod) -> dict[str, Value]:
    main = [container for container in pod.containers if not container.init]
    if not main or any(container.now is None for container in main):
        return {}
    ready = sum(1 for container in main if "Ready" in container.fields and container.fields["Ready"].value == "True")
    restarts = sum(_restarts(container) or 0 for container in pod.containers)
    return {"ready": ready, "containers": len(main), "restarts": restarts}


def _restarts(container: Container) -> int | None:
    text = container.fields["Restart Count"].value if "Restart Count" in container.fields else ""
    return whole_number(text)


def _telling(pod: DescribedPod, attrs: Mapping[str, Value]) -> int:
    """The index of the line that shows the pod's status best."""
    for container in pod.containers:
        for status in (container.now, container.last):
            if status is not None and status.text("Reason") == attrs.get("status"):
                return status.details["Reason"].index
    return min(pod.fields[key].index for key in ("Reason", "Status", "Message", *_PLAIN) if key in pod.fields)


def _container(document: Document, container: Container, refs: Mapping[str, str]) -> Iterator[Observation]:
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


def _now(status: Status | None) -> dict[str, Value | None]:
    if status is None:
        return {}
    return {
        "state": status.head.value, "reason": status.text("Reason"), "message": status.text("Message"), "exit_code": status.exit_code,
        "started": iso_utc(status.text("Started")), "finished": iso_utc(status.text("Finished")),
    }  # fmt: skip


def _last(status: Status | None) -> dict[str, Value | None]:
    if status is None or not status.head.value:
        return {}
    return {
        "last_state": status.head.value, "last_reason": status.text("Reason"), "last_message": status.text("Message"),
        "last_exit_code": status.exit_code,
    }  # fmt: skip


def _telling_line(container: Container) -> int:
    """The index of the line that shows why the container is of interest."""
    for key in ("Reason", "Exit Code"):
        for status in (container.now, container.last):
            if status is not None and key in status.details:
                return status.details[key].index
    count = container.fields.get("Restart Count")
    return count.index if count and count.value != "0" else container.now.head.index if container.now else container.index


def _said(document: Document, status: Status, refs: Mapping[str, str]) -> Event | None:
    """What a state says: its reason and message, at the time when it ended or, while it lasts, began."""
    shown = status.details.get("Message") or status.details.get("Reason")
    if shown is None:
        return None
    at = absolute(status.text("Finished")) or absolute(status.text("Started"))
    return document.status(shown.index, status.text("Reason"), status.text("Message"), refs, at)
