"""A pod with its own user namespace needs ID-mapped mounts that kernel, file system or runtime do not have."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="idmapped-mount-unsupported",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("ID-mapped mounts for a user-namespaced pod are not supported here", "ユーザー名前空間の Pod に必要な ID マップマウントが利用できない"),
    summary=Text("hostUsers: false makes the runtime map the ids of every volume. NFS and some other file systems, kernels before 6.3 (tmpfs, overlay), runc before 1.2, crun before 1.9, containerd before 2.0 or CRI-O before 1.25 cannot do that. Only such pods fail.",
                 "hostUsers: false ではランタイムが全ボリュームの ID をマップする。NFS など一部のファイルシステム、6.3 未満のカーネル(tmpfs・overlay)、runc 1.2 未満、crun 1.9 未満、containerd 2.0 未満、CRI-O 1.25 未満では対応できない。該当 Pod だけが失敗する。"),
    signatures=(
        Signature(r"failed to set MOUNT_ATTR_IDMAP", component="runtime", proof="states", source="runc libcontainer/mount_linux.go"),
        Signature(r"(?:idmap(?:ped)?[- ]mounts?|id[- ]mapped mounts?) (?:are |is )?not (?:yet )?(?:supported|available)", component="runtime", proof="states", source="containerd, crun"),
        Signature(r"(?:runtime|handler) (?:\S+ )?does not support (?:idmap|user namespaces)", component="runtime", proof="states", source="containerd, pkg/kubelet/kuberuntime"),
        Signature(r"mount_setattr .{0,120}: (?:[Ii]nvalid argument|[Oo]peration not supported|[Ff]unction not implemented)", component="runtime", source="crun src/libcrun/linux.c"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the sandbox cannot be made with a user namespace", "ユーザー名前空間付きの sandbox を作成できない"), strength=0.7),
        Link("container-cannot-run", "node", Text("its volumes cannot be mounted", "ボリュームをマウントできない"), strength=0.8),
    ),
    asks=(Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{{.spec.hostUsers}}'; uname -r; runc --version; containerd --version; df -T | grep {pod_uid}  # on {node}", Text("hostUsers is false with an NFS volume, an old kernel or an old runtime", "hostUsers が false で、NFS ボリューム・古いカーネル・古いランタイムのいずれか"), ("namespace-limit-reached", "volume-permission-denied", "overlayfs-mount-failed"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("run the pod with hostUsers: true, or without the volume that cannot be mapped", "hostUsers: true にするか、マップできないボリュームを外す"), Text("less isolation", "分離が弱くなる"), "", "kubectl -n {namespace} get pod {pod}", "restart"),
        Remedy("permanent", Text("kernel 6.3 or later, containerd 2.0 or CRI-O 1.25 with runc 1.2 or crun 1.9, volumes on file systems that support it (ext4, xfs, btrfs, tmpfs)", "カーネル 6.3 以降、containerd 2.0 または CRI-O 1.25 と runc 1.2・crun 1.9、対応ファイルシステム(ext4・xfs・btrfs・tmpfs)を使う"), Text("nodes are rebuilt", "ノードの作り直しが必要"), verify="kubectl get nodes -o wide", risk_level="disruptive"),
    ),
    examples=(
        hit("k8s-event", "Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: failed to fulfil mount request: failed to set MOUNT_ATTR_IDMAP on /var/lib/kubelet/pods/0b6d/volumes/kubernetes.io~nfs/data: invalid argument (maybe the filesystem used doesn't support idmap mounts on this kernel?): unknown", reason="Failed"),
        hit("containerd", "failed to generate container spec: idmap mounts not supported on tmpfs"),
        hit("kubelet", "can't set spec.hostUsers: runtime does not support user namespaces"),
        hit("crio", "container create failed: mount_setattr `/var/lib/kubelet/pods/0b6d/etc-hosts`: Invalid argument"),
        near_miss("pod-log", "open /data/db: permission denied"),
        near_miss("containerd", "unshare: operation not permitted"),
    ),
    versions="Kubernetes 1.25 and later (UserNamespacesSupport)",
    references=("https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/", "https://kubernetes.io/docs/tasks/configure-pod-container/user-namespaces/"),
)
