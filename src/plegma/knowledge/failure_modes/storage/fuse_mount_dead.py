"""The user-space file system behind a mount has ended (mount corrupted)."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="fuse-mount-dead",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("FUSE mount lost its process: transport endpoint is not connected", "FUSE プロセスの消失によりマウントが壊れている"),
    summary=Text(
        "A FUSE based volume (s3fs, blobfuse, gcsfuse, glusterfs, JuiceFS, ceph-fuse) needs its user-space process. It crashed, was OOM-killed, or ended with the CSI node pod at its restart; the mount stays as a corpse.",
        "FUSE 系ボリューム(s3fs、blobfuse、gcsfuse、glusterfs、JuiceFS、ceph-fuse)の実体プロセスが、クラッシュ、OOM kill、または CSI node Pod の再起動に伴い終了した。マウントだけが残骸として残っている。",
    ),
    signatures=(
        Signature(r"[Tt]ransport endpoint is not connected", "any", "shows", source="strerror(ENOTCONN) on a FUSE mount"),
        Signature(r"mkdir /\S+/pods/\S+/volumes/kubernetes\.io~csi/\S+: file exists", "any", "suggests", source="dockerd and containerd make a bind source that they cannot stat: the directory is there and unreadable"),
    ),
    leads_to=(
        Link("volume-mount-failing", "pod", Text("the corrupted mount point is refused", "壊れたマウントポイントが拒否される"), strength=0.6),
        Link("container-cannot-run", "pod", Text("runc cannot bind the dead mount", "runc が壊れたマウントを bind できない"), strength=0.4),
        Link("app-error-exit", "pod", Text("all file operations fail", "すべてのファイル操作が失敗する"), strength=0.5),
        Link("volume-unmount-failing", "pod", Text("stat on it fails at tear-down", "後片付けの stat が失敗する"), strength=0.3),
    ),
    asks=(Ask("grep fuse /proc/mounts; kubectl get pods -A -o wide --field-selector spec.nodeName={node} | grep -i csi; dmesg -T | grep -i 'killed process'", Text("the CSI node pod restarted, or its process was killed, at that time", "その時刻に CSI node Pod が再起動した、またはプロセスが kill された"), ("csi-driver-not-registered", "storage-hang-dstate", "app-oomkilled"), "pod-describe"),),
    remedies=(
        Remedy("temporary", Text("lazy-unmount the dead mount and delete the pod, so that it is mounted anew", "壊れたマウントを lazy umount し、Pod を削除して再マウントさせる"), Text("restarts the pod", "Pod の再起動を伴う"), "umount -l <mountpoint>; kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} exec {pod} -- ls <path>"),
        Remedy("permanent", Text("a driver that keeps its mounts outside its own pod or recovers them; memory limits that hold", "マウントプロセスを自 Pod の外で保持・復旧できるドライバーを使い、十分なメモリ上限を与える"), Text("none", "なし"), verify="kubectl get events -A | grep -c 'endpoint is not connected'", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'MountVolume.SetUp failed for volume "bucket" : stat /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~csi/bucket/mount: transport endpoint is not connected', "FailedMount"),
        hit("pod-log", "ls: /data: Transport endpoint is not connected"),
        hit("k8s-event", 'Error: failed to generate container "77aa" spec: failed to generate spec: failed to mkdir "/var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~csi/bucket/mount": mkdir /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~csi/bucket/mount: file exists', "Failed"),
        near_miss("k8s-event", "mkdir /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~configmap/cfg: file exists", "Failed"),
        near_miss("pod-log", "ls: /data: Stale file handle"),
        near_miss("pod-log", "dial tcp 10.0.0.9:6379: connect: connection refused"),
    ),
    versions="all FUSE drivers",
    references=("https://www.kernel.org/doc/html/latest/filesystems/fuse.html",),
)
