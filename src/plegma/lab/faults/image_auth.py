"""The registry wants credentials that the pod does not have."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="image-auth",
    truth="image-pull-auth",
    layer="image",
    title="The registry wants credentials that the pod does not have",
    effects=(
        CallFails(
            "PullImage",
            {
                "docker": "rpc error: code = Unknown desc = Error response from daemon: unauthorized: authentication required",
                "containerd": 'failed to pull and unpack image "{image}": failed to resolve reference "{image}": pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
            },
            after=1.2,
        ),
    ),
    acceptable=("image-pull-secret-missing",),
    new_pods=True,
)
