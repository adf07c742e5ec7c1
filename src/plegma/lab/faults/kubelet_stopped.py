"""The kubelet was stopped."""

from plegma.lab.effects import KubeletStops
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="kubelet-stopped",
    truth="kubelet-stopped",
    layer="kubelet",
    title="The kubelet was stopped",
    effects=(
        KubeletStops(
            unit=(
                "Stopping kubelet: The Kubernetes Node Agent...",
                "kubelet.service: Succeeded.",
                "Stopped kubelet: The Kubernetes Node Agent.",
            )
        ),
    ),
)
