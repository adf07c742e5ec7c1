"""The file system on the volume is damaged."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-filesystem-corrupted",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("volume file system corrupted (fsck needed)", "ボリュームのファイルシステム破損(要 fsck)"),
    summary=Text(
        "The volume attaches, but its file system is damaged (two writers, power loss, storage fault): fsck cannot repair it by itself, or mount refuses the superblock.",
        "ボリュームはアタッチされるが、ファイルシステムが壊れている(二重書き込み、電源断、ストレージ障害)。fsck が自動修復できないか、mount がスーパーブロックを拒否する。",
    ),
    signatures=(
        Signature(r"fsck.{0,20}found errors (?:on device )?\S+ but could not correct them", "any", "states", source="k8s.io/mount-utils"),
        Signature(r"[Ss]tructure needs cleaning", "any", "states", source="strerror(EUCLEAN)"),
        Signature(r"UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY", "any", "states", source="e2fsck"),
        Signature(r"bad superblock on /dev/", "any", "states", source="util-linux mount"),
        Signature(r"can't read superblock", "any", "states", source="util-linux mount"),
        Signature(r"XFS \(\S+\): (?:Corruption warning|Metadata corruption detected|log mount/recovery failed)", "kernel", "states", source="fs/xfs"),
        Signature(r"EXT4-fs error \(device (?:rbd|nbd|nvme[1-9]|sd[b-z]|dm-)", "kernel", "suggests", source="fs/ext4: a device other than the first disk"),
    ),
    leads_to=(
        Link("volume-mount-failing", "pod", Text("mount or fsck ends with an error", "mount や fsck がエラーで終わる"), strength=0.9),
        Link("volume-mounted-read-only", "pod", Text("the kernel remounts it read-only", "カーネルが読み取り専用で再マウントする"), strength=0.4),
    ),
    asks=(Ask("dmesg -T | grep -iE 'ext4|xfs|I/O error' | tail; lsblk -f", Text("errors of the volume's device, and whether the device itself has I/O errors", "ボリュームのデバイスのエラーと、I/O エラーの有無"), ("node-filesystem-readonly", "disk-io-errors", "volume-filesystem-type-mismatch", "nfs-mount-failure", "csi-node-stage-failure", "filesystem-corruption"), "kernel-log"),),
    remedies=(
        Remedy("temporary", Text("stop the pod, take a snapshot, run fsck/xfs_repair by hand on the attached, unmounted device", "Pod を止め、スナップショットを取り、アンマウント状態のデバイスに fsck / xfs_repair を手動実行する"), Text("repairing may drop files: snapshot first", "修復でファイルが失われることがある。先にスナップショットを取る"), "e2fsck -fy /dev/<dev>   # XFS: xfs_repair /dev/<dev>", "mount /dev/<dev> /mnt && umount /mnt", "data-loss"),
        Remedy("permanent", Text("fencing so that a volume never has two writers, backups, healthy storage", "二重書き込みを防ぐフェンシング、バックアップ、健全なストレージ"), Text("none", "なし"), verify="dmesg -T | grep -c 'EXT4-fs error'", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "mount: /x/globalmount: can't read superblock on /dev/vdc.", "FailedMount"),
        hit("k8s-event", "'fsck' found errors on device /dev/nvme2n1 but could not correct them: fsck from util-linux 2.36", "FailedMount"),
        hit("k8s-event", "mount: /var/lib/kubelet/plugins/x/globalmount: mount(2) system call failed: Structure needs cleaning.", "FailedMount"),
        hit("", "/dev/rbd0: UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY."),
        hit("k8s-event", "mount: /x/globalmount: wrong fs type, bad option, bad superblock on /dev/nvme2n1, missing codepage or helper program, or other error.", "FailedMount"),
        hit("kernel", "XFS (dm-4): Metadata corruption detected at xfs_agf_read_verify+0x70, xfs_agf block 0x1"),
        hit("kernel", "EXT4-fs error (device rbd0): ext4_lookup:1700: inode #2: comm ls: deleted inode referenced: 12"),
        near_miss("k8s-event", "mount: wrong fs type, bad option, bad superblock on nas.lab.example:/srv/data, missing codepage or helper program", "FailedMount"),
        near_miss("k8s-event", "failed to mount the volume as \"xfs\", it already contains ext4. Mount error: mount failed: exit status 32", "FailedMount"),
    ),
    versions="all",
    references=("https://man7.org/linux/man-pages/man8/e2fsck.8.html", "https://github.com/kubernetes/mount-utils"),
)
