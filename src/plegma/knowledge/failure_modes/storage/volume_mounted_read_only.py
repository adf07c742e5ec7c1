"""The application writes to a volume that is mounted read-only."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-mounted-read-only",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("volume is mounted read-only for the pod", "Pod のボリュームが読み取り専用でマウントされている"),
    summary=Text(
        "The write goes to a mount with readOnly: true, a ReadOnlyMany claim, a ConfigMap/Secret volume, or a volume whose own file system turned read-only after an error. The node's disk is fine.",
        "readOnly: true のマウント、ReadOnlyMany の PVC、ConfigMap / Secret ボリューム、またはエラーで読み取り専用化したボリューム自身のファイルシステムに書き込もうとしている。ノードのディスクは正常である。",
    ),
    signatures=(
        Signature(r"Read-only file system", "app", "suggests", source="strerror(EROFS)"),
        Signature(r"(?:open|mkdir|create|write|rename) /(?:[a-oq-uw-z]|prom|var/(?:www|cache|data|spool|lib/(?:mysql|postgresql|redis|grafana|rabbitmq|influxdb)))\S*: read-only file system", "app", "suggests", source="Go's text for EROFS"),
        Signature(r"volumes/kubernetes\.io~(?:csi|nfs|local-volume|iscsi|rbd|cephfs|glusterfs|aws-ebs|gce-pd|azure-\w+|cinder|fc|portworx\S*|vsphere\S*|flexvolume)[^ :]*: read-only file system", "kubelet", "shows", source="kubelet writes into the volume (subPath, fsGroup)"),
        Signature(r"EXT4-fs \((?:rbd|nbd|nvme[1-9]|sd[b-z]|dm-)\S*\): Remounting filesystem read-only", "kernel", "suggests", source="fs/ext4: a device other than the first disk"),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("the program cannot write and ends", "プログラムが書き込めず終了する"), strength=0.6),
        Link("volume-mount-failing", "pod", Text("the kubelet cannot prepare the volume", "kubelet がボリュームを準備できない"), strength=0.4),
        Link("crash-loop-back-off", "pod", Text("it fails again at each start", "起動のたびに失敗する"), strength=0.4),
    ),
    asks=(Ask("kubectl -n {namespace} get pod {pod} -o yaml | grep -iB3 -A3 readOnly; kubectl -n {namespace} exec {pod} -- grep ' ro[ ,]' /proc/mounts", Text("the path of the error lies on a mount with ro", "エラーのパスが ro のマウント上にある"), ("node-filesystem-readonly", "volume-permission-denied", "selinux-denial", "volume-filesystem-corrupted", "read-only-root-filesystem-write", "subpath-mount-failure"), "pod-describe"),),
    remedies=(
        Remedy("temporary", Text("mount the volume read-write, or write to an emptyDir", "ボリュームを読み書きでマウントするか、emptyDir に書き込む"), Text("restarts the pod; two writers need a volume that allows it", "Pod の再起動を伴う。複数書き込みには対応ボリュームが必要"), "kubectl -n {namespace} edit deploy <name>", "kubectl -n {namespace} exec {pod} -- touch <path>/.w"),
        Remedy("permanent", Text("declare which paths are written, and give each its volume", "書き込み先を明示し、それぞれにボリュームを用意する"), Text("none", "なし"), verify="kubectl -n {namespace} logs {pod} | grep -ci read-only", risk_level="none"),
    ),
    examples=(
        hit("pod-log", "touch: cannot touch '/data/x': Read-only file system"),
        hit("pod-log", "open /data/index.db: read-only file system"),
        hit("kubelet", "failed to prepare subPath for volumeMount: mkdir /var/lib/kubelet/pods/0f1e2d3c-4b5a-6978-8877-665544332211/volumes/kubernetes.io~nfs/data: read-only file system"),
        hit("kernel", "EXT4-fs (rbd0): Remounting filesystem read-only"),
        near_miss("kubelet", "open /var/lib/kubelet/device-plugins/.118: read-only file system"),
        near_miss("pod-log", "touch: cannot touch '/data/x': Permission denied"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#read-only-mounts",),
)
