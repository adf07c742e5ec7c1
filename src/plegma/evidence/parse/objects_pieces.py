"""Insides of objects as people paste them: a `status:` block, one container's state, a condition."""

from collections.abc import Iterator

from plegma.evidence.parse.objects_branches import Branch, Document
from plegma.evidence.parse.objects_facts import status_event
from plegma.evidence.parse.objects_node import node_condition
from plegma.evidence.parse.objects_pod import container_status, pod
from plegma.model.observations import Observation


def piece(thing: Branch, kind: str) -> Iterator[Observation]:
    """The observations of a piece; of whom it speaks is not known."""
    if kind == "PodStatus":
        yield from _pod_status(thing)
    elif kind == "ContainerStatus":
        yield from container_status(thing, {}, "", init=False)
    elif kind == "Condition":
        yield from _condition(thing)
    else:
        for condition in thing.items("conditions"):
            yield from _condition(condition)


def _condition(condition: Branch) -> Iterator[Observation]:
    """A node's condition is a row of its own, a pod's only speaks."""
    if condition.has("lastHeartbeatTime"):
        yield from node_condition(condition, {})
    elif condition.text("status") != "True" and (event := status_event(condition, {}, condition.text("lastTransitionTime"))):
        yield event


def _pod_status(thing: Branch) -> Iterator[Observation]:
    """Read as a pod that has nothing but this status."""
    whole = thing.document
    around = Document(whole.artifact, {"status": thing.value}, whole.lines, whole.first_line, hidden=1, base=thing.path)
    yield from pod(around.root, None)
