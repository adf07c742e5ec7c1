"""The node's disk gives I/O errors."""

from plegma.lab.effects import Says
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="disk-broken",
    truth="disk-io-errors",
    layer="storage",
    title="The node's disk gives I/O errors",
    effects=(
        Says(
            "kernel",
            (
                "blk_update_request: I/O error, dev sdb, sector 48211904 op 0x1:(WRITE) flags 0x800 phys_seg 4 prio class 0",
                "Buffer I/O error on dev sdb1, logical block 6026488, lost async page write",
                "EXT4-fs warning (device sdb1): ext4_end_bio:343: I/O error 10 writing to inode 1311012 starting block 6026489)",
            ),
            40,
        ),
    ),
    begins=4000,
)
