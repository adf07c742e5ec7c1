"""The registry has had too many pulls from here."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="registry-limit",
    truth="image-pull-rate-limit",
    layer="image",
    title="The registry has had too many pulls from here",
    effects=(
        CallFails(
            "PullImage",
            {
                "docker": "rpc error: code = Unknown desc = Error response from daemon: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limits",
                "containerd": 'failed to pull and unpack image "{image}": failed to copy: httpReadSeeker: failed open: unexpected status code https://{registry}/v2/{repository}/manifests/sha256:5f1b: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
            },
            after=1.2,
        ),
    ),
    new_pods=True,
)
