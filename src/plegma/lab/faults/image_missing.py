"""The tag is not in the registry."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="image-missing",
    truth="image-not-found",
    layer="image",
    title="The tag is not in the registry",
    effects=(
        CallFails(
            "PullImage",
            {
                "docker": "rpc error: code = Unknown desc = Error response from daemon: manifest for {image} not found",
                "containerd": 'rpc error: code = NotFound desc = failed to pull and unpack image "{image}": failed to resolve reference "{image}": {image}: not found',
            },
            after=1.2,
        ),
    ),
    new_pods=True,
)
