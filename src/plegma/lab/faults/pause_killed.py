"""The pause container of a running pod was killed."""

from plegma.lab.effects import SandboxDies
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="pause-killed",
    truth="pause-container-dead",
    layer="cri",
    title="The pause container of a running pod was killed",
    effects=(SandboxDies(),),
    acceptable=("sandbox-container-missing",),
    begins=5000,
)
