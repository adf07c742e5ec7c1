"""The claim is not bound to a volume."""

from plegma.lab.effects import Unschedulable
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="claim-unbound",
    truth="pvc-not-bound",
    layer="storage",
    title="The claim is not bound to a volume",
    effects=(
        Unschedulable(
            "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."
        ),
    ),
    profiles=("v1.36",),
    new_pods=True,
)
