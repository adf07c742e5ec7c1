"""No node has the label that the pod wants."""

from plegma.lab.effects import Unschedulable
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="node-selector",
    truth="unschedulable-node-selector",
    layer="pod",
    title="No node has the label that the pod wants",
    effects=(
        Unschedulable(
            "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."
        ),
    ),
    acceptable=("unschedulable-no-matching-node",),
    profiles=("v1.28", "v1.36"),
    new_pods=True,
)
