"""The node's disk is full and pods are evicted."""

from plegma.lab.effects import ResourceShort
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="disk-full",
    truth="disk-pressure-eviction",
    layer="storage",
    title="The node's disk is full and pods are evicted",
    effects=(
        ResourceShort("disk", "The node was low on resource: ephemeral-storage. Threshold quantity: 10452011130, available: 9871204Ki. "),
    ),
    begins=4800,
)
