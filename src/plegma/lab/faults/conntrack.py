"""The connection tracking table is full."""

from plegma.lab.effects import FillsUp
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="conntrack",
    truth="conntrack-table-full",
    layer="kernel",
    title="The connection tracking table is full",
    effects=(FillsUp("conntrack", 0.0),),
    begins=4800,
)
