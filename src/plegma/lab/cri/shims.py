"""A pod's shim: the process between containerd and the pod's containers, which outlives containerd."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shim:
    """containerd-shim-runc-v2 of a sandbox: one for all containers of a pod (runtime/v2/runc/manager, grouped by sandbox id)."""

    pid: int
    sandbox: str
    uid: str
