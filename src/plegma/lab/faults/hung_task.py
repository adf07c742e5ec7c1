"""A process of the node hangs in the kernel: the server of its NFS mount is gone."""

from plegma.lab.effects import TaskHangs
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="hung-task",
    truth="storage-hang-dstate",
    layer="kernel",
    title="A process hangs in the kernel: the server of its NFS mount is gone",
    effects=(TaskHangs("10.9.0.30", "df"),),
    acceptable=("kernel-hung-task",),
    begins=4000,
)
