"""A disk of the node vanished from the kernel or answers no request."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="disk-device-lost",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("a disk of the node vanished or answers no more", "ノードのディスクが消失した、または応答しない"),
    summary=Text(
        "Not single bad sectors but the whole device: the NVMe controller went down, the SCSI device is offline, all paths are dead, the SD card does not answer, a cloud volume was detached under the node. Every request fails or waits for its time-out; the file systems on it shut down or go read-only.",
        "不良セクターではなくデバイス全体の問題。NVMe コントローラーの停止、SCSI デバイスの offline、全パスの喪失、SD カードの無応答、クラウドボリュームの切り離しなどにより、すべての要求が失敗またはタイムアウトし、その上のファイルシステムは停止または読み取り専用になる。",
    ),
    signatures=(
        Signature(r"nvme nvme\d+: (controller is down; will reset|Device not ready; aborting|Removing after probe failure|Disabling device after reset failure)", component="kernel", proof="states", source="drivers/nvme/host/pci.c"),
        Signature(r"nvme nvme\d+: I/O (tag )?\d+.{0,60}timeout, (reset|disable) controller", component="kernel", source="drivers/nvme/host/pci.c"),
        Signature(r"timeout, completion polled", component="kernel", proof="suggests", source="drivers/nvme/host/pci.c"),
        Signature(r"rejecting I/O to (offline|dead) device", component="kernel", proof="states", source="drivers/scsi/scsi_lib.c"),
        Signature(r"Device offlined - not ready after error recovery", component="kernel", proof="states", source="drivers/scsi/scsi_error.c"),
        Signature(r"device-mapper: multipath: .{0,24}Failing path", component="kernel", proof="suggests", source="drivers/md/dm-mpath.c"),
        Signature(r"mmc\d+: (error -\d+ whilst|Timeout waiting for hardware interrupt|cache flush error)|mmcblk\d+: (error -\d+|timed out|recovery failed!)", component="kernel", source="drivers/mmc"),
        Signature(r"\bata\d+(\.\d+)?: (disabled|SATA link down|COMRESET failed)", component="kernel", proof="suggests", source="drivers/ata/libata"),
        Signature(r"SMART overall-health self-assessment test result: FAILED", component="shell", proof="states", source="smartctl"),
    ),
    leads_to=(
        Link("disk-io-errors", "node", Text("every request to the device fails", "デバイスへのすべての要求が失敗する"), strength=0.8),
        Link("node-filesystem-readonly", "node", Text("the file system cannot write its journal", "ファイルシステムがジャーナルを書けない"), strength=0.6),
        Link("filesystem-corruption", "node", Text("lost writes leave the file system inconsistent", "失われた書き込みによりファイルシステムが不整合になる"), strength=0.3),
        Link("disk-io-saturation", "node", Text("each time-out holds the queue up for half a minute", "タイムアウトのたびにキューが 30 秒ほど滞る"), strength=0.4),
        Link("kernel-hung-task", "node", Text("processes wait for requests that do not come back", "返ってこない要求をプロセスが待つ"), strength=0.6),
        Link("etcd-slow-disk", "node", Text("fsync takes seconds or fails", "fsync に数秒かかる、または失敗する"), strength=0.4),
        Link("pleg-unhealthy", "node", Text("runtime calls wait for the disk", "ランタイムの呼び出しがディスクを待つ"), strength=0.4),
        Link("node-not-ready", "node", Text("kubelet or runtime cannot read or write their data", "kubelet・ランタイムがデータを読み書きできない"), strength=0.5),
        Link("node-status-unknown", "node", Text("the root disk is gone: nothing runs any more", "ルートディスクが失われ何も動かない"), strength=0.4),
    ),
    asks=(
        Ask("dmesg -T | grep -E 'nvme|scsi|sd[a-z]|ata[0-9]|mmc' | tail -40; lsblk -o NAME,SIZE,TYPE,MOUNTPOINT,STATE; smartctl -a /dev/DISK; nvme smart-log /dev/nvme0  # on {node}",
            Text("the device is missing from lsblk or offline; errors in its own log mean the device, none there the path, controller or cloud volume", "lsblk にデバイスがない、または offline。デバイス自身の記録にエラーがあればデバイス、なければパス・コントローラー・クラウドボリュームの問題"),
            ("disk-io-errors", "disk-io-saturation", "storage-hang-dstate", "node-filesystem-readonly", "filesystem-corruption"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("cordon the node, drain what still moves; a reboot or re-attach may bring the device back", "ノードを cordon し、移動できる Pod を drain する。再起動や再アタッチで戻ることもある"), Text("pods with local volumes lose their data if the device is dead", "デバイスが故障していればローカルボリュームのデータは失われる"),
               "kubectl cordon {node}; kubectl drain {node} --ignore-daemonsets --delete-emptydir-data --force", "lsblk  # on {node}", "data-loss"),
        Remedy("permanent", Text("replace the disk or the node; RAID or replicated storage; SMART alarm; for cloud NVMe volumes nvme_core.io_timeout=4294967295; firmware update", "ディスクまたはノードの交換、RAID・複製ストレージ、SMART の監視、クラウドの NVMe では nvme_core.io_timeout=4294967295、ファームウェア更新"), Text("data on the disk is lost", "ディスク上のデータは失われる"), "", "dmesg -T | grep -cE 'controller is down|offline device'  # on {node}", "data-loss"),
    ),
    examples=(
        hit("kernel", "nvme nvme0: controller is down; will reset: CSTS=0xffffffff, PCI_STATUS=0x10"),
        hit("kernel", "nvme nvme0: I/O tag 12 (000c) opcode 0x2 (I/O Cmd) QID 3 timeout, reset controller"),
        hit("kernel", "nvme nvme0: I/O 12 QID 3 timeout, completion polled"),
        hit("kernel", "sd 2:0:0:0: rejecting I/O to offline device"),
        hit("kernel", "sd 2:0:0:0: Device offlined - not ready after error recovery"),
        hit("kernel", "device-mapper: multipath: 253:3: Failing path 8:16."),
        hit("kernel", "mmcblk0: error -110 transferring data, sector 12, nr 8, cmd response 0x900"),
        hit("kernel", "ata3.00: disabled"),
        hit("shell", "SMART overall-health self-assessment test result: FAILED!"),
        near_miss("kernel", "blk_update_request: critical medium error, dev sda, sector 111222333 op 0x0:(READ)"),
        near_miss("kernel", "nvme nvme0: 8/0/0 default/read/poll queues"),
        near_miss("kernel", "sd 2:0:0:0: [sdb] Attached SCSI disk"),
        near_miss("kernel", "INFO: task jbd2/sda1-8:311 blocked for more than 120 seconds."),
    ),
    versions="all",
    references=("https://docs.aws.amazon.com/ebs/latest/userguide/nvme-ebs-volumes.html", "https://docs.kernel.org/admin-guide/device-mapper/index.html"),
)
