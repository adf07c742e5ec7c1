"""The registry refuses connections."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="registry-down",
    truth="image-registry-unreachable",
    layer="image",
    title="The registry refuses connections",
    effects=(
        CallFails(
            "PullImage",
            {
                "docker": "rpc error: code = Unknown desc = Error response from daemon: Get https://{registry}/v2/: dial tcp 10.9.0.4:443: connect: connection refused",
                "containerd": 'failed to pull and unpack image "{image}": failed to resolve reference "{image}": failed to do request: Head "https://{registry}/v2/{repository}/manifests/{tag}": dial tcp 10.9.0.4:443: connect: connection refused',
            },
            after=1.2,
        ),
    ),
    new_pods=True,
)
