"""The shim of a running pod was killed, and its containers with it: no log tells that from a pause container that was killed."""

from plegma.lab.effects import ShimDies
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="shim-killed",
    truth="containerd-shim-killed",
    layer="runtime",
    title="The shim of a running pod was killed, and its containers with it",
    effects=(ShimDies(),),
    acceptable=("pause-container-dead", "sandbox-container-missing"),
    begins=5000,
    profiles=("v1.28", "v1.36"),
)
