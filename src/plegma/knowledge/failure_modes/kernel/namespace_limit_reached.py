"""The kernel makes no further namespace, or user namespaces are switched off."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="namespace-limit-reached",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the kernel's limit of namespaces is reached, or user namespaces are off", "カーネルの名前空間数の上限に達した、またはユーザー名前空間が無効"),
    summary=Text(
        "user.max_*_namespaces limit how many namespaces a user may make; a limit of 0 switches a kind off (hardening guides and RHEL 7 do this for user namespaces, Ubuntu 24.04 restricts them with AppArmor). unshare or clone then answer ENOSPC, EINVAL or EPERM: pods with hostUsers: false, rootless or nested runtimes, in the end every sandbox fails.",
        "user.max_*_namespaces はユーザーが作れる名前空間の数を制限し、0 ならその種類が無効になる(堅牢化設定や RHEL 7 はユーザー名前空間を、Ubuntu 24.04 は AppArmor で制限する)。unshare・clone は ENOSPC・EINVAL・EPERM を返し、hostUsers: false の Pod、rootless・入れ子のランタイム、最終的にはすべての sandbox が失敗する。",
    ),
    signatures=(
        Signature(r"unshare( failed| user namespaces?| remaining namespaces?)?(\(\))?: No space left on device", proof="states", source="runc libcontainer/nsenter/nsexec.c, util-linux"),
        Signature(r"unshare (user|remaining) namespaces?: (Invalid argument|Operation not permitted)", proof="shows", source="runc libcontainer/nsenter/nsexec.c"),
        Signature(r"(create|unshare)( network| user| new)? namespaces?: .{0,160}no space left on device", component="runtime", proof="states", source="containerd pkg/netns"),
        Signature(r"fork/exec /proc/self/exe: no space left on device", proof="states", source="Go: clone with new namespaces"),
        Signature(r"operation=\\*\"userns_create\\*\"", component="kernel", proof="shows", source="AppArmor audit record, Ubuntu 23.10 and later"),
        Signature(r"does not support user namespaces", component="kubelet", proof="states", source="pkg/kubelet/userns"),
        Signature(r"[Uu]ser namespaces? (is|are) not (enabled|supported)", proof="shows"),
    ),
    states=(StateTest("Sysctl", {"key": r"^user\.max_(user|net|mnt|pid)_namespaces$", "value": "<=0"}),),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("no namespace, no sandbox", "名前空間を作れず sandbox を作成できない"), strength=0.8),
        Link("container-cannot-run", "node", Text("runc cannot unshare what the container needs", "runc が必要な名前空間を作れない"), strength=0.7),
        Link("pod-stuck-creating", "node", Text("the sandbox is tried again and again", "sandbox の作成が繰り返し試みられる"), strength=0.6),
        Link("app-error-exit", "node", Text("builders and browsers that sandbox themselves exit", "自身を sandbox 化するビルドツールやブラウザーが終了する"), strength=0.3),
    ),
    asks=(
        Ask("sysctl user; lsns | wc -l; sysctl kernel.apparmor_restrict_unprivileged_userns kernel.unprivileged_userns_clone; ip netns | wc -l  # on {node}", Text("a limit of 0, or the number of namespaces near the limit (a leak of network namespaces)", "上限が 0、または名前空間数が上限に近い(ネットワーク名前空間のリーク)"),
            ("netns-mount-failure", "kernel-keyring-quota", "seccomp-blocks-syscall", "run-tmpfs-full", "pid-exhaustion")),
    ),
    remedies=(
        Remedy("temporary", Text("raise the limit", "上限を引き上げる"), Text("user namespaces widen the kernel's attack surface for unprivileged users", "ユーザー名前空間は非特権ユーザーに対するカーネルの攻撃面を広げる"), "sysctl -w user.max_user_namespaces=28633 user.max_net_namespaces=28633  # on {node}", "unshare -U true && echo ok  # on {node}", "none"),
        Remedy("permanent", Text("the same in /etc/sysctl.d of the node image; an AppArmor profile with userns for the program; remove leaked network namespaces; runtime and kernel that support user namespaces", "ノードイメージの /etc/sysctl.d に設定する。プログラムに userns を許可する AppArmor プロファイル、リークしたネットワーク名前空間の削除、ユーザー名前空間対応のランタイムとカーネル"), Text("none", "なし"), "", "sysctl user.max_user_namespaces  # on {node}", "none"),
    ),
    examples=(
        hit("containerd", "OCI runtime create failed: runc create failed: unable to start container process: nsexec-1[201]: failed to unshare user namespace: No space left on device: unknown"),
        hit("shell", "unshare: unshare failed: No space left on device"),
        hit("containerd", "nsexec[201]: failed to unshare user namespace: Invalid argument"),
        hit("kubelet", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create network namespace for sandbox "6a7b": failed to create namespace: no space left on device'),
        hit("pod-log", "fork/exec /proc/self/exe: no space left on device"),
        hit("kernel", 'audit: type=1400 audit(1700000000.5:61): apparmor="DENIED" operation="userns_create" class="namespace" profile="unconfined" pid=2201 comm="chrome"'),
        hit("k8s-event", "failed to generate sandbox config: can't set `spec.hostUsers: false`, runtime does not support user namespaces", reason="FailedCreatePodSandBox"),
        hit("shell", "user namespaces are not enabled in /proc/sys/user/max_user_namespaces"),
        near_miss("containerd", "failed to create network namespace for sandbox \"6a7b\": failed to mount namespace: permission denied"),
        near_miss("containerd", "mkdir /run/containerd/io.containerd.runtime.v2.task/k8s.io/6a7b: no space left on device"),
        near_miss("pod-log", "unshare(): Operation not permitted"),
    ),
    state_examples=(
        StateExample("Sysctl", {"key": "user.max_user_namespaces", "value": 0}, True),
        StateExample("Sysctl", {"key": "user.max_user_namespaces", "value": 28633}, False),
    ),
    versions="limits from kernel 4.9 on; pods with user namespaces from Kubernetes 1.25 (alpha) on",
    references=("https://man7.org/linux/man-pages/man7/namespaces.7.html", "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/"),
)
