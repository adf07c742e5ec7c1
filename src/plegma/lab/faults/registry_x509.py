"""The registry's certificate is signed by an authority that the node does not know."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="registry-x509",
    truth="image-pull-x509",
    layer="image",
    title="The registry's certificate is signed by an authority that the node does not know",
    effects=(
        CallFails(
            "PullImage",
            {
                "docker": "rpc error: code = Unknown desc = Error response from daemon: Get https://{registry}/v2/: x509: certificate signed by unknown authority",
                "containerd": 'failed to pull and unpack image "{image}": failed to resolve reference "{image}": failed to do request: Head "https://{registry}/v2/{repository}/manifests/{tag}": tls: failed to verify certificate: x509: certificate signed by unknown authority',
            },
            after=1.2,
        ),
    ),
    new_pods=True,
)
