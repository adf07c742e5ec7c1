"""A CNI plugin never returns."""

from plegma.lab.effects import PluginHangs
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="plugin-hangs",
    truth="cni-plugin-hang-or-lock",
    layer="cni",
    title="A CNI plugin never returns",
    effects=(PluginHangs(),),
    acceptable=("cri-name-reserved-inflight",),
    new_pods=True,
)
