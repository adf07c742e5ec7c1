"""The pod asks for more CPU than any node has free."""

from plegma.lab.effects import Unschedulable
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="no-cpu",
    truth="unschedulable-insufficient-cpu",
    layer="pod",
    title="The pod asks for more CPU than any node has free",
    effects=(Unschedulable("0/3 nodes are available: 3 Insufficient cpu."),),
    acceptable=("unschedulable-insufficient-resources",),
    new_pods=True,
)
