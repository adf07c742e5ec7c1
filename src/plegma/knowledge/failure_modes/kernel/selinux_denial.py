"""SELinux denies a container or the runtime an access that file modes would allow."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="selinux-denial",
    layer="kernel",
    role="cause",
    subject="Pod",
    title=Text("SELinux denies the access", "SELinux がアクセスを拒否している"),
    summary=Text(
        "The audit log has an AVC record at the second of the failure: the container's or the runtime's domain may not do this to an object with that label. The program sees only \"Permission denied\", although owner and mode look right.",
        "失敗と同じ時刻の監査ログに AVC 記録があり、コンテナまたはランタイムのドメインがそのラベルの対象を操作することを拒否している。所有者もモードも正しく見えるのに、プログラムには \"Permission denied\" だけが見える。",
    ),
    signatures=(
        Signature(r"avc: +denied +\{.{0,400}(container_t|container_init_t|spc_t|container_runtime_t|svirt_lxc_net_t|container_kvm_t|container_logreader_t|rke2_service_t|iscsid_t)\b.{0,300}permissive=0", component="kernel", proof="states", source="SELinux AVC record"),
        Signature(r"avc: +denied +\{.{0,400}(container_t|container_init_t|spc_t|container_runtime_t|svirt_lxc_net_t|container_file_t|container_var_lib_t|kubernetes_file_t|svirt_sandbox_file_t)\b(?:[^p]|p[^e]|pe[^r]|per[^m])*$", component="kernel", source="SELinux AVC record of a kernel that does not say whether it was permissive"),
        Signature(r"avc: +denied +\{.{0,200}comm=\"(runc|crun|conmon|containerd|dockerd|kubelet|crio|k3s|etcd|kube-\S+)(?:[^p]|p[^e]|pe[^r]|per[^m])*(?:permissive=0|$)", component="kernel", source="SELinux AVC record"),
        Signature(r"avc: +denied +\{(?:[^p]|p[^e]|pe[^r]|per[^m])*(?:permissive=0|$)", component="kernel", proof="suggests", source="SELinux AVC record, which may be wrapped or cut; permissive=1 was let through"),
        Signature(r"SELinux is preventing \S+ from ", source="setroubleshoot"),
        Signature(r"error setting label on mount source", component="runtime", source="moby daemon/volumes"),
        Signature(r"[Ff]ailed to set (file )?label on ", component="runtime", source="opencontainers/selinux go-selinux"),
        Signature(r"\brelabel(ing|ed)?\b .{0,200}(not allowed|operation not permitted|permission denied)", component="runtime", source="opencontainers/selinux go-selinux/label"),
        Signature(r"write /proc/(self|thread-self)/attr/(keycreate|exec|current|sockcreate): (permission denied|operation not permitted)", component="runtime", source="opencontainers/selinux go-selinux"),
        Signature(r"write /proc/(self|thread-self)/attr/(keycreate|exec|current|sockcreate): invalid argument", component="runtime", proof="suggests", source="the same; EINVAL: a label that the policy does not know, or runc (1.0-rc6) on a kernel without SELinux"),
        Signature(r"SELinux (policy|is) .{0,60}(denies|blocks|preventing)", proof="suggests"),
    ),
    leads_to=(
        Link("volume-permission-denied", "pod", Text("the program sees EACCES on the mounted path", "プログラムはマウントしたパスで EACCES を受け取る"), strength=0.5),
        Link("container-cannot-run", "pod", Text("the runtime may not label or enter what the container needs", "ランタイムが必要なラベル付け・アクセスを許可されない"), strength=0.6),
        Link("app-error-exit", "pod", Text("the application exits on the refused access", "拒否されたアプリケーションが終了する"), strength=0.6),
        Link("crash-loop-back-off", "pod", Text("the refusal comes again at each start", "起動のたびに拒否される"), strength=0.6),
        Link("volume-mount-failing", "pod", Text("the mount or its labelling is refused", "マウントまたはラベル付けが拒否される"), strength=0.4),
        Link("sandbox-creation-failing", "pod", Text("runc or the CNI plugin is refused while making the sandbox", "sandbox 作成中に runc や CNI プラグインが拒否される"), strength=0.3),
        Link("control-plane-crash-loop", "node", Text("etcd or another static pod may not read its host path", "etcd などの static Pod がホストパスを読めない"), strength=0.3),
    ),
    refutes=(
        Refutation(Text("SELinux is off or permissive on the node", "ノードの SELinux が無効または permissive"), pattern=r"^(Permissive|Disabled)\s*$", component="shell", weight=0.8),
        Refutation(Text("the record is of a permissive domain: nothing was refused", "permissive での記録であり、実際には拒否されていない"), pattern=r"avc: +denied .{0,700}permissive=1", component="kernel", weight=0.3),
    ),
    asks=(
        Ask("getenforce; ausearch -m AVC,USER_AVC -ts recent; ls -Zd /var/lib/kubelet/pods/{pod_uid}/volumes/*/*  # on {node}",
            Text("Enforcing, and an AVC record whose tcontext is the label of the refused path", "Enforcing であり、tcontext が拒否されたパスのラベルである AVC 記録がある"),
            ("volume-permission-denied", "apparmor-blocks-kill", "seccomp-blocks-syscall", "node-filesystem-readonly", "audit-backlog-exceeded")),
    ),
    remedies=(
        Remedy("temporary", Text("set SELinux permissive for a moment, as proof only", "確認のため一時的に permissive にする"), Text("the whole node is unprotected meanwhile", "その間ノード全体が保護されない"), "setenforce 0  # on {node}; setenforce 1 afterwards", "kubectl -n {namespace} get pod {pod}; getenforce  # on {node}", "restart"),
        Remedy("temporary", Text("give the host path the label that containers may use", "ホストパスにコンテナ用のラベルを付ける"), Text("relabelling a system directory breaks the host's own services", "システムディレクトリのラベル変更はホストのサービスを壊す"), "chcon -Rt container_file_t HOSTPATH  # on {node}; system directories never", "ls -Zd HOSTPATH  # on {node}", "restart"),
        Remedy("permanent", Text("correct label in the policy (semanage fcontext and restorecon), seLinuxOptions in the pod, container-selinux (k3s-selinux, rke2-selinux) of the runtime's version",
                                 "ポリシー側のラベルを修正する(semanage fcontext と restorecon)。Pod の seLinuxOptions、ランタイムに合った container-selinux(k3s-selinux・rke2-selinux)を使う"),
               Text("none", "なし"), "semanage fcontext -a -t container_file_t 'HOSTPATH(/.*)?' && restorecon -Rv HOSTPATH  # on {node}", "ausearch -m AVC -ts recent  # on {node}: none", "none"),
    ),
    versions="RHEL, CentOS, Fedora, Rocky, Alma, SUSE Micro, Bottlerocket and other enforcing systems",
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#assign-selinux-labels-to-a-container", "https://github.com/containers/container-selinux"),
    examples=(
        hit("containerd", "OCI runtime create failed: container init caused: write /proc/self/attr/keycreate: invalid argument: unknown"),
        near_miss("containerd", "OCI runtime create failed: container init caused: write /proc/self/attr/apparmor/exec: no such file or directory: unknown"),
        hit("audit", 'type=AVC msg=audit(1700000000.100:321): avc:  denied  { write } for  pid=9001 comm="etcd" name="member" dev="dm-0" ino=71 scontext=system_u:system_r:container_t:s0:c12,c34 tcontext=system_u:object_r:var_lib_t:s0 tclass=dir permissive=0'),
        hit("kernel", 'audit: type=1400 audit(1700000000.100:322): avc:  denied  { relabelfrom } for  pid=51 comm="systemd-tmpfile" name="x" dev="dm-0" ino=71 scontext=system_u:system_r:systemd_tmpfiles_t:s0 tcontext=system_u:object_r:container_file_t:s0 tclass=file'),
        hit("audit", 'type=AVC msg=audit(1700000000.100:323): avc:  denied  { execmem } for  pid=52 comm="runc" scontext=system_u:system_r:init_t:s0 tcontext=system_u:system_r:init_t:s0 tclass=process'),
        hit("audit", "type=AVC msg=audit(1700000000.100:324): avc:  denied  { read }"),
        hit("setroubleshoot", "SELinux is preventing /usr/bin/node from write access on the directory data. For complete SELinux messages run: sealert -l 1"),
        hit("dockerd", "error setting label on mount source '/var/lib/kubelet/pods/5c1d/volumes/kubernetes.io~configmap/cfg': failed to set file label on /var/lib/kubelet/pods/5c1d: permission denied"),
        hit("crio", "relabel failed /srv/data: lsetxattr(label=system_u:object_r:container_file_t:s0) /srv/data: operation not permitted"),
        hit("containerd", "OCI runtime create failed: unable to set selinux label: write /proc/self/attr/keycreate: permission denied: unknown"),
        hit("pod-log", "SELinux policy denies access to /data"),
        near_miss("kernel", 'audit: type=1400 audit(1700000000.5:62): apparmor="DENIED" operation="open" profile="cri-containerd.apparmor.d" name="/data/x"'),
        near_miss("pod-log", "mkdir: cannot create directory '/data/db': Permission denied"),
        near_miss("pod-log", "touch: cannot touch '/data/x': Read-only file system"),
        near_miss("audit", 'type=AVC msg=audit(1700000000.100:325): avc:  denied  { read } for  pid=53 comm="etcd" path="/opt/x" dev="dm-0" ino=72 scontext=system_u:system_r:container_t:s0:c1,c2 tcontext=system_u:object_r:usr_t:s0 tclass=file permissive=1'),
        near_miss("kernel", "SELinux: policy capability open_perms=1"),
    ),
)
