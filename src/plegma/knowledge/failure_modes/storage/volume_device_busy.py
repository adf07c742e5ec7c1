"""The volume's block device is held by something else on the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-device-busy",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("the volume's device is held by something else on the node", "ボリュームのデバイスがノード上の別のものに占有されている"),
    summary=Text(
        "The device is there, but mount or mkfs gets EBUSY: multipathd made a map over it (Longhorn, iSCSI and other SCSI disks without a rule in multipath.conf), LVM or mdraid took it up at boot, or another mount namespace still has it mounted.",
        "デバイスは存在するが、mount や mkfs が EBUSY になる。multipathd がデバイスを map に取り込んだ(multipath.conf に除外のない Longhorn や iSCSI などの SCSI ディスク)、起動時に LVM や mdraid が取り込んだ、または別のマウント名前空間でまだマウントされている。",
    ),
    signatures=(
        Signature(r"mount: .{0,400}/dev/\S+ (?:is )?already mounted or (?:mount point|\S+) busy", "any", "states", source="util-linux mount: EBUSY"),
        Signature(r"/dev/\S+ is apparently in use by the system; will not make a filesystem here", "any", "states", source="e2fsprogs misc/util.c check_mount"),
        Signature(r"mkfs\.xfs: cannot open /dev/\S+: Device or resource busy", "any", "states", source="xfsprogs libxfs"),
    ),
    leads_to=(
        Link("volume-mount-failing", "pod", Text("the mount of the device is refused", "デバイスのマウントが拒否される"), strength=0.95),
        Link("csi-node-stage-failure", "pod", Text("the driver's NodeStageVolume ends with mount's error", "ドライバーの NodeStageVolume が mount のエラーで終わる"), strength=0.6),
    ),
    asks=(
        Ask("lsblk -o NAME,TYPE,SIZE,MOUNTPOINTS; multipath -ll; grep -l DEVICE /proc/[0-9]*/mountinfo  # on {node}", Text("a map (mpathX) or LVM volume over the disk, or a process that still has it mounted", "ディスク上に map(mpathX)や LVM がある、またはまだマウントしているプロセスがある"), ("mount-leak-device-busy", "volume-multi-attach", "volume-device-not-found", "volume-filesystem-corrupted", "iscsi-login-failure")),
    ),
    remedies=(
        Remedy("temporary", Text("release the holder: flush the unused multipath map, or end the process that still has it mounted; the kubelet retries", "占有を解除する(未使用の multipath map を flush、またはマウントを残すプロセスを終了)。kubelet は自動で再試行する"), Text("flushing the map of a disk that is in use loses its writes", "使用中ディスクの map を flush すると書き込みが失われる"), "multipath -f MAP  # on {node}", "kubectl -n {namespace} get pod {pod}", "data-loss"),
        Remedy("permanent", Text("exclude the driver's disks in multipath.conf (or switch multipathd off where nothing needs it), and a filter in lvm.conf", "multipath.conf でドライバーのディスクを除外し(不要なら multipathd を無効化)、lvm.conf にフィルターを設定する"), Text("disks that really have several paths must stay in", "本当に複数経路のディスクは除外しない"), verify="multipath -ll  # on {node}", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'MountVolume.MountDevice failed for volume "pvc-5c" : rpc error: code = Internal desc = mount failed: exit status 32 Mounting command: mount Mounting arguments: -t ext4 -o defaults /dev/longhorn/pvc-5c /var/lib/kubelet/plugins/kubernetes.io/csi/pv/pvc-5c/globalmount Output: mount: /var/lib/kubelet/plugins/kubernetes.io/csi/pv/pvc-5c/globalmount: /dev/longhorn/pvc-5c already mounted or mount point busy.', "FailedMount"),
        hit("kubelet", "mount failed: exit status 32 Output: mount: /dev/sdc is already mounted or /mnt busy"),
        hit("pod-log", "mke2fs 1.45.5: /dev/longhorn/pvc-5c is apparently in use by the system; will not make a filesystem here!"),
        hit("pod-log", "mkfs.xfs: cannot open /dev/sdf: Device or resource busy"),
        near_miss("kubelet", "umount: /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~csi/pvc-5c/mount: target is busy."),
        near_miss("kubelet", "mount failed: exit status 32 Output: mount: wrong fs type, bad option, bad superblock on /dev/sdc"),
    ),
    versions="all",
    references=("https://longhorn.io/kb/troubleshooting-volume-with-multipath/", "https://man7.org/linux/man-pages/man2/mount.2.html"),
)
