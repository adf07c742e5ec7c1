"""The connection tracking table is full."""

from plegma.lab.effects import Says
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="conntrack",
    truth="conntrack-table-full",
    layer="kernel",
    title="The connection tracking table is full",
    effects=(Says("kernel", ("nf_conntrack: nf_conntrack: table full, dropping packet", "net_ratelimit: 218 callbacks suppressed"), 5),),
    begins=4800,
)
