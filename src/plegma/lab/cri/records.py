"""What a runtime holds: sandboxes and containers, and the answer to a call."""

from dataclasses import dataclass

from plegma.agent.pods import Exit, PodSpec


@dataclass(slots=True)
class SandboxRow:
    """A sandbox. `checkpoint_only`: its container is gone, dockershim's file still names it. `spec`: whose it is.

    `ended`: when it stopped being ready.
    """

    id: str
    uid: str
    created: float
    attempt: int
    ip: str
    ready: bool = True
    checkpoint_only: bool = False
    network_mode: str = "POD"
    spec: PodSpec | None = None
    ended: float | None = None


@dataclass(slots=True)
class ContainerRow:
    """A container; `state`: Created, Running or Exited. `spec`: whose it is."""

    id: str
    uid: str
    sandbox: str
    attempt: int
    created: float
    state: str = "Created"
    started: float = 0.0
    exit: Exit | None = None
    removing: bool = False
    spec: PodSpec | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ends: seconds taken, and an error or what a success tells; `runtime_log` goes into the runtime's log.

    `sandbox`: the row that RunPodSandbox made, or left behind where it failed.
    """

    took: float
    error: str = ""
    reason: str = ""
    detail: str = ""
    runtime_log: str = ""
    sandbox: SandboxRow | None = None
