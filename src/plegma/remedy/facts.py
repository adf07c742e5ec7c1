"""What is known of an action's object before it: each fact None when it could not be asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PodFacts:
    """A pod as the API has it. `peers_ready` are other ready pods of the same owner; `disruptions_allowed` is the tightest

    PodDisruptionBudget's, None when no budget covers the pod. `owner` is "ReplicaSet/web-7f9", "" for a bare pod.
    """

    exists: bool
    uid: str = ""
    node: str = ""
    owner: str = ""
    owner_ending: bool = False
    mirror: bool = False
    ready: bool = False
    peers_ready: int = 0
    disruptions_allowed: int | None = None
    local_data: tuple[str, ...] = ()
    ending: bool = False
    paused_by: str = ""


@dataclass(frozen=True, slots=True)
class WorkloadFacts:
    """A workload: its name once found, whether there is a revision to go back to, pods now and wanted."""

    exists: bool
    name: str = ""
    previous: bool = False
    ready: int = 0
    wanted: int = 0
    paused: bool = False
    paused_by: str = ""


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """A node of the cluster and the pods on it that a drain would meet."""

    exists: bool
    cordoned: bool = False
    bare_pods: tuple[str, ...] = ()
    local_data: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    pods: int = 0
    paused_by: str = ""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit on this node; `containers_survive` is None when it is not known whether a restart ends containers."""

    containers_survive: bool | None


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """A daemon on this node: its process and the kernel's letter for its state, 0 and "" when it was not found."""

    pid: int = 0
    state: str = ""


@dataclass(frozen=True, slots=True)
class SandboxFacts:
    """A sandbox as the runtime has it; `running` are its containers that run, `unknown` says why it could not be asked."""

    exists: bool
    ready: bool = False
    running: tuple[str, ...] = ()
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class AddressFacts:
    """Reservations of this node: `leaked` are files, each with its owner, whose sandbox the runtime does not list.

    They are older than the longest set-up of a sandbox.
    """

    reserved: int = 0
    leaked: tuple[tuple[str, str], ...] = ()
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class CheckpointFacts:
    """A dockershim checkpoint: is the file there, and does Docker know the container?"""

    exists: bool
    container: bool | None = None


Facts = PodFacts | WorkloadFacts | NodeFacts | UnitFacts | ProcessFacts | SandboxFacts | AddressFacts | CheckpointFacts


@dataclass(frozen=True, slots=True)
class Fleet:
    """The cluster at large: how many nodes, how many of them not Ready."""

    nodes: int
    unready: int
