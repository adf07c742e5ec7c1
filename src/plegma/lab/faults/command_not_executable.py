"""The entry point has no execute bit."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="command-not-executable",
    truth="container-exec-permission-denied",
    layer="pod",
    title="The entry point has no execute bit",
    effects=(
        CallFails(
            "StartContainer",
            {
                "docker": 'failed to start container "{container}": Error response from daemon: OCI runtime create failed: container_linux.go:348: starting container process caused "exec: \\"/app/start.sh\\": permission denied": unknown',
                "containerd": 'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/app/start.sh": permission denied: unknown',
            },
        ),
    ),
    new_pods=True,
)
