"""The node's range of pod addresses is used up."""

from plegma.lab.effects import AddressesHeld
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="ipam-full",
    truth="host-local-ipam-exhausted",
    layer="cni",
    title="The node's range of pod addresses is used up",
    effects=(AddressesHeld(),),
    new_pods=True,
)
