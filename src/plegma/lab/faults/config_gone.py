"""The CNI configuration is gone."""

from plegma.lab.effects import NetworkMissing
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="config-gone",
    truth="cni-config-missing",
    layer="cni",
    title="The CNI configuration is gone",
    effects=(
        NetworkMissing(
            {
                "docker": "docker: network plugin is not ready: cni config uninitialized",
                "containerd": "Network plugin returns error: cni plugin not initialized",
            }
        ),
    ),
    new_pods=True,
)
