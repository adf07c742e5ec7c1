"""An NFS volume cannot be mounted: the mount command says why."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="nfs-mount-failure",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("NFS mount fails", "NFS マウントの失敗"),
    summary=Text(
        "mount.nfs ends with a clear error: the server does not answer on port 2049 (firewall, security group, missing EFS mount target), refuses the client (export list), has no such export, or the node lacks the NFS client package. Only pods with that volume wait.",
        "mount.nfs が明確なエラーで終了する。サーバーが 2049 番ポートで応答しない(ファイアウォール、セキュリティグループ、EFS マウントターゲットなし)、クライアントが拒否される(export 設定)、export が存在しない、ノードに NFS クライアントがない、など。待たされるのはそのボリュームを使う Pod だけである。",
    ),
    signatures=(
        Signature(r"mount\.nfs4?: (?:Connection timed out|Connection refused|No route to host|Network is unreachable|Failed to resolve server|Remote I/O error)", "any", "states", source="nfs-utils"),
        Signature(r"mount\.nfs4?: access denied by server while mounting", "any", "states", source="nfs-utils"),
        Signature(r"mount\.nfs4?: mounting \S+ failed, reason given by server", "any", "states", source="nfs-utils"),
        Signature(r"mount\.nfs4?: (?:Protocol not supported|requested NFS version|an incorrect mount option|Operation not permitted|No such file or directory|No such device|Invalid argument|mount system call failed|Stale file handle)", "any", "states", source="nfs-utils"),
        Signature(r"rpc\.statd is not running but is required for remote locking", "any", "states", source="nfs-utils"),
        Signature(r"you might need a /sbin/mount\.(?:nfs\d?|<type>) helper program", "any", "states", source="util-linux: nfs-common / nfs-utils missing"),
        Signature(r"bad superblock on (?:\[[^\]]+\]|[^ ,:]+):/", "any", "states", source="util-linux, for server:/path: helper missing"),
        Signature(r"mount failed: exit status 32.{0,600}-t nfs", "kubelet", "shows", source="pkg/util/mount: the mount program of an NFS volume ended with an error, whose text is cut off"),
        Signature(r"Mounting arguments:.{0,300}-t nfs", "kubelet", "suggests", source="pkg/util/mount: which kind of volume failed"),
    ),
    leads_to=(
        Link("volume-mount-failing", "pod", Text("MountVolume.SetUp fails with exit status 32 and is retried", "MountVolume.SetUp が exit status 32 で失敗し再試行される"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the server stopped answering under an existing mount", "既存マウントの先でサーバーが応答しなくなっている"), mode="storage-hang-dstate", weight=0.2),
    ),
    asks=(
        Ask("showmount -e <server>; nc -zv <server> 2049; ls -l /sbin/mount.nfs", Text("no answer, the path not exported to this node, or no helper", "応答なし、このノードへの export なし、またはヘルパーがない"), ("storage-hang-dstate", "csi-driver-not-registered", "volume-multi-attach", "systemd-unit-leak", "pid-exhaustion", "smb-mount-failure", "nfs-stale-file-handle"), "pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("open TCP 2049 from the node, correct the export, or install the client; the kubelet retries by itself", "ノードから TCP 2049 を開放する、export を直す、またはクライアントを導入する。kubelet は自動で再試行する"), Text("none for other pods", "他の Pod への影響はない"), "apt-get install -y nfs-common || yum install -y nfs-utils", "kubectl -n {namespace} get pod {pod}", "none"),
        Remedy("permanent", Text("NFS client in the node image, exports by network rather than by host, a mount target in each zone, mountOptions (nfsvers) in the PersistentVolume", "ノードイメージに NFS クライアントを含め、export をネットワーク単位にし、各ゾーンにマウントターゲットを置き、PV に mountOptions(nfsvers)を指定する"), Text("none", "なし"), verify="mount -t nfs -o ro <server>:<path> /mnt && umount /mnt", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "MountVolume.SetUp failed for volume \"data\" : mount failed: exit status 32 Mounting command: mount Mounting arguments: -t nfs nas.lab.example:/srv/data /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~nfs/data Output: mount.nfs: Connection timed out", "FailedMount"),
        hit("", "mount.nfs: access denied by server while mounting nas.lab.example:/srv/data"),
        hit("", "mount.nfs: mounting nas.lab.example:/srv/dtaa failed, reason given by server: No such file or directory"),
        hit("pod-log", "Output: mount.nfs4: Protocol not supported"),
        hit("k8s-event", "Output: mount.nfs: rpc.statd is not running but is required for remote locking.", "FailedMount"),
        hit("k8s-event", "Output: mount: /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~nfs/data: bad option; for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.<type> helper program.", "FailedMount"),
        hit("k8s-event", "Output: mount: wrong fs type, bad option, bad superblock on nas.lab.example:/srv/data, missing codepage or helper program, or other error", "FailedMount"),
        hit("kubelet", "Mounting arguments: --description=Kubernetes transient mount for /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~nfs/data --scope -- mount -t nfs nas.lab.example:/srv/data /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~nfs/data"),
        near_miss("k8s-event", "Output: mount: wrong fs type, bad option, bad superblock on 10.20.0.9:6789:/, missing codepage or helper program, or other error", "FailedMount"),
        near_miss("kernel", "nfs: server nas.lab.example not responding, still trying"),
        near_miss("k8s-event", "mount: /var/lib/kubelet/plugins/kubernetes.io/csi/pv/pvc-5c/globalmount: wrong fs type, bad option, bad superblock on /dev/nvme2n1, missing codepage or helper program", "FailedMount"),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "conf" : configmap "settings" not found', "FailedMount"),
        near_miss("k8s-event", "mount failed: fork/exec /usr/bin/mount: resource temporarily unavailable", "FailedMount"),
    ),
    versions="all",
    references=(
        "https://kubernetes.io/docs/concepts/storage/volumes/#nfs",
        "https://docs.aws.amazon.com/efs/latest/ug/troubleshooting-efs-mounting.html",
    ),
)
