"""The exported directory behind an existing NFS mount was replaced."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="nfs-stale-file-handle",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("stale NFS file handle", "NFS の stale file handle"),
    summary=Text(
        "The server exports another directory or file system than the one the node mounted (re-created export, failover, restored disk). Every access says `Stale file handle` until the volume is mounted anew.",
        "サーバー側の export が再作成・フェイルオーバー・復元などで別物になり、既存マウントのハンドルが無効になった。再マウントするまであらゆるアクセスが `Stale file handle` になる。",
    ),
    signatures=(
        Signature(r"mkdir /\S+/pods/\S+/volumes/kubernetes\.io~nfs/\S+: file exists", "any", "suggests", source="dockerd and containerd make a bind source that they cannot stat: the directory is there and unreadable"),
        Signature(r"[Ss]tale (?:NFS )?file handle", "any", "states", source="strerror(ESTALE)"),
    ),
    leads_to=(
        Link("volume-unmount-failing", "node", Text("the mount point cannot be examined", "マウントポイントを確認できない"), strength=0.5),
        Link("volume-mount-failing", "pod", Text("stat of the mount point fails", "マウントポイントの stat に失敗する"), strength=0.5),
        Link("container-cannot-run", "pod", Text("the runtime cannot stat the directory that it is to bind", "ランタイムが bind 対象のディレクトリを stat できない"), strength=0.5),
        Link("app-error-exit", "pod", Text("the application's reads and writes fail", "アプリの読み書きが失敗する"), strength=0.5),
        Link("pod-stuck-terminating", "node", Text("tear-down fails", "後片付けに失敗する"), strength=0.4),
    ),
    asks=(Ask("grep nfs /proc/mounts; stat <mountpoint>; showmount -e <server>", Text("stat gives ESTALE while a new mount elsewhere works", "stat が ESTALE になり、別の場所への新規マウントは成功する"), ("nfs-mount-failure", "storage-hang-dstate"), "pod-describe"),),
    remedies=(
        Remedy("temporary", Text("delete the pods that use the volume and lazy-unmount what is left; new pods mount anew", "ボリュームを使う Pod を削除し、残ったマウントを lazy umount する。新しい Pod は再マウントする"), Text("restarts the pods", "Pod の再起動を伴う"), "umount -l <mountpoint>", "stat <mountpoint>"),
        Remedy("permanent", Text("stable export ids (fsid=) and server failover that keeps them", "export の fsid を固定し、フェイルオーバーでも維持する"), Text("none", "なし"), verify="exportfs -v", risk_level="none"),
    ),
    examples=(
        hit("kubelet", "stat /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~nfs/data: stale NFS file handle"),
        hit("pod-log", "ls: cannot open directory '/data': Stale file handle"),
        hit("k8s-event", "Error: failed to start container \"web\": Error response from daemon: error while creating mount source path '/var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~nfs/pvc-5c': mkdir /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~nfs/pvc-5c: file exists", "Failed"),
        near_miss("k8s-event", "mkdir /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~empty-dir/tmp: file exists", "Failed"),
        near_miss("kernel", "nfs: server nas.lab.example not responding, still trying"),
        near_miss("kubelet", "stat /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~csi/x/mount: transport endpoint is not connected"),
    ),
    versions="all",
    references=("https://man7.org/linux/man-pages/man5/exports.5.html",),
)
