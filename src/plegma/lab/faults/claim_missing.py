"""The claim does not exist."""

from plegma.lab.effects import Unschedulable
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="claim-missing",
    truth="pvc-missing",
    layer="storage",
    title="The claim does not exist",
    effects=(
        Unschedulable(
            '0/3 nodes are available: persistentvolumeclaim "data" not found. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.'
        ),
    ),
    profiles=("v1.28", "v1.36"),
    new_pods=True,
)
