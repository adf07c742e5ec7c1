"""The record that each failure-mode file fills in.

A record is data: the engine decides what follows from it, the docs and `plegma explain` print it, and its own examples
are its unit test.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from plegma.model.texts import Text

Layer = Literal["pod", "image", "kubelet", "cri", "cni", "runtime", "kernel", "storage", "network", "control_plane"]
Role = Literal["cause", "mechanism", "symptom"]
Subject = Literal["Pod", "Container", "Node", "Volume", "Image", "Workload", "Cluster"]
Scope = Literal["container", "pod", "node", "cluster"]
Proof = Literal["states", "shows", "suggests"]
RiskLevel = Literal["none", "restart", "disruptive", "data-loss"]


class Signature(Struct, frozen=True):
    """A line that shows a mode.

    `pattern` is a regular expression (Python `re` syntax that hyperscan understands too: no look-around, no
    back-references), searched in the message. Named groups bind entities and use the keys of
    `plegma.model.observations.REF_KEYS`. `component` is who writes the line: "app" (a container's own output), "cni",
    "runtime" (containerd, dockerd, cri-o, runc), "kubelet", "kernel" (dmesg, audit), "systemd", "etcd", "apiserver",
    "controller" (kube-controller-manager, scheduler, replicaset-controller...), "network" (kube-proxy, coredns, CNI
    agents' own logs), "shell" (output of a command that a person ran), or "any". What a lower component writes is
    quoted by the higher ones (cni > runtime > kubelet > Kubernetes event > status message), and matches there too.
    `reason`, when given, is a regular expression that must match the whole Kubernetes reason (then only Kubernetes
    events and statuses match). `at_least` is the smallest total count of the series that is a finding. `signed`: the words
    are those of a library that many programs use, so that a line whose writer nobody knows says nothing of this one.

    `proof`: "states" - the line itself says that this is what is wrong; "shows" - it is the typical trace, little else
    writes it; "suggests" - it fits, and fits other modes too. `source` names where the wording comes from (file or
    issue); leave it empty when it could not be established, and the docs will say so.
    """

    pattern: str
    component: str = "any"
    proof: Proof = "shows"
    reason: str = ""
    at_least: int = 1
    source: str = ""
    signed: bool = False


class StateTest(Struct, frozen=True):
    """A row that shows a mode: kind and attributes as in `plegma.model.observations.ATTRS`.

    `where` maps attribute to test: ">=5", "<=0", ">0", "<3" compare numbers; "!x" says "not matching x"; anything else
    is a regular expression searched in the value's text (booleans read "true" and "false"). All must hold, and an
    absent attribute never holds. `at_least` is how many such rows (of distinct entities) it takes on one node, or, for
    subject Cluster, in the cluster.
    """

    kind: str
    where: Mapping[str, str]
    proof: Proof = "shows"
    at_least: int = 1


class Link(Struct, frozen=True):
    """What this mode leads to: the effect's id, what ties the two entities, how long it may take, and how it works.

    `scope`: "container" / "pod" - the same one; "node" - the effect is on that node or on a pod of it; "cluster" -
    anywhere. `within` is the longest delay in seconds between the cause's and the effect's onset (None: any).
    `strength`: 0..1, how reliably the effect follows when the cause is there.
    """

    effect: str
    scope: Scope
    mechanism: Text
    within: float | None = None
    strength: float = 0.8


class Refutation(Struct, frozen=True):
    """What, if seen on the same subject, speaks against the mode: a line, a row, or another mode's match."""

    because: Text
    pattern: str = ""
    component: str = "any"
    reason: str = ""
    state: StateTest | None = None
    mode: str = ""
    weight: float = 0.5


class Ask(Struct, frozen=True):
    """The one command whose output would decide.

    `command` may use {namespace} {pod} {pod_uid} {container} {node} {sandbox_id} {image} {volume}. `expect` says what
    in its output speaks for this mode. `separates` are the modes that it tells this one from. `evidence` is the id of
    the evidence kind (see `plegma.knowledge.evidence_kinds`) that this command yields; when a Scene already holds
    that kind, the ask is not reported as a gap.
    """

    command: str
    expect: Text
    separates: tuple[str, ...] = ()
    evidence: str = ""


class Remedy(Struct, frozen=True):
    """How to mend it: `command` is a template as in Ask ("" when it is not one command); `verify` proves that it worked.

    `action` names what `plegma fix` does instead where no command line says it ("release-addresses").
    """

    kind: Literal["temporary", "permanent"]
    text: Text
    risk: Text
    command: str = ""
    verify: str = ""
    risk_level: RiskLevel = "restart"
    action: str = ""


class Example(Struct, frozen=True):
    """A line in the real format, written by us. `component` as in an Event ("kubelet", "k8s-event", "kernel", ...)."""

    line: str
    component: str
    matches: bool
    reason: str = ""
    count: int = 1


def hit(component: str, line: str, reason: str = "", count: int = 1) -> Example:
    """A message that must match one of the mode's signatures."""
    return Example(line, component, True, reason, count)


def near_miss(component: str, line: str, reason: str = "", count: int = 1) -> Example:
    """A message that looks alike and must not match any signature of the mode."""
    return Example(line, component, False, reason, count)


class StateExample(Struct, frozen=True):
    """A State's kind and attributes with whether one of the mode's state tests must accept it."""

    kind: str
    attrs: Mapping[str, str | int | float | bool]
    matches: bool


class FailureMode(Struct, frozen=True):
    """One thing that can go wrong. The module's name is the id with "-" as "_"; its folder is the layer.

    `subject` is the kind of entity that has it: matches of one mode on one subject are one Match. `generic` marks a
    mode that only says "something below hangs or failed": it never outranks a specific mode that explains the same.
    `abductive`: the cause may be put forward from its effects alone although no line shows it; leave it False for
    causes that always leave their own line.
    """

    id: str
    layer: Layer
    role: Role
    subject: Subject
    title: Text
    summary: Text
    signatures: tuple[Signature, ...] = ()
    states: tuple[StateTest, ...] = ()
    leads_to: tuple[Link, ...] = ()
    refutes: tuple[Refutation, ...] = ()
    asks: tuple[Ask, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    examples: tuple[Example, ...] = ()
    state_examples: tuple[StateExample, ...] = ()
    versions: str = ""
    references: tuple[str, ...] = ()
    generic: bool = False
    abductive: bool = False
    benign: bool = False
    concepts: tuple[str, ...] = field(default=())
