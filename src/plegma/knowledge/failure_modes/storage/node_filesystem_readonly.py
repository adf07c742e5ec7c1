"""A file system of the node became read-only after an error."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-filesystem-readonly",
    layer="storage",
    role="cause",
    subject="Node",
    title=Text("node file system remounted read-only", "ノードのファイルシステムが読み取り専用になった"),
    summary=Text(
        "The kernel hit an error in the file system of / or /var and remounted it read-only. Kubelet, runtime and CNI can no longer write their state: every new pod is rejected or stuck, running ones limp on.",
        "/ や /var のファイルシステムでカーネルがエラーを検出し、読み取り専用で再マウントした。kubelet・ランタイム・CNI が状態を書けず、新しい Pod は拒否されるか起動せず、既存の Pod はかろうじて動き続ける。",
    ),
    signatures=(
        Signature(r"[Rr]emounting filesystem read-only", "kernel", "shows", source="fs/ext4/super.c: whose device it is decides"),
        Signature(r"EXT4-fs error \(device (?P<volume>[\w-]+)\)", "kernel", "suggests", source="fs/ext4"),
        Signature(r"EXT4-fs error \(device (?P<volume>[\w-]+)\).{0,80}[Dd]etected aborted journal", "kernel", "shows", source="fs/ext4/ext4_jbd2.c"),
        Signature(r"Aborting journal on device", "kernel", "shows", source="fs/jbd2"),
        Signature(r"/kubelet/(?:device-plugins|plugins\w*|pki|checkpoints|cpu_manager_state|memory_manager_state|pods/[0-9a-f-]{36})(?:/[.\w-]+)?: read-only file system", "kubelet", "states", source="os package: a path of the kubelet's own"),
        Signature(r"/var/lib/(?:containerd|dockershim|cni|etcd)/[^ :\"]*: read-only file system", "any", "states", source="os package"),
        Signature(r"/var/lib/docker/(?:tmp|containers|image|network|volumes|overlay2/[0-9a-z]+(?:-init)?)(?:/[.\w-]+)?: read-only file system", "any", "states", source="os package"),
        Signature(r"/var/log/(?:pods|containers)/[^ :\"]*: read-only file system", "any", "states", source="os package"),
        Signature(r"FilesystemIsReadOnly", "kubelet", "states", reason=r"FilesystemIsReadOnly|ReadonlyFilesystem", source="node-problem-detector"),
        Signature(r"/pods/[0-9a-f-]{36}/volumes/kubernetes\.io~(?:secret|configmap|projected|empty-dir|downward-api)\S*: read-only file system", "kubelet", "states", source="os package: the kubelet makes these directories on its own disk"),
    ),
    states=(StateTest("Condition", {"type": "(?i)^ReadonlyFilesystem$", "status": "^True$"}, "states"),),
    leads_to=(
        Link("pod-rejected", "node", Text("the device manager cannot write its checkpoint: UnexpectedAdmissionError", "チェックポイントを書けず UnexpectedAdmissionError になる"), strength=0.6),
        Link("sandbox-creation-failing", "node", Text("the runtime cannot write the sandbox's files", "ランタイムが PodSandbox のファイルを書けない"), strength=0.6),
        Link("container-cannot-run", "node", Text("no log file, no layer can be created", "ログファイルもレイヤーも作れない"), strength=0.5),
        Link("image-pull-back-off", "node", Text("layers cannot be written", "レイヤーを書き込めない"), strength=0.4),
        Link("node-not-ready", "node", Text("runtime or kubelet fail for lack of their state", "状態を書けずランタイムや kubelet が失敗する"), strength=0.4),
        Link("pod-stuck-terminating", "node", Text("directories cannot be removed", "ディレクトリを削除できない"), strength=0.3),
        Link("volume-mount-failing", "node", Text("the kubelet cannot make the directory to mount into", "マウント先のディレクトリを kubelet が作れない"), strength=0.6),
    ),
    refutes=(
        Refutation(Text("only a pod's volume or its root file system is read-only", "読み取り専用なのは Pod のボリュームやルートファイルシステムだけである"), mode="volume-mounted-read-only", weight=0.4),
    ),
    asks=(
        Ask("grep ' ro[ ,]' /proc/mounts; dmesg -T | grep -iE 'EXT4-fs error|Remounting|Aborting journal|I/O error|XFS'; touch /var/lib/kubelet/.w && rm /var/lib/kubelet/.w", Text("/ or /var is mounted ro, and dmesg has the error that caused it", "/ や /var が ro でマウントされ、dmesg に原因エラーがある"), ("volume-mounted-read-only", "volume-permission-denied", "disk-io-errors", "kubelet-dir-not-writable", "device-plugin-unhealthy"), "kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("drain or cordon, reboot with fsck (or replace the disk/node); do not just remount rw over a damaged file system", "cordon / drain し、fsck 付きで再起動する(またはディスク・ノードを交換する)。壊れたまま rw で再マウントしない"), Text("the node's pods are moved; a damaged disk may lose data", "Pod は移動する。ディスク破損時はデータ損失の可能性がある"), "kubectl cordon {node}; touch /forcefsck; reboot", "grep ' / ' /proc/mounts", "data-loss"),
        Remedy("permanent", Text("replace the disk, node-problem-detector with its ReadonlyFilesystem condition and automatic repair", "ディスクを交換し、node-problem-detector の ReadonlyFilesystem 検知と自動修復を導入する"), Text("none", "なし"), verify="kubectl get node {node} -o jsonpath='{.status.conditions[?(@.type==\"ReadonlyFilesystem\")].status}'", risk_level="none"),
    ),
    examples=(
        hit("kernel", "EXT4-fs error (device nvme0n1p1): ext4_journal_check_start:83: comm kubelet: Detected aborted journal"),
        hit("kernel", "EXT4-fs (sda2): Remounting filesystem read-only"),
        hit("kernel", "EXT4-fs error (device sda2): ext4_journal_check_start:83: comm kubelet: Detected aborted journal"),
        hit("kernel", "Aborting journal on device sda2-8."),
        hit("kubelet", 'Update plugin resources failed due to failed to write checkpoint file "kubelet_internal_checkpoint": open /var/lib/kubelet/device-plugins/.118: read-only file system, which is unexpected.'),
        hit("containerd", 'failed to create containerd container: open /var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db: read-only file system'),
        hit("k8s-event", "Error response from daemon: mkdir /var/lib/docker/overlay2/9f2c1a-init: read-only file system", "Failed"),
        hit("kubelet", "mkdir /var/log/pods/shop_cart-7c_0f1e2d3c: read-only file system"),
        hit("k8s-event", "Node condition ReadonlyFilesystem is now: True, reason: FilesystemIsReadOnly", "FilesystemIsReadOnly"),
        hit("k8s-event", "MountVolume.SetUp failed for volume \"token\" : mkdir /var/lib/kubelet/pods/6c2d1f3e-1a2b-11ee-9f3a-0050568f6f01/volumes/kubernetes.io~secret: read-only file system", reason="FailedMount"),
        hit("k8s-event", "Error syncing pod, skipping: mkdir /data/k8s/kubelet/pods/6c2d1f3e-1a2b-11ee-9f3a-0050568f6f01: read-only file system", "FailedSync"),
        near_miss("pod-log", "touch: cannot touch '/data/x': Read-only file system"),
        near_miss("k8s-event", 'failed to create shim task: OCI runtime create failed: error mounting "/var/lib/kubelet/pods/0f1e2d3c-4b5a-6978-8877-665544332211/volumes/kubernetes.io~empty-dir/c" to rootfs at "/ro/c": mkdirat /run/containerd/io.containerd.runtime.v2.task/k8s.io/77/rootfs/ro: read-only file system', "Failed"),
        near_miss("kubelet", "mkdir /sys/fs/cgroup/kubepods.slice: read-only file system"),
        near_miss("kubelet", "failed to prepare subPath for volumeMount: mkdir /var/lib/kubelet/pods/0f1e2d3c-4b5a-6978-8877-665544332211/volumes/kubernetes.io~nfs/pv/sub: read-only file system"),
    ),
    state_examples=(
        StateExample("Condition", {"type": "ReadonlyFilesystem", "status": "True", "reason": "FilesystemIsReadOnly"}, True),
        StateExample("Condition", {"type": "ReadonlyFilesystem", "status": "False"}, False),
    ),
    versions="all",
    references=(
        "https://github.com/kubernetes/node-problem-detector",
        "https://www.kernel.org/doc/html/latest/admin-guide/ext4.html",
    ),
)
