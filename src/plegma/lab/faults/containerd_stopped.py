"""containerd was stopped."""

from plegma.lab.effects import RuntimeStops
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="containerd-stopped",
    truth="containerd-stopped",
    layer="runtime",
    title="containerd was stopped",
    effects=(RuntimeStops(('time="{time}" level=info msg="Stop CRI service"', 'time="{time}" level=info msg="Event monitor stopped"')),),
    acceptable=("container-runtime-down",),
    profiles=("v1.28", "v1.36"),
)
