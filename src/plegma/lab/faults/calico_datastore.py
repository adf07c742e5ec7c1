"""The calico plugin cannot reach its datastore."""

from plegma.lab.effects import NetworkFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="calico-datastore",
    truth="calico-datastore-unreachable",
    layer="cni",
    title="The calico plugin cannot reach its datastore",
    effects=(
        NetworkFails(
            "calico",
            'error getting ClusterInformation: Get "https://10.96.0.1:443/apis/crd.projectcalico.org/v1/clusterinformations/default": dial tcp 10.96.0.1:443: i/o timeout',
        ),
    ),
    acceptable=("service-vip-unreachable",),
    new_pods=True,
)
