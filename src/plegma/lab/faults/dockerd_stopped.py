"""dockerd was stopped."""

from plegma.lab.effects import RuntimeStops
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="dockerd-stopped",
    truth="dockerd-stopped",
    layer="runtime",
    title="dockerd was stopped",
    effects=(
        RuntimeStops(
            (
                'time="{time}" level=info msg="Processing signal \'terminated\'"',
                'time="{time}" level=info msg="stopping event stream following graceful shutdown" error="<nil>" module=libcontainerd namespace=moby',
            )
        ),
    ),
    acceptable=("cri-dockerd-stopped", "container-runtime-down"),
    profiles=("v1.12",),
)
