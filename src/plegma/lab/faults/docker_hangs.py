"""docker answers no call."""

from plegma.lab.effects import RuntimeHangs
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="docker-hangs",
    truth="docker-hang",
    layer="runtime",
    title="docker answers no call",
    effects=(RuntimeHangs(),),
    acceptable=("container-runtime-down", "cri-call-timeout"),
    profiles=("v1.12",),
)
