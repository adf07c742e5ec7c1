"""Containers hang in the kernel while they write to an NFS mount whose server is gone, and cannot be killed."""

from plegma.lab.effects import PodsReplaced, TaskHangs
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="hung-container",
    truth="storage-hang-dstate",
    layer="kernel",
    title="Containers hang in the kernel, writing to an NFS mount whose server is gone, and cannot be killed",
    effects=(TaskHangs("10.9.0.31"), PodsReplaced(900)),
    acceptable=("kernel-hung-task",),
)
