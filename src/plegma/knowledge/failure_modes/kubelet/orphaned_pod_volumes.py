"""Directories of pods that no longer exist are left on the node's disk."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="orphaned-pod-volumes",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("leftover volume directories of removed pods", "削除済み Pod のボリュームディレクトリの残骸"),
    summary=Text(
        "After an unclean restart or a force delete, directories under /var/lib/kubelet/pods/<uid>/volumes stay. The kubelet refuses to delete what may be a live mount and says so every two seconds. It is noise beside the real error; only thousands of them cost disk and log.",
        "異常な再起動や強制削除の後、/var/lib/kubelet/pods/<uid>/volumes 以下のディレクトリが残る。kubelet はマウント中の可能性があるものを消さず、2 秒ごとに記録する。多くは本当の原因の脇にあるノイズであり、数千件に達した場合のみディスクやログの負荷になる。",
    ),
    signatures=(
        Signature(r"rphaned pod \\*\"(?P<pod_uid>[0-9a-f-]+)\\*\" found, but", "kubelet", "suggests", source="pkg/kubelet/kubelet_volumes.go"),
        Signature(r"There were a total of \d{4,} errors similar to this", "kubelet", "shows", source="pkg/kubelet/kubelet_volumes.go: a count at which it costs I/O"),
        Signature(r"There were many similar errors\. Turn up verbosity.*orphaned pod", "kubelet", "suggests", source="pkg/kubelet/kubelet_volumes.go (structured)"),
    ),
    leads_to=(
        Link("disk-pressure-eviction", "node", Text("forgotten volume data fills the disk", "残ったボリュームのデータがディスクを埋める"), strength=0.1),
    ),
    asks=(
        Ask("ls /var/lib/kubelet/pods | wc -l; grep /var/lib/kubelet/pods/{pod_uid} /proc/mounts; find /var/lib/kubelet/pods/{pod_uid}/volumes -mindepth 2 -maxdepth 2", Text("directories without a mount for a pod that the API no longer has", "API に存在しない Pod のディレクトリがあり、マウントはされていない"), ("mount-leak-device-busy", "disk-pressure-eviction"), "kubelet-log"),
    ),
    remedies=(
        Remedy("temporary", Text("make sure that nothing is mounted there, then remove the directory of that uid", "マウントが残っていないことを確認してから、その UID のディレクトリを削除する"), Text("with a mount still there, rm deletes the volume's data", "マウントが残ったまま rm するとボリュームのデータを消してしまう"), "grep {pod_uid} /proc/mounts || rm -r --one-file-system /var/lib/kubelet/pods/{pod_uid}", "journalctl -u kubelet --since -1min | grep -ci 'orphaned pod'", "data-loss"),
        Remedy("permanent", Text("a kubelet that cleans orphans itself (v1.25 and later reconstructs volumes at start), drain before reboot, no force deletes", "孤児ディレクトリを自動回収する kubelet(v1.25 以降は起動時に再構築)へ更新し、再起動前の drain を徹底し、強制削除を避ける"), Text("an upgrade of the node", "ノードのアップグレードを伴う"), verify="kubelet --version", risk_level="disruptive"),
    ),
    examples=(
        hit("kubelet", 'Orphaned pod "0f1e2d3c-4b5a-6978-8877-665544332211" found, but volume paths are still present on disk : There were a total of 3 errors similar to this. Turn up verbosity to see them.'),
        hit("kubelet", 'Orphaned pod "0f1e2d3c-4b5a-6978-8877-665544332211" found, but volume subpaths are still present on disk : There were a total of 4120 errors similar to this. Turn up verbosity to see them.'),
        hit("kubelet", '"There were many similar errors. Turn up verbosity to see them." err="orphaned pod \\"0f1e2d3c-4b5a-6978-8877-665544332211\\" found, but error not a directory occurred when trying to remove the volumes dir" numErrs=2'),
        near_miss("kubelet", '"Cleaned up orphaned pod volumes dir" podUID=0f1e2d3c-4b5a-6978-8877-665544332211'),
        near_miss("kubelet", 'UnmountVolume.TearDown failed for volume "token" pod "0f1e2d3c-4b5a-6978-8877-665544332211" : device or resource busy'),
    ),
    versions="all; more cases are cleaned up with each release",
    references=("https://github.com/kubernetes/kubernetes/issues/60987",),
)
