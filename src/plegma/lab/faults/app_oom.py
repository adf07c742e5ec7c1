"""The container outgrows its memory limit and the kernel kills it."""

from plegma.lab.effects import MemoryGrows
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="app-oom",
    truth="app-oomkilled",
    layer="pod",
    title="The container outgrows its memory limit and the kernel kills it",
    effects=(MemoryGrows(),),
)
