"""The bridge kept the address of an earlier network."""

from plegma.lab.effects import NetworkFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="bridge-address",
    truth="cni-bridge-address-mismatch",
    layer="cni",
    title="The bridge kept the address of an earlier network",
    effects=(NetworkFails("bridge", 'failed to set bridge addr: "cni0" already has an IP address different from 10.40.0.1/24'),),
    new_pods=True,
)
