"""The calico plugin's token has run out."""

from plegma.lab.effects import NetworkFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="calico-token",
    truth="calico-cni-token-unauthorized",
    layer="cni",
    title="The calico plugin's token has run out",
    effects=(NetworkFails("calico", "error getting ClusterInformation: connection is unauthorized: Unauthorized"),),
    new_pods=True,
    profiles=("v1.28", "v1.36"),
)
