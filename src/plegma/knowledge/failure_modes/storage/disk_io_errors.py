"""The node's disk reports I/O errors."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="disk-io-errors",
    layer="storage",
    role="cause",
    subject="Node",
    title=Text("disk hardware or path errors", "ディスク(ハードウェア/経路)の I/O エラー"),
    summary=Text(
        "The kernel reports failed reads, writes or time-outs of a block device: failing disk, lost cloud or SAN path, overfilled thin pool. What follows is slowness, corruption or a read-only file system.",
        "カーネルがブロックデバイスの読み書き失敗やタイムアウトを記録している(ディスク故障、クラウド/SAN 経路の断、thin pool の枯渇)。その結果、遅延、データ破損、読み取り専用化が起きる。",
    ),
    signatures=(
        Signature(r"blk_update_request: (?:I/O|critical (?:medium|target)) error", "kernel", "states", source="block layer (to 5.15)"),
        Signature(r"print_req_error: (?:I/O|critical (?:medium|target)) error", "kernel", "states", source="block layer (4.x)"),
        Signature(r"I/O error, dev \w+, sector", "kernel", "states", source="block layer (newer)"),
        Signature(r"critical (?:medium|target) error, dev", "kernel", "states", source="block layer (newer)"),
        Signature(r"Buffer I/O error on dev", "kernel", "states", source="fs/buffer.c"),
        Signature(r"nvme nvme\d+: I/O \d+ .{0,30}timeout", "kernel", "shows", source="drivers/nvme"),
        Signature(r"ata\d+\.\d+: exception Emask", "kernel", "shows", source="libata"),
        Signature(r"\[ ?\d+\]waiting for \d+ commands to complete for scsi\d+", "kernel", "shows", source="drivers/scsi/megaraid: the controller does not answer"),
        Signature(r"pending commands remain after waiting, will reset adapter", "kernel", "states", source="drivers/scsi/megaraid"),
        Signature(r"XFS \(\S+\): (?:metadata|log) I/O error", "kernel", "states", source="fs/xfs"),
        Signature(r"XFS \(\S+\): Corruption of in-memory data", "kernel", "states", source="fs/xfs"),
    ),
    leads_to=(
        Link("disk-io-saturation", "node", Text("each retry takes seconds", "再試行のたびに数秒かかる"), strength=0.3),
        Link("image-store-corrupted", "node", Text("blobs or metadata are read back wrong", "blob やメタデータが正しく読めない"), strength=0.2),
        Link("volume-filesystem-corrupted", "node", Text("the volume's file system is damaged", "ボリュームのファイルシステムが壊れる"), strength=0.2),
    ),
    refutes=(
        Refutation(Text("the errors have already made the node's file system read-only: that is then the fault to mend first", "エラーの結果すでにノードのファイルシステムが読み取り専用になっており、まずそちらを修復すべきである"), mode="node-filesystem-readonly", weight=0.7),
    ),
    asks=(Ask("dmesg -T | grep -iE 'I/O error|ata[0-9]|nvme|EXT4-fs error|XFS'; smartctl -a /dev/<disk>", Text("errors of the disk that holds / or /var, or of a volume", "/ や /var、またはボリュームのディスクのエラー"), ("disk-io-saturation", "node-filesystem-readonly", "storage-hang-dstate"), "kernel-log"),),
    remedies=(
        Remedy("temporary", Text("drain the node; reattach or replace the disk", "ノードを drain し、ディスクを再接続・交換する"), Text("local data may be lost", "ローカルデータが失われる可能性がある"), "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data", "dmesg -T | tail", "data-loss"),
        Remedy("permanent", Text("replace hardware, redundant paths, watch SMART and node-problem-detector", "ハードウェア交換、経路冗長化、SMART と node-problem-detector による監視"), Text("none", "なし"), verify="smartctl -H /dev/<disk>", risk_level="none"),
    ),
    examples=(
        hit("kernel", "blk_update_request: I/O error, dev sdb, sector 20971520 op 0x1:(WRITE) flags 0x800 phys_seg 1 prio class 0"),
        hit("kernel", "print_req_error: I/O error, dev sdb, sector 20971520"),
        hit("kernel", "critical medium error, dev sdb, sector 20971520 op 0x0:(READ) flags 0x80700"),
        hit("kernel", "XFS (dm-4): Corruption of in-memory data (0x8) detected at xfs_defer_finish_noroll.  Shutting down filesystem"),
        hit("kernel", "Buffer I/O error on dev sdb1, logical block 2621184, lost async page write"),
        hit("kernel", "nvme nvme1: I/O 318 QID 3 timeout, aborting"),
        hit("kernel", "ata3.00: exception Emask 0x0 SAct 0x0 SErr 0x0 action 0x6 frozen"),
        hit("kernel", 'XFS (dm-4): metadata I/O error in "xfs_trans_read_buf_map" at daddr 0x40 len 32 error 5'),
        hit("kernel", "megaraid_sas 0000:18:00.0: [45]waiting for 12 commands to complete for scsi2"),
        hit("kernel", "megaraid_sas 0000:18:00.0: pending commands remain after waiting, will reset adapter scsi2."),
        near_miss("kernel", "megaraid_sas 0000:18:00.0: Init cmd success"),
        near_miss("kernel", "EXT4-fs (sda1): mounted filesystem with ordered data mode. Opts: (null)"),
        near_miss("kernel", "Memory cgroup out of memory: Killed process 4410 (java)"),
    ),
    versions="all",
    references=("https://www.kernel.org/doc/html/latest/block/index.html",),
)
