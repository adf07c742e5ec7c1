"""The CSI driver is not registered on the node."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="csi-missing",
    truth="csi-driver-not-registered",
    layer="storage",
    title="The CSI driver is not registered on the node",
    effects=(
        CallFails(
            "MountVolumes",
            'MountVolume.MountDevice failed for volume "{volume}" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name disk.csi.example.com not found in the list of registered CSI drivers',
        ),
    ),
    profiles=("v1.28", "v1.36"),
    new_pods=True,
)
