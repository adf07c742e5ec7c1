"""The pod asks for more memory than any node has free."""

from plegma.lab.effects import Unschedulable
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="no-memory",
    truth="unschedulable-insufficient-memory",
    layer="pod",
    title="The pod asks for more memory than any node has free",
    effects=(
        Unschedulable(
            "0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod."
        ),
    ),
    acceptable=("unschedulable-insufficient-resources",),
    profiles=("v1.28", "v1.36"),
    new_pods=True,
)
