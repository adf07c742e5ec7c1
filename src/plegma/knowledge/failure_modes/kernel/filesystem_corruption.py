"""A file system of the node is corrupt."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="filesystem-corruption",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("a file system of the node is corrupt (ext4, xfs, btrfs)", "ノードのファイルシステムが破損している(ext4 / xfs / btrfs)"),
    summary=Text(
        "The kernel found impossible metadata, or a check before the mount found errors that it must not mend by itself. XFS shuts the file system down (every access gives EIO), ext4 goes read-only or on, and \"Structure needs cleaning\" comes back for some files. Causes: power loss, a failing disk, a volume mounted twice.",
        "カーネルが不正なメタデータを検出した、またはマウント前の検査で自動修復できないエラーが見つかった。XFS はファイルシステムを停止し(以後すべて EIO)、ext4 は読み取り専用になるか続行し、一部のファイルで \"Structure needs cleaning\" が返る。原因は電源断、ディスク故障、二重マウントなど。",
    ),
    signatures=(
        Signature(r"XFS \([^)]+\): (Corruption (of in-memory data.{0,30} )?detected|Metadata (corruption|CRC error) detected|Internal error|Corruption warning)", component="kernel", proof="states", source="fs/xfs/xfs_error.c"),
        Signature(r"XFS \([^)]+\): (xfs_do_force_shutdown|.{0,60}Shutting down filesystem|Please (u|unm)mount the filesystem|Unmount and run xfs_repair|Log I/O Error|log I/O error)", component="kernel", proof="states", source="fs/xfs/xfs_fsops.c"),
        Signature(r"XFS .{0,40}Shutting down filesystem", reason=r"XfsShutdown|XfsHasShutDown|FilesystemIsCorrupted", proof="states", source="node-problem-detector"),
        Signature(r"EXT4-fs error \(device [^)]+\): ", component="kernel", proof="suggests", source="fs/ext4/super.c"),
        Signature(r"EXT4-fs error ", reason=r"Ext4Error", source="node-problem-detector config/kernel-monitor.json"),
        Signature(r"/var/(lib|log)/(docker|containerd|kubelet|containers|rancher|etcd|pods)\S*: [Ss]tructure needs cleaning", proof="states", source="strerror(EUCLEAN) on a path of the node itself"),
        Signature(r"BTRFS (critical|error) \(device [^)]+\): .{0,60}(corrupt|csum failed|checksum|bad tree block|parent transid verify failed)", component="kernel", proof="states", source="fs/btrfs"),
    ),
    leads_to=(
        Link("node-filesystem-readonly", "node", Text("ext4 with errors=remount-ro goes read-only", "errors=remount-ro の ext4 は読み取り専用になる"), strength=0.6),
        Link("volume-mount-failing", "node", Text("a volume with such a file system is not mounted", "そのファイルシステムのボリュームはマウントされない"), strength=0.6),
        Link("image-store-corrupted", "node", Text("parts of the runtime's store cannot be read", "ランタイムのデータの一部を読めない"), strength=0.4),
        Link("container-cannot-run", "node", Text("root file systems cannot be made or read", "root ファイルシステムを作成・読み取りできない"), strength=0.4),
        Link("node-not-ready", "node", Text("kubelet and runtime cannot use their directories", "kubelet とランタイムがディレクトリを使えない"), strength=0.4),
        Link("node-boot-failed", "node", Text("the boot stops at the file-system check", "起動がファイルシステム検査で止まる"), strength=0.3),
        Link("app-error-exit", "node", Text("applications get EIO or EUCLEAN on their volume", "アプリケーションがボリュームで EIO・EUCLEAN を受け取る"), strength=0.3),
    ),
    asks=(
        Ask("dmesg -T | grep -E 'XFS|EXT4-fs|BTRFS|I/O error' | tail -40; findmnt -o TARGET,SOURCE,FSTYPE,OPTIONS | grep -E 'ro,|/var/lib'  # on {node}",
            Text("I/O errors of the disk before it: the disk is the cause; none: power loss or a double mount", "直前にディスクの I/O エラーがあればディスクが原因、なければ電源断や二重マウント"),
            ("disk-io-errors", "node-filesystem-readonly", "disk-device-lost", "image-store-corrupted", "volume-filesystem-corrupted"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("scale the workload down, take a snapshot of the volume, check it while unmounted (xfs_repair, e2fsck)", "ワークロードを停止し、スナップショット取得後、アンマウントした状態で検査・修復する(xfs_repair・e2fsck)"), Text("repair can drop files; xfs_repair -L throws the log away", "修復によりファイルが失われることがある。xfs_repair -L はログを破棄する"),
               "e2fsck -f /dev/DISK  # or xfs_repair /dev/DISK; on {node}, unmounted", "mount /dev/DISK /mnt && ls /mnt  # on {node}", "data-loss"),
        Remedy("permanent", Text("replace a failing disk, rebuild the node's runtime directory, no hard power-offs, volumes with one attachment only", "故障ディスクの交換、ランタイムディレクトリの再構築、強制電源断の防止、単一アタッチの徹底"), Text("images are pulled again", "イメージを再取得する"), "", "dmesg -T | grep -cE 'EXT4-fs error|XFS.*orruption'  # on {node}", "data-loss"),
    ),
    examples=(
        hit("kernel", "XFS (dm-3): Metadata corruption detected at xfs_agf_verify+0x7f/0x140 [xfs], xfs_agf block 0x1"),
        hit("kernel", "XFS (sdb): Corruption of in-memory data (0x8) detected at xfs_defer_finish_noroll+0x2d1 (fs/xfs/libxfs/xfs_defer.c:580).  Shutting down filesystem."),
        hit("kernel", "XFS (sdb): xfs_do_force_shutdown(0x2) called from line 1196 of file fs/xfs/xfs_log.c"),
        hit("k8s-event", "XFS (sdb): Log I/O Error Detected. Shutting down filesystem.", reason="XfsShutdown"),
        hit("kernel", "EXT4-fs error (device sda2): ext4_lookup:1700: inode #131: comm containerd: deleted inode referenced: 9911"),
        hit("k8s-event", "EXT4-fs error (device sda2): ext4_find_entry:1455", reason="Ext4Error"),
        hit("kubelet", "lstat /var/lib/kubelet/pods/5c1d/volumes: structure needs cleaning"),
        hit("kernel", "BTRFS critical (device sdb1): corrupt leaf: root=2 block=1 slot=1"),
        near_miss("kernel", "EXT4-fs (sda1): mounted filesystem with ordered data mode. Opts: (null)"),
        near_miss("k8s-event", "mount: /var/lib/kubelet/plugins/x/globalmount: wrong fs type, bad option, bad superblock on /dev/sdc", reason="FailedMount"),
        near_miss("kernel", "XFS (sdb): Ending clean mount"),
        near_miss("pod-log", "touch: cannot touch '/data/x': Read-only file system"),
        near_miss("k8s-event", "mount: wrong fs type; mount.nfs: access denied by server while mounting 10.0.0.9:/exports", reason="FailedMount"),
    ),
    versions="all",
    references=("https://man7.org/linux/man-pages/man8/xfs_repair.8.html", "https://docs.kernel.org/filesystems/ext4/index.html"),
)
