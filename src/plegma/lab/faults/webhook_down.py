"""An admission webhook has no endpoints."""

from plegma.lab.effects import NotCreated
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="webhook-down",
    truth="admission-webhook-unavailable",
    layer="control_plane",
    title="An admission webhook has no endpoints",
    effects=(
        NotCreated(
            'Internal error occurred: failed calling webhook "pods.policy.example.com": failed to call webhook: Post "https://policy.platform.svc:443/validate?timeout=10s": no endpoints available for service "policy"'
        ),
    ),
    profiles=("v1.28", "v1.36"),
    new_pods=True,
)
