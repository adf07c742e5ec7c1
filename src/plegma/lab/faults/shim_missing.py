"""The low-level runtime is not installed."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="shim-missing",
    truth="runtime-binary-missing",
    layer="runtime",
    title="The low-level runtime is not installed",
    effects=(
        CallFails(
            "RunPodSandbox",
            'rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/k8s.io/{sandbox}/log.json: no such file or directory): exec: "runc": executable file not found in $PATH: <nil>: unknown',
            all_pods=True,
        ),
    ),
    profiles=("v1.28", "v1.36"),
    new_pods=True,
)
