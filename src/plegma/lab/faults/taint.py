"""No node has a taint that the pod tolerates."""

from plegma.lab.effects import Unschedulable
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="taint",
    truth="unschedulable-taint",
    layer="pod",
    title="No node has a taint that the pod tolerates",
    effects=(
        Unschedulable(
            "0/3 nodes are available: 3 node(s) had untolerated taint {dedicated: batch}. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."
        ),
    ),
    profiles=("v1.28", "v1.36"),
    new_pods=True,
)
