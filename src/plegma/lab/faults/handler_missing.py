"""The RuntimeClass names a handler that the runtime does not have."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="handler-missing",
    truth="runtime-handler-not-configured",
    layer="cri",
    title="The RuntimeClass names a handler that the runtime does not have",
    effects=(
        CallFails("RunPodSandbox", 'rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "gvisor" is configured'),
    ),
    profiles=("v1.28", "v1.36"),
    new_pods=True,
)
