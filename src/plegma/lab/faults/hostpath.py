"""The host path is not of the type that the pod wants."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="hostpath",
    truth="hostpath-type-check-failed",
    layer="storage",
    title="The host path is not of the type that the pod wants",
    effects=(
        CallFails(
            "MountVolumes",
            'MountVolume.SetUp failed for volume "sock" : hostPath type check failed: /var/run/agent.sock is not a socket file',
        ),
    ),
    new_pods=True,
)
