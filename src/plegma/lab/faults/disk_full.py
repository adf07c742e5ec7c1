"""The node's disk is full and pods are evicted."""

from plegma.lab.effects import FillsUp
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="disk-full",
    truth="disk-pressure-eviction",
    layer="storage",
    title="The node's disk is full and pods are evicted",
    effects=(FillsUp("disk", 0.08),),
    begins=4800,
)
