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
                {
                    "docker": "Stopping kubelet: The Kubernetes Node Agent...",
                    "containerd": "Stopping kubelet.service - kubelet: The Kubernetes Node Agent...",
                },
                {"docker": "Stopped kubelet: The Kubernetes Node Agent.", "containerd": "kubelet.service: Deactivated successfully."},
                {
                    "docker": "kubelet.service: Unit entered inactive state.",
                    "containerd": "Stopped kubelet.service - kubelet: The Kubernetes Node Agent.",
                },
            )
        ),
    ),
)
