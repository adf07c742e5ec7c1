"""A plugin that the configuration names is not installed."""

from plegma.lab.effects import PluginMissing
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="plugin-missing",
    truth="cni-binary-missing",
    layer="cni",
    title="A plugin that the configuration names is not installed",
    effects=(PluginMissing("bandwidth"),),
    new_pods=True,
)
