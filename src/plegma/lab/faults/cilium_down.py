"""The cilium agent does not answer on its socket."""

from plegma.lab.effects import NetworkFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="cilium-down",
    truth="cilium-agent-down",
    layer="cni",
    title="The cilium agent does not answer on its socket",
    effects=(
        NetworkFails(
            "cilium-cni",
            'unable to connect to Cilium agent: failed to create cilium agent client after 30.000000 seconds timeout: Get "http://localhost/v1/config": dial unix /var/run/cilium/cilium.sock: connect: no such file or directory',
        ),
    ),
    new_pods=True,
    profiles=("v1.28", "v1.36"),
)
