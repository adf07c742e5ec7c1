"""A node: its kubelet's state, what the runtime has, and what was logged."""

from dataclasses import dataclass, field

from plegma.agent.kubelets import Kubelet
from plegma.agent.pods import Container, Exit, PodRecords, RuntimeStatus, Sandbox
from plegma.lab.kernels import Kernel


@dataclass(slots=True)
class SandboxRow:
    """A sandbox in the runtime; `checkpoint_only`: its container is gone, dockershim's file still names it."""

    id: str
    uid: str
    created: float
    attempt: int
    ip: str
    ready: bool = True
    checkpoint_only: bool = False
    network_mode: str = "POD"


@dataclass(slots=True)
class ContainerRow:
    """A container in the runtime; `state`: Created, Running or Exited."""

    id: str
    uid: str
    sandbox: str
    attempt: int
    created: float
    state: str = "Created"
    started: float = 0.0
    exit: Exit | None = None
    removing: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Something said by a program: which statement with which values, or plain text (`what` empty)."""

    at: float
    what: str
    values: dict[str, str]


@dataclass(slots=True)
class Node:
    """Mutable: the driver's book-keeping. `horizon`: when something that is known now will change.

    `process`: which run of the kubelet this is; calls of an earlier one get no answer. `plugin_timeout`: seconds after
    which libcni ends a plugin that does not return, 0 where it waits for ever. `images`: bytes by name. `api_error`: what
    every call to the API server ends with, empty when it is reached. `renewed`, `reported`: when the lease was last renewed
    and the status last written; `renewals` counts. `due`: periodic turns that are planned already.
    """

    name: str
    ip: str
    index: int
    kubelet: Kubelet
    runs: bool = True
    sandboxes: dict[str, list[SandboxRow]] = field(default_factory=dict)
    containers: dict[str, list[ContainerRow]] = field(default_factory=dict)
    logs: dict[str, list[Line]] = field(default_factory=lambda: {"kubelet": [], "runtime": [], "kernel": []})
    early: list[Line] = field(default_factory=list)
    turns: dict[str, int] = field(default_factory=dict)
    reserved: dict[str, str] = field(default_factory=dict)
    hung: set[str] = field(default_factory=set)
    horizon: float = float("inf")
    stopped: float | None = None
    lease_lost: float | None = None
    addresses: int = 1
    process: int = 0
    plugin_timeout: float = 0.0
    plugins_ended: int = 0
    kernel: Kernel = field(default_factory=Kernel)
    images: dict[str, int] = field(default_factory=dict)
    api_error: str = ""
    renewed: float = 0.0
    renewals: int = 0
    reported: float = 0.0
    due: set[str] = field(default_factory=set)

    def status(self, uid: str) -> RuntimeStatus:
        """What a relist finds of a pod."""
        rows = sorted(self.sandboxes.get(uid, ()), key=lambda r: -r.created)
        sandboxes = tuple(Sandbox(r.id, r.ready, r.attempt, r.ip, r.network_mode) for r in rows)
        rows_of = self.containers.get(uid)
        newest = rows_of[-1] if rows_of else None
        if newest is None or newest.state == "Created":
            return RuntimeStatus(sandboxes)
        return RuntimeStatus(sandboxes, Container(newest.id, newest.attempt, newest.started, newest.state == "Running", newest.exit))

    def records(self) -> tuple[PodRecords, ...]:
        """All that the runtime holds, pod by pod."""
        return tuple(PodRecords(uid, self.status(uid).sandboxes, self._containers(uid)) for uid in {**self.sandboxes, **self.containers})

    def _containers(self, uid: str) -> tuple[Container, ...]:
        rows = self.containers.get(uid, ())
        return tuple(Container(r.id, r.attempt, r.started, r.state == "Running", r.exit, r.sandbox) for r in rows)
