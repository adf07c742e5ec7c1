"""The kernel's three ways to say no to a container."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="seccomp-apparmor-selinux",
    title=Text("seccomp, AppArmor, SELinux", "seccomp・AppArmor・SELinux"),
    what=Text(
        "Beside the user id and the capabilities three things of the kernel limit a container. seccomp filters system calls (RuntimeDefault is the runtime's list; Localhost a file under /var/lib/kubelet/seccomp). AppArmor (Debian, Ubuntu, SUSE) ties a profile, which must be loaded on the node, to the program. SELinux (Red Hat, Fedora) gives processes and files labels; a volume is relabelled for the pod when it is mounted. All are set by runc at the start.",
        "ユーザー ID とケーパビリティのほかに、カーネルの 3 つの仕組みがコンテナを制限する。seccomp はシステムコールを絞る(RuntimeDefault はランタイムの一覧、Localhost は /var/lib/kubelet/seccomp のファイル)。AppArmor(Debian・Ubuntu・SUSE)は、ノードに読み込まれたプロファイルをプログラムに結び付ける。SELinux(Red Hat・Fedora)はプロセスとファイルにラベルを付け、ボリュームはマウント時に Pod 用に付け替えられる。いずれも起動時に runc が設定する。",
    ),
    fails=Text(
        "The program sees only 'Permission denied' (EACCES: AppArmor, SELinux) or 'Operation not permitted' (EPERM: seccomp, capabilities), with file modes that look right; the reason stands in the node's audit log at the same second: 'avc: denied' for SELinux, 'apparmor=\"DENIED\"', or type=SECCOMP. At the start: 'apparmor profile not found', 'cannot load seccomp profile', or 'error loading seccomp filter: errno 524' when the kernel's BPF memory is used up. New libc versions use new calls that an old filter answers with EPERM instead of ENOSYS. Denied signals between runtime and container make pods that cannot be killed. Relabelling a volume of millions of files takes minutes.",
        "プログラムに見えるのは「Permission denied」(EACCES。AppArmor・SELinux)か「Operation not permitted」(EPERM。seccomp・ケーパビリティ)だけで、ファイルのモードは正しく見える。理由は同じ時刻の監査ログにある。SELinux は「avc: denied」、AppArmor は「apparmor=\"DENIED\"」、seccomp は type=SECCOMP である。起動時には「apparmor profile not found」「cannot load seccomp profile」、カーネルの BPF メモリを使い切ると「error loading seccomp filter: errno 524」となる。新しい libc は新しいシステムコールを使い、古いフィルターは ENOSYS ではなく EPERM を返す。ランタイムからコンテナへのシグナルが拒まれると、終了できない Pod になる。数百万ファイルのボリュームのラベル付け替えには数分かかる。",
    ),
    look=(
        Look("journalctl -k --no-pager | grep -E 'apparmor=\"DENIED\"|avc: +denied|type=1326'; ausearch -m avc,seccomp -ts recent  # on {node}", Text("who was denied what, at which time", "何がいつ拒まれたか")),
        Look("aa-status; getenforce; sysctl net.core.bpf_jit_limit  # on {node}", Text("loaded profiles, SELinux' mode, the limit of filters", "読み込まれたプロファイル、SELinux のモード、フィルターの上限")),
        Look("kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.securityContext}{.spec.containers[*].securityContext}'", Text("what the pod asks for", "Pod の要求")),
    ),
    numbers=(
        Number(Text("RuntimeDefault for all pods (seccompDefault)", "全 Pod への RuntimeDefault(seccompDefault)"), "false", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("folder of Localhost seccomp profiles", "Localhost の seccomp プロファイルの置き場所"), "/var/lib/kubelet/seccomp", "pkg/kubelet/kubelet.go"),
    ),
    see=("runc", "container-states", "volumes-attach-mount"),
    modes=(
        "seccomp-blocks-syscall", "apparmor-denial", "apparmor-profile-not-loaded", "apparmor-blocks-kill", "selinux-denial", "kernel-bpf-jit-limit",
        "volume-permission-denied", "privileged-port-denied", "audit-backlog-exceeded",
    ),
    aliases=("seccomp", "apparmor", "selinux", "avc", "permission denied", "operation not permitted"),
    references=("https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/",),
)
