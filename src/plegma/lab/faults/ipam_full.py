"""The node's range of pod addresses is used up."""

from plegma.lab.effects import NetworkFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="ipam-full",
    truth="host-local-ipam-exhausted",
    layer="cni",
    title="The node's range of pod addresses is used up",
    effects=(NetworkFails("bridge", "failed to allocate for range 0: no IP addresses available in range set: 10.40.0.1-10.40.0.254"),),
    new_pods=True,
)
