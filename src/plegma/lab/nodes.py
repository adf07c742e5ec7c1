"""A node: its kubelet's state, its runtime, network and kernel, and what was logged."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plegma.agent.kubelets import Kubelet
from plegma.lab.cni.networks import Network
from plegma.lab.cri.runtimes import Runtime
from plegma.lab.kernels import Kernel


@dataclass(frozen=True, slots=True)
class Line:
    """Something said by a program: which statement with which values, or plain text (`what` empty)."""

    at: float
    what: str
    values: Mapping[str, str]


@dataclass(slots=True)
class Node:
    """Mutable: the driver's book-keeping. `horizon`: when something that is known now will change.

    `process`: which run of the kubelet this is; calls of an earlier one get no answer. `hung`: pods (UIDs) whose
    status call does not return. `plugins_ended`: how often libcni had to end one. `api_error`: what
    every call to the API server ends with, empty when it is reached. `renewed`, `reported`: when the lease was last renewed
    and the status last written; `renewals` counts. `due`: periodic turns that are planned already. `phase`: seconds by which its
    kubelet's periods are shifted; they run from its start.
    """

    name: str
    ip: str
    index: int
    kubelet: Kubelet
    network: Network
    runtime: Runtime = field(default_factory=Runtime)
    runs: bool = True
    logs: dict[str, list[Line]] = field(default_factory=lambda: {"kubelet": [], "runtime": [], "kernel": []})
    early: list[Line] = field(default_factory=list)
    turns: dict[str, int] = field(default_factory=dict)
    hung: set[str] = field(default_factory=set)
    horizon: float = float("inf")
    stopped: float | None = None
    lease_lost: float | None = None
    process: int = 0
    plugins_ended: int = 0
    phase: float = 0.0
    kernel: Kernel = field(default_factory=Kernel)
    api_error: str = ""
    renewed: float = 0.0
    renewals: int = 0
    reported: float = 0.0
    due: set[str] = field(default_factory=set)

    def tick(self, now: float, period: float) -> float:
        """The next moment of something that the kubelet does every `period` seconds, each period shifted by its own part of `phase`.

        A rounding error is no moment.
        """
        shift = self.phase * (1 + 0.618 * period) % period
        return ((now - shift + 1e-6) // period + 1) * period + shift
