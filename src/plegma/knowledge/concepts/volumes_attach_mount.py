"""The way of a volume to the pod: bind, attach, mount."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="volumes-attach-mount",
    title=Text("volumes: bind, attach, mount", "ボリューム: バインド・アタッチ・マウント"),
    what=Text(
        "Three steps by three programs. Bind: the claim finds or gets a PersistentVolume (kube-controller-manager with the provisioner; with WaitForFirstConsumer only after the scheduler chose a node). Attach: the disk is connected to the node (attach/detach controller, visible as VolumeAttachment and in node.status.volumesAttached); network file systems skip it. Mount: the kubelet mounts it once for the node, then into the pod's folder /var/lib/kubelet/pods/UID/volumes, and sets ownership if fsGroup asks for it. Only when all volumes of a pod are mounted does its sandbox come. ConfigMaps, Secrets and emptyDir go through the same mount step.",
        "3 つの段階を 3 つのプログラムが担う。バインド: PVC に PersistentVolume が割り当てられる(kube-controller-manager と provisioner。WaitForFirstConsumer ではスケジューラーがノードを選んだ後)。アタッチ: ディスクをノードに接続する(attach/detach コントローラー。VolumeAttachment と node.status.volumesAttached に現れる)。ネットワークファイルシステムでは省かれる。マウント: kubelet がノードに一度マウントし、Pod のフォルダー /var/lib/kubelet/pods/UID/volumes へ渡し、fsGroup があれば所有者を変える。全ボリュームのマウントが済んで初めて sandbox が作られる。ConfigMap・Secret・emptyDir も同じマウント段階を通る。",
    ),
    fails=Text(
        "Pending with 'unbound immediate PersistentVolumeClaims' is bind; FailedAttachVolume is attach ('Multi-Attach error' means that another node still has the disk); FailedMount is mount. 'timed out waiting for the condition' and 'unmounted volumes=[...]' are only the kubelet's summary: the reason is the event or log line before it, for one volume. After a node died its disks stay attached until the controller gives up waiting, 6 minutes later. Unmounting fails with 'device or resource busy' when somebody else's mount namespace holds it, and the pod stays Terminating.",
        "「unbound immediate PersistentVolumeClaims」の Pending はバインド、FailedAttachVolume はアタッチ(Multi-Attach error は別のノードがまだディスクを持っている)、FailedMount はマウントの問題である。「timed out waiting for the condition」「unmounted volumes=[...]」は kubelet の要約にすぎず、理由はその前にある個々のボリュームのイベントやログにある。ノードが死んだ場合、ディスクは接続されたままで、コントローラーが待つのをやめるのは 6 分後になる。別のマウント名前空間が掴んでいるとアンマウントは「device or resource busy」で失敗し、Pod は Terminating のままになる。",
    ),
    look=(
        Look("kubectl -n {namespace} get pvc; kubectl get pv; kubectl get volumeattachments", Text("which of the three steps is open", "3 段階のどこで止まっているか")),
        Look("kubectl -n {namespace} describe pod {pod}", Text("FailedAttachVolume, FailedMount with the volume's name", "FailedAttachVolume / FailedMount とボリューム名")),
        Look("findmnt -R /var/lib/kubelet/pods/{pod_uid}; grep -l {volume} /proc/*/mountinfo  # on {node}", Text("what is mounted, and who else holds it", "マウントの有無と、ほかに掴んでいるプロセス")),
    ),
    numbers=(
        Number(Text("the kubelet waits for a pod's volumes in one sync", "1 回の sync で kubelet がボリュームを待つ時間"), "2 m 3 s", "pkg/kubelet/volumemanager/volume_manager.go"),
        Number(Text("retry of a failed operation: first, longest", "失敗した操作の再試行: 最初、最長"), "500 ms, 2 m 2 s", "pkg/util/goroutinemap/exponentialbackoff/exponential_backoff.go"),
        Number(Text("detach by force after a node vanished", "ノード消失後に強制デタッチされるまで"), "6 m", "pkg/controller/volume/attachdetach/attach_detach_controller.go"),
    ),
    see=("csi", "pod-lifecycle", "scheduler", "controller-manager"),
    modes=(
        "volume-mount-failing", "volume-attach-failing", "volume-unmount-failing", "volume-multi-attach", "volume-attach-limit-exceeded",
        "volumeattachment-stuck-deleting", "volume-device-not-found", "volume-filesystem-corrupted", "volume-filesystem-type-mismatch",
        "volume-mounted-read-only", "volume-permission-denied", "pvc-missing", "pvc-not-bound", "local-volume-path-missing", "hostpath-type-check-failed",
        "nfs-mount-failure", "nfs-stale-file-handle", "smb-mount-failure", "iscsi-login-failure", "fuse-mount-dead", "fsgroup-chown-slow",
        "subpath-mount-failure", "mount-leak-device-busy", "orphaned-pod-volumes", "cloud-disk-in-use", "cloud-disk-missing",
        "benign-terminated-pod-mount-noise", "unschedulable-volume-zone", "configmap-or-secret-missing", "storage-hang-dstate",
        "pvc-read-write-once-pod-in-use",
    ),
    aliases=("volume", "volumes", "attach", "mount", "PVC", "PV", "PersistentVolumeClaim", "PersistentVolume", "FailedAttachVolume", "FailedMount"),
    references=("https://kubernetes.io/docs/concepts/storage/persistent-volumes/",),
)
