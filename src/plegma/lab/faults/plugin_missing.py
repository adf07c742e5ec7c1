"""A plugin that the configuration names is not installed."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="plugin-missing",
    truth="cni-binary-missing",
    layer="cni",
    title="A plugin that the configuration names is not installed",
    effects=(
        CallFails(
            "RunPodSandbox",
            {
                "docker": 'rpc error: code = Unknown desc = failed to set up sandbox container "{sandbox}" network for pod "{pod}": NetworkPlugin cni failed to set up pod "{pod}_{namespace}" network: failed to find plugin "bandwidth" in path [/opt/cni/bin]',
                "containerd": 'rpc error: code = Unknown desc = failed to setup network for sandbox "{sandbox}": plugin type="bandwidth" failed (add): failed to find plugin "bandwidth" in path [/opt/cni/bin]',
            },
            all_pods=True,
        ),
    ),
    new_pods=True,
)
