"""DEL never reaches the IPAM plugin: every pod that goes leaves its address behind, until none is left."""

from plegma.lab.effects import AddressesLeak, PodsReplaced
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="ipam-leak",
    truth="host-local-ipam-exhausted",
    layer="cni",
    title="Addresses of pods that are gone are not given back, until none is left",
    effects=(AddressesLeak(60), PodsReplaced(45)),
    begins=600,
    temporary_fix="remove reservations under /var/lib/cni/networks whose sandboxes are gone",
    permanent_fix="mend the plugin (or the runtime's call of DEL), so that addresses are given back",
)
