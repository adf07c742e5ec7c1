"""The API server refuses connections from the node."""

from plegma.lab.effects import ApiLost
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="api-refuses",
    truth="apiserver-unavailable",
    layer="control_plane",
    title="The API server refuses connections from the node",
    effects=(ApiLost('Get "https://10.20.0.5:6443/api/v1/nodes": dial tcp 10.20.0.5:6443: connect: connection refused'),),
    acceptable=("kubelet-apiserver-unreachable",),
    profiles=("v1.28", "v1.36"),
)
