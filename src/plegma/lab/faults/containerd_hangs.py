"""containerd answers no call."""

from plegma.lab.effects import RuntimeHangs
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="containerd-hangs",
    truth="containerd-hang",
    layer="runtime",
    title="containerd answers no call",
    effects=(RuntimeHangs(),),
    acceptable=("container-runtime-down", "cri-call-timeout"),
    profiles=("v1.28", "v1.36"),
)
