"""The volume has, or wants, a file system that does not fit."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-filesystem-type-mismatch",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("file system type mismatch or missing mkfs/driver", "ファイルシステム種別の不一致、または mkfs / ドライバー不足"),
    summary=Text(
        "fsType of the volume differs from what is on the disk, or the node lacks the kernel module or the mkfs program for it.",
        "ボリュームの fsType がディスク上の実際と異なる、またはノードに必要なカーネルモジュールや mkfs がない。",
    ),
    signatures=(
        Signature(r"failed to mount the volume as \\*\"?\w+\\*\"?, it already contains", "any", "states", source="k8s.io/mount-utils"),
        Signature(r"unknown filesystem type '?\w+", "any", "states", source="util-linux mount"),
        Signature(r"exec: \\*\"mkfs\.\w+\\*\": executable file not found", "any", "states", source="k8s.io/mount-utils"),
        Signature(r"Configured to mount disk \S+ as \w+ but current format is \w+, things might break", "any", "shows", source="k8s.io/mount-utils: what blkid tells of the disk is not what the volume asks for"),
    ),
    leads_to=(Link("volume-mount-failing", "pod", Text("format or mount fails", "フォーマットやマウントに失敗する"), strength=0.95),),
    asks=(Ask("lsblk -f; kubectl get pv {volume} -o jsonpath='{.spec.csi.fsType}'; grep -w xfs /proc/filesystems; which mkfs.xfs", Text("FSTYPE differs from fsType, or the helper is missing", "FSTYPE と fsType が違う、またはヘルパーがない"), ("volume-filesystem-corrupted", "kernel-module-missing", "csi-node-stage-failure"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("set fsType to what is on the disk, or install the program or module on the node", "fsType を実際の種別に合わせるか、必要なプログラム・モジュールをノードに入れる"), Text("do not reformat a disk with data", "データのあるディスクを再フォーマットしないこと"), "apt-get install -y xfsprogs && modprobe xfs", "kubectl -n {namespace} get pod {pod}", "none"),
        Remedy("permanent", Text("one fsType per StorageClass, and its tools in the node image", "StorageClass ごとに fsType を固定し、ツールをノードイメージに含める"), Text("none", "なし"), verify="kubectl get sc -o custom-columns=N:.metadata.name,P:.parameters", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'failed to mount the volume as "xfs", it already contains ext4. Mount error: mount failed: exit status 32', "FailedMount"),
        hit("k8s-event", "mount: /x: unknown filesystem type 'LVM2_member'.", "FailedMount"),
        hit("k8s-event", 'format of disk "/dev/vdc" failed: exec: "mkfs.xfs": executable file not found in $PATH', "FailedMount"),
        hit("pod-log", "Configured to mount disk /dev/mapper/luks-rbd-1 as hfsplus but current format is ext4, things might break"),
        near_miss("pod-log", "Attempting to mount disk /dev/rbd1 in ext4 format at /var/lib/kubelet/plugins/kubernetes.io/csi/pv/pvc-1/globalmount"),
        near_miss("k8s-event", "mount: wrong fs type, bad option, bad superblock on /dev/nvme2n1, missing codepage or helper program", "FailedMount"),
    ),
    versions="all",
    references=("https://github.com/kubernetes/mount-utils",),
)
