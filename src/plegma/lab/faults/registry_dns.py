"""The registry's name does not resolve."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="registry-dns",
    truth="image-pull-dns-failure",
    layer="image",
    title="The registry's name does not resolve",
    effects=(
        CallFails(
            "PullImage",
            {
                "docker": "rpc error: code = Unknown desc = Error response from daemon: Get https://{registry}/v2/: dial tcp: lookup {registry} on 10.9.0.2:53: no such host",
                "containerd": 'failed to pull and unpack image "{image}": failed to resolve reference "{image}": failed to do request: Head "https://{registry}/v2/{repository}/manifests/{tag}": dial tcp: lookup {registry} on 10.9.0.2:53: no such host',
            },
            after=1.2,
        ),
    ),
    new_pods=True,
)
