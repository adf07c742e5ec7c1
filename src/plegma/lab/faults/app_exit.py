"""The application ends with status 1 soon after its start."""

from plegma.lab.effects import ContainerExits
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="app-exit",
    truth="app-exits-nonzero",
    layer="pod",
    title="The application ends with status 1 soon after its start",
    effects=(ContainerExits(1, 3, says=("starting", "config: key LISTEN_ADDR is not set", "giving up")),),
    acceptable=("app-config-error", "app-error-exit"),
    permanent_fix="mend the application or its configuration",
)
