"""containerd was restarted an hour ago."""

from plegma.lab.effects import RuntimeStops
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="transient-runtime",
    truth="no-fault",
    layer="runtime",
    title="containerd was restarted an hour ago",
    effects=(RuntimeStops(),),
    lasts=50,
    begins=1800,
    profiles=("v1.28", "v1.36"),
)
