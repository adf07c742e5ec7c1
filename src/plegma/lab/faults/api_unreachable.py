"""The node cannot reach the API server."""

from plegma.lab.effects import ApiLost
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="api-unreachable",
    truth="kubelet-apiserver-unreachable",
    layer="kubelet",
    title="The node cannot reach the API server",
    effects=(ApiLost('Get "https://10.20.0.5:6443/api/v1/nodes": dial tcp 10.20.0.5:6443: i/o timeout'),),
    acceptable=("apiserver-unavailable", "control-plane-lb-down"),
    profiles=("v1.28", "v1.36"),
)
