"""A process hangs in the kernel."""

from plegma.lab.effects import Says
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="hung-task",
    truth="kernel-hung-task",
    layer="kernel",
    title="A process hangs in the kernel",
    effects=(
        Says(
            "kernel",
            (
                "INFO: task kworker/u8:3:2291 blocked for more than 120 seconds.",
                "      Not tainted 6.8.0-60-generic #63-Ubuntu",
                '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.',
            ),
            120,
        ),
    ),
    acceptable=("storage-hang-dstate", "kernel-dstate-memory-reclaim"),
    begins=4000,
)
