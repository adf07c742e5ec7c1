"""The pod mounts a Secret that does not exist."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="secret-volume",
    truth="configmap-or-secret-missing",
    layer="pod",
    title="The pod mounts a Secret that does not exist",
    effects=(CallFails("MountVolumes", 'MountVolume.SetUp failed for volume "certs" : secret "{name}-tls" not found'),),
    new_pods=True,
)
