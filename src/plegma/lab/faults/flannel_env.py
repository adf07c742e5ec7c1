"""flannel has not written its subnet file."""

from plegma.lab.effects import NetworkFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="flannel-env",
    truth="flannel-subnet-env-missing",
    layer="cni",
    title="flannel has not written its subnet file",
    effects=(NetworkFails("flannel", "loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory"),),
    new_pods=True,
)
