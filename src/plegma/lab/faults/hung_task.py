"""A process hangs in the kernel: the server of its NFS mount is gone."""

from plegma.lab.effects import Says
from plegma.lab.scenarios import Fault

EL7 = """INFO: task df:2291 blocked for more than 120 seconds.
"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.
df              D ffff8f1b3fd1ac80     0  2291      1 0x00000084
Call Trace:
 [<ffffffffc05b1c60>] ? rpc_put_task+0x10/0x10 [sunrpc]
 [<ffffffffb6f67bc9>] schedule+0x29/0x70
 [<ffffffffc05b1c84>] rpc_wait_bit_killable+0x24/0xb0 [sunrpc]
 [<ffffffffb6f65f57>] __wait_on_bit+0x67/0x90
 [<ffffffffc05b3d04>] __rpc_execute+0x154/0x430 [sunrpc]
 [<ffffffffc06a2d1b>] nfs4_call_sync_sequence+0x6b/0xa0 [nfsv4]
 [<ffffffffc0664c2b>] nfs_statfs+0x6b/0x1a0 [nfs]"""
UBUNTU = """INFO: task df:2291 blocked for more than 120 seconds.
      Not tainted 6.8.0-60-generic #63-Ubuntu
"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.
task:df              state:D stack:0     pid:2291  tgid:2291  ppid:1      flags:0x00004002
Call Trace:
 <TASK>
 __schedule+0x27c/0x6b0
 schedule+0x33/0x110
 rpc_wait_bit_killable+0x11/0x80 [sunrpc]
 __wait_on_bit+0x42/0x110
 __rpc_execute+0x13d/0x500 [sunrpc]
 nfs4_call_sync_sequence+0x76/0xb0 [nfsv4]
 nfs_statfs+0x6e/0x1a0 [nfs]
 </TASK>"""

FAULT = Fault(
    name="hung-task",
    truth="storage-hang-dstate",
    layer="kernel",
    title="A process hangs in the kernel: the server of its NFS mount is gone",
    effects=(
        Says("kernel", ("nfs: server 10.9.0.30 not responding, still trying",)),
        Says("kernel", ({"docker": EL7, "containerd": UBUNTU},), 120, most=10),
    ),
    acceptable=("kernel-hung-task",),
    begins=4000,
)
