"""An AppArmor profile denies a container an access."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="apparmor-denial",
    layer="kernel",
    role="cause",
    subject="Pod",
    title=Text("an AppArmor profile denies the container an operation", "AppArmor プロファイルがコンテナの操作を拒否している"),
    summary=Text(
        "The profile that confines the container (the runtime's default or one of the pod's own) forbids a mount, a write below /proc or /sys, an exec or a file. The program sees EACCES although modes, capabilities and SELinux allow it; the audit log names the profile and the path.",
        "コンテナに適用されたプロファイル(ランタイムの既定または Pod 指定)が、マウント、/proc・/sys への書き込み、exec、ファイルアクセスなどを禁止している。モード・capability・SELinux は問題ないのに EACCES となり、監査ログにプロファイル名とパスが残る。",
    ),
    signatures=(
        Signature(r"apparmor=\\*\"DENIED\\*\" operation=\\*\"(mount|umount|pivotroot|exec|mknod|chown|create|link|unlink|rename_src|bind|connect|capable|change_profile|change_onexec)\\*\".{0,200}profile=\\*\"(cri-containerd|docker-default|crio-default|containers-default|k8s|localhost|kube)", component="kernel", source="AppArmor audit record"),
        Signature(r"apparmor=\\*\"DENIED\\*\" operation=\\*\"open\\*\".{0,200}profile=\\*\"(cri-containerd|docker-default|crio-default|containers-default|k8s|localhost|kube)", component="kernel", proof="suggests", source="AppArmor audit record; reads below /proc and /sys are often harmless"),
        Signature(r"apparmor=\\*\"DENIED\\*\" operation=\\*\"(mount|exec|file_mmap|open|mknod|create)\\*\"", component="kernel", proof="suggests", source="AppArmor audit record of another profile"),
        Signature(r"apparmor failed to apply profile: write /proc/\S+: permission denied", component="runtime", proof="states", source="runc libcontainer/apparmor: the profile that confines the runtime lets it change to no other"),
        Signature(r"apparmor=\\*\"DENIED\\*\" operation=\\*\"change_onexec\\*\".{0,200}error=-13.{0,200}comm=\\*\"(runc|crun)|apparmor=\\*\"DENIED\\*\" operation=\\*\"change_onexec\\*\" profile=.{0,200}comm=\\*\"(runc|crun)", component="kernel", source="AppArmor audit record; with error=-2 the profile is not loaded"),
    ),
    leads_to=(
        Link("volume-permission-denied", "pod", Text("the program sees EACCES on the path", "プログラムはそのパスで EACCES を受け取る"), strength=0.4),
        Link("app-error-exit", "pod", Text("the application exits on the refused operation", "拒否されたアプリケーションが終了する"), strength=0.6),
        Link("crash-loop-back-off", "pod", Text("the refusal comes again at each start", "起動のたびに拒否される"), strength=0.5),
        Link("container-cannot-run", "pod", Text("the program itself may not be executed", "プログラム自体の実行が許可されない"), strength=0.3),
    ),
    asks=(
        Ask("journalctl -k --since -1h | grep 'apparmor=\"DENIED\"' | tail -5; aa-status | head -40  # on {node}", Text("a denial at the second of the failure, whose profile is the container's", "失敗と同時刻に、コンテナのプロファイルによる拒否がある"),
            ("apparmor-blocks-kill", "apparmor-profile-not-loaded", "selinux-denial", "seccomp-blocks-syscall", "volume-permission-denied"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("run the container unconfined, as proof only", "確認のためコンテナを unconfined で動かす"), Text("less isolation", "隔離が弱まる"), "kubectl -n {namespace} edit pod {pod}  # its owner's template: securityContext.appArmorProfile.type Unconfined", "kubectl -n {namespace} logs {pod}", "restart"),
        Remedy("permanent", Text("a profile that allows just this operation (Localhost), or a program that does without it", "必要な操作だけを許可するプロファイル(Localhost)を用意する、またはその操作を不要にする"), Text("none", "なし"), "apparmor_parser -r /etc/apparmor.d/PROFILE  # on {node}", "journalctl -k --since -10m | grep -c DENIED  # on {node}", "restart"),
    ),
    examples=(
        hit("kernel", 'audit: type=1400 audit(1700000000.5:62): apparmor="DENIED" operation="mount" class="mount" info="failed flags match" error=-13 profile="cri-containerd.apparmor.d" name="/mnt/x/" pid=2201 comm="mount" fstype="tmpfs"'),
        hit("kernel", 'audit: type=1400 audit(1700000000.5:63): apparmor="DENIED" operation="open" class="file" profile="docker-default" name="/proc/sys/kernel/core_pattern" pid=2201 comm="sh" requested_mask="w" denied_mask="w"'),
        hit("audit", 'apparmor="DENIED" operation="exec" profile="web-locked-down" name="/usr/bin/curl" pid=2201 comm="sh" requested_mask="x" denied_mask="x"'),
        hit("dockerd", "container init caused: apply apparmor profile: apparmor failed to apply profile: write /proc/thread-self/attr/exec: permission denied: unknown"),
        hit("kernel", 'audit: type=1400 audit(1700000000.5:66): apparmor="DENIED" operation="change_onexec" profile="/opt/bin/containerd" pid=2201 comm="runc:[2:INIT]" target="cri-containerd.apparmor.d"'),
        near_miss("kernel", 'audit: type=1400 audit(1700000000.5:67): apparmor="DENIED" operation="change_onexec" class="file" info="label not found" error=-2 profile="unconfined" name="web-locked" pid=2201 comm="runc:[2:INIT]"'),
        near_miss("dockerd", "apply apparmor profile: apparmor failed to apply profile: write /proc/self/attr/exec: no such file or directory"),
        near_miss("kernel", 'audit: type=1400 audit(1700000000.5:61): apparmor="DENIED" operation="signal" class="signal" profile="cri-containerd.apparmor.d" pid=2201 comm="runc" requested_mask="receive" denied_mask="receive" signal=term peer="runc"'),
        near_miss("kernel", 'audit: type=1400 audit(1700000000.5:64): apparmor="DENIED" operation="ptrace" class="ptrace" profile="cri-containerd.apparmor.d" pid=2201 comm="node_exporter" requested_mask="read" denied_mask="read" peer="unconfined"'),
        near_miss("kernel", 'audit: type=1400 audit(1700000000.5:65): apparmor="STATUS" operation="profile_load" profile="unconfined" name="cri-containerd.apparmor.d" pid=812 comm="apparmor_parser"'),
    ),
    versions="Ubuntu, Debian, SUSE nodes",
    references=("https://kubernetes.io/docs/tutorials/security/apparmor/", "https://docs.docker.com/engine/security/apparmor/"),
)
