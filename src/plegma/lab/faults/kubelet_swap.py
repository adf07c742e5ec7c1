"""Swap is on and the kubelet refuses to start."""

from plegma.lab.effects import KubeletStops
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="kubelet-swap",
    truth="kubelet-swap-on",
    layer="kubelet",
    title="Swap is on and the kubelet refuses to start",
    effects=(
        KubeletStops(
            (
                'E run.go:72] "command failed" err="failed to run Kubelet: running with swap on is not supported, please disable swap or set --fail-swap-on flag to false"',
            ),
            (
                "kubelet.service: Main process exited, code=exited, status=1/FAILURE",
                "kubelet.service: Failed with result 'exit-code'.",
                "kubelet.service: Scheduled restart job, restart counter is at 14.",
            ),
            10,
        ),
    ),
    profiles=("v1.28", "v1.36"),
)
