"""The journal of the runtime's disk cannot be written, and its file system becomes read-only."""

from plegma.lab.disks import Breakage
from plegma.lab.effects import DiskBreaks
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="disk-read-only",
    truth="node-filesystem-readonly",
    layer="storage",
    title="The journal of the runtime's disk cannot be written, and its file system becomes read-only",
    effects=(DiskBreaks("runtime", Breakage.journal),),
    acceptable=("disk-io-errors",),
    new_pods=True,
)
