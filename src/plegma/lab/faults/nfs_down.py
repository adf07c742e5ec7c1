"""The NFS server does not answer."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="nfs-down",
    truth="nfs-mount-failure",
    layer="storage",
    title="The NFS server does not answer",
    effects=(
        CallFails(
            "MountVolumes",
            'MountVolume.SetUp failed for volume "shared" : mount failed: exit status 32\nMounting command: mount\nMounting arguments: -t nfs 10.9.0.40:/export/shared /var/lib/kubelet/pods/{uid}/volumes/kubernetes.io~nfs/shared\nOutput: mount.nfs: Connection timed out',
            after=30,
        ),
    ),
    new_pods=True,
)
