"""The image runs as root where the pod forbids it."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="run-as-root",
    truth="run-as-non-root-violation",
    layer="pod",
    title="The image runs as root where the pod forbids it",
    effects=(
        CallFails(
            "CreateContainer",
            'container has runAsNonRoot and image will run as root (pod: "{pod}_{namespace}({uid})", container: {name})',
            "CreateContainerConfigError",
        ),
    ),
    profiles=("v1.28", "v1.36"),
    new_pods=True,
)
