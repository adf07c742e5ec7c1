"""Changing the ownership of a big volume at each mount takes very long."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="fsgroup-chown-slow",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("fsGroup ownership change of a large volume is slow", "fsGroup による所有者変更が大きなボリュームで遅い"),
    summary=Text(
        "With securityContext.fsGroup the kubelet changes group and mode of every file before the containers start. With millions of files, or slow network storage, that takes minutes to hours, while the pod looks stuck in ContainerCreating.",
        "securityContext.fsGroup があると、kubelet はコンテナ起動前に全ファイルのグループと権限を変更する。ファイルが数百万個ある場合や遅いストレージでは数分から数時間かかり、Pod が ContainerCreating で止まって見える。",
    ),
    signatures=(
        Signature(r"Setting volume ownership for .{0,200}(?:taking longer than expected|processed \d+ files)", "kubelet", "states", source="pkg/volume/volume_linux.go: only after 30 s (v1.31 and later)"),
        Signature(r"Setting volume ownership for", "kubelet", "suggests", source="pkg/volume/volume_linux.go: said of every volume with fsGroup, also small and fast ones (v1.15 to v1.21)"),
        Signature(r"", "kubelet", "states", reason="VolumePermissionChangeInProgress", source="pkg/kubelet/events (v1.33 and later)"),
    ),
    leads_to=(
        Link("pod-stuck-creating", "pod", Text("containers wait for the mount to be finished", "マウント完了までコンテナが待たされる"), strength=0.7),
        Link("volume-mount-failing", "pod", Text("the wait is reported as a time-out", "待ち時間がタイムアウトとして報告される"), strength=0.6),
    ),
    asks=(Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.securityContext}'; ps -ef | grep -c '[k]ubelet'; df -i | grep {volume}", Text("fsGroup set without fsGroupChangePolicy, and very many inodes in use", "fsGroup があり fsGroupChangePolicy がなく、inode 使用数が非常に多い"), ("storage-hang-dstate", "csi-volume-operation-stuck", "cri-name-reserved-inflight", "disk-io-saturation"), "pod-describe"),),
    remedies=(
        Remedy("temporary", Text("wait for it once; then set fsGroupChangePolicy: OnRootMismatch", "一度完了を待ち、その後 fsGroupChangePolicy: OnRootMismatch を設定する"), Text("restarts the pod", "Pod の再起動を伴う"), "kubectl -n {namespace} patch deploy <name> -p '{\"spec\":{\"template\":{\"spec\":{\"securityContext\":{\"fsGroupChangePolicy\":\"OnRootMismatch\"}}}}}'", "kubectl -n {namespace} get pod {pod}"),
        Remedy("permanent", Text("OnRootMismatch everywhere, CSI drivers with VOLUME_MOUNT_GROUP, fsGroupPolicy None/ReadWriteOnceWithFSType for shared volumes", "OnRootMismatch を標準とし、VOLUME_MOUNT_GROUP 対応 CSI や共有ボリュームの fsGroupPolicy を活用する"), Text("files with wrong group stay so", "グループの誤ったファイルはそのまま残る"), verify="kubectl get events -A | grep -c 'volume ownership'", risk_level="none"),
    ),
    examples=(
        hit("kubelet", "Setting volume ownership for /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~csi/pvc-5c/mount and fsGroup set. If the volume has a lot of files then setting volume ownership could be slow, see https://github.com/kubernetes/kubernetes/issues/69699"),
        hit("kubelet", "Setting volume ownership for /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~csi/pvc-5c/mount, taking longer than expected, consider using OnRootMismatch"),
        hit("k8s-event", "Setting volume ownership for 0f1e/volumes/kubernetes.io~csi, processed 412000 files", "VolumePermissionChangeInProgress"),
        near_miss("k8s-event", "Unable to attach or mount volumes: unmounted volumes=[data]: timed out waiting for the condition", "FailedMount"),
        near_miss("pod-log", "chown: changing ownership of '/data': Operation not permitted"),
    ),
    versions="warning since v1.15; OnRootMismatch since v1.20; event since v1.33",
    references=("https://github.com/kubernetes/kubernetes/issues/69699", "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#configure-volume-permission-and-ownership-change-policy-for-pods"),
)
