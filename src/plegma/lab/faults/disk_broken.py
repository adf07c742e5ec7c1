"""A data disk of the node gives I/O errors."""

from plegma.lab.disks import Breakage
from plegma.lab.effects import DiskBreaks
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="disk-broken",
    truth="disk-io-errors",
    layer="storage",
    title="A data disk of the node gives I/O errors",
    effects=(DiskBreaks("data", Breakage.data),),
    begins=4000,
)
