"""The kubelet was away for three minutes."""

from plegma.lab.effects import KubeletStops
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="transient-kubelet",
    truth="no-fault",
    layer="kubelet",
    title="The kubelet was away for three minutes",
    effects=(KubeletStops(),),
    lasts=180,
    begins=1800,
)
