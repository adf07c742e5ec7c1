"""Node and Lease objects: the node's row, its conditions, and what they say."""

from collections.abc import Iterator, Mapping

from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_facts import condition_row, known, refs, state, status_event
from plegma.model.observations import Observation

_ZONES = ("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone")
_TYPES = ("node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type")
_POOLS = ("eks.amazonaws.com/nodegroup", "cloud.google.com/gke-nodepool", "kubernetes.azure.com/agentpool")
"""Well-known labels (kubernetes.io reference) and the clouds' own for a group of nodes."""


def node(thing: Branch) -> Iterator[Observation]:
    """All observations of one Node."""
    who = refs(node=thing.text("metadata", "name"))
    yield from _row(thing, who)
    for condition in thing.items("status", "conditions"):
        yield from node_condition(condition, who)


def _row(thing: Branch, who: Mapping[str, str]) -> Iterator[Observation]:
    info, spec = thing.at("status", "nodeInfo"), thing.at("spec")
    ready = next((c for c in thing.items("status", "conditions") if c.text("type") == "Ready"), None)
    cordoned = spec.flag("unschedulable")
    attrs = known(
        status=_status(ready, cordoned=cordoned),
        ready=ready.text("status") if ready else None,
        version=info.text("kubeletVersion"),
        runtime=info.text("containerRuntimeVersion"),
        kernel=info.text("kernelVersion"),
        os=info.text("osImage"),
        unschedulable=cordoned,
        taints=",".join(_taint(t) for t in spec.items("taints")),
        pod_cidr=spec.text("podCIDR"),
        zone=_label(thing, _ZONES),
        instance_type=_label(thing, _TYPES),
        pool=_label(thing, _POOLS),
    )
    shown = ready.at("status") if ready else thing.at("metadata", "name")
    yield state("Node", attrs, shown, who)


def _label(thing: Branch, names: tuple[str, ...]) -> str:
    labels = thing.at("metadata", "labels")
    return next((text for name in names if (text := labels.text(name))), "")


def _status(ready: Branch | None, *, cordoned: bool) -> str:
    """The STATUS column (printNode in pkg/printers/internalversion/printers.go): anything but True is NotReady."""
    words = ["Unknown" if ready is None else "Ready" if ready.text("status") == "True" else "NotReady"]
    return ",".join([*words, "SchedulingDisabled"] if cordoned else words)


def _taint(taint: Branch) -> str:
    key, value, effect = taint.text("key"), taint.text("value"), taint.text("effect")
    return f"{key}={value}:{effect}" if value else f"{key}:{effect}"


def node_condition(condition: Branch, who: Mapping[str, str]) -> Iterator[Observation]:
    """A condition's row and what it says."""
    yield condition_row(condition, who)
    if event := status_event(condition, who, condition.text("lastTransitionTime")):
        yield event


def lease(thing: Branch) -> Iterator[Observation]:
    """A Lease; those in kube-node-lease belong to the node of their name."""
    spec, namespace, name = thing.at("spec"), thing.text("metadata", "namespace"), thing.text("metadata", "name")
    who = refs(node=name) if namespace == "kube-node-lease" else refs(namespace=namespace, workload=f"lease/{name}")
    attrs = known(holder=spec.text("holderIdentity"), renewed=spec.text("renewTime"), duration=spec.number("leaseDurationSeconds"))
    yield state("Lease", attrs, spec.at("renewTime"), who)
