"""The claim names a StorageClass that does not exist, and is not bound."""

from plegma.lab.effects import ObjectEvents, Unschedulable
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="claim-unbound",
    truth="storageclass-missing",
    layer="storage",
    title="The claim names a StorageClass that does not exist, and is not bound",
    effects=(
        Unschedulable(
            "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."
        ),
        ObjectEvents(
            "PersistentVolumeClaim",
            "data",
            "persistentvolume-controller",
            "ProvisioningFailed",
            'storageclass.storage.k8s.io "fast-ssd" not found',
        ),
    ),
    acceptable=("pvc-not-bound",),
    profiles=("v1.28", "v1.36"),
    new_pods=True,
)
