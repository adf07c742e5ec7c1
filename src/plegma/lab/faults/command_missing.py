"""The command is not in the image."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="command-missing",
    truth="container-command-not-found",
    layer="pod",
    title="The command is not in the image",
    effects=(
        CallFails(
            "StartContainer",
            {
                "docker": 'failed to start container "{container}": Error response from daemon: OCI runtime create failed: container_linux.go:348: starting container process caused "exec: \\"/srv/run-all\\": stat /srv/run-all: no such file or directory": unknown',
                "containerd": 'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/srv/run-all": stat /srv/run-all: no such file or directory: unknown',
            },
        ),
    ),
    new_pods=True,
)
