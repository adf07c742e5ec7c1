"""The registry answers with a server error."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="registry-500",
    truth="image-registry-server-error",
    layer="image",
    title="The registry answers with a server error",
    effects=(
        CallFails(
            "PullImage",
            {
                "docker": "rpc error: code = Unknown desc = Error response from daemon: received unexpected HTTP status: 503 Service Unavailable",
                "containerd": 'failed to pull and unpack image "{image}": failed to resolve reference "{image}": unexpected status from HEAD request to https://{registry}/v2/{repository}/manifests/{tag}: 503 Service Unavailable',
            },
            after=1.2,
        ),
    ),
    new_pods=True,
)
