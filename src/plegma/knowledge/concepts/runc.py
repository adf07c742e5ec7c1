"""The program that makes a container out of kernel features."""

from plegma.knowledge.concept import Concept, Look
from plegma.model.texts import Text

CONCEPT = Concept(
    id="runc",
    title=Text("runc (OCI runtime)", "runc(OCI ランタイム)"),
    what=Text(
        "runc takes a bundle (config.json and a root file system) and asks the kernel for the rest: namespaces, cgroup, mounts, seccomp filter, capabilities, AppArmor or SELinux label. It does so in two steps: `runc create` leaves a process `runc init` that is set up and waits, `runc start` lets it exec the container's command. runc itself does not stay; crun and Kata are drop-in replacements.",
        "runc はバンドル(config.json とルートファイルシステム)を受け取り、名前空間・cgroup・マウント・seccomp フィルター・ケーパビリティ・AppArmor / SELinux ラベルをカーネルに設定させる。2 段階で進み、runc create が準備済みで待機する runc init を残し、runc start がコンテナのコマンドを exec させる。runc 自身は残らない。crun や Kata は差し替え可能な実装である。",
    ),
    fails=Text(
        "Its errors begin with 'OCI runtime create failed' or 'failed to create shim task', and the end of the line is what counts: 'executable file not found in $PATH' and 'permission denied' speak of the image, 'error mounting' of a volume or subPath, 'unable to apply cgroup configuration' and 'cgroups:' of the node, 'error loading seccomp filter' of the kernel. Exit code 127 is a command that was not found, 126 one that may not be executed, 128 a container that never started. A `runc init` that stays for minutes hangs in the kernel or in the cgroup freezer.",
        "エラーは「OCI runtime create failed」や「failed to create shim task」で始まり、行末が肝心である。「executable file not found in $PATH」「permission denied」はイメージ、「error mounting」はボリュームや subPath、「unable to apply cgroup configuration」「cgroups:」はノード、「error loading seccomp filter」はカーネルを指す。終了コード 127 はコマンドが見つからない、126 は実行できない、128 は起動に至らなかったことを示す。数分残り続ける runc init は、カーネル内か cgroup freezer で止まっている。",
    ),
    look=(
        Look("kubectl -n {namespace} describe pod {pod}", Text("the whole message; read its end", "メッセージの全文。行末を読む")),
        Look("ps -eo pid,etime,stat,wchan:24,args | grep 'runc init'  # on {node}", Text("a `runc init` older than seconds, and where in the kernel it waits", "数秒以上残る runc init と、カーネル内の待ち場所")),
        Look("runc --version; runc --root /run/containerd/runc/k8s.io list  # on {node}", Text("version, and containers as runc sees them", "版と、runc から見たコンテナ")),
    ),
    see=("shim", "exit-codes", "cgroup-v2", "seccomp-apparmor-selinux", "runtimeclass"),
    modes=(
        "runc-init-hang", "container-cannot-run", "container-command-not-found", "container-exec-permission-denied", "script-interpreter-missing",
        "image-arch-mismatch", "container-user-unknown", "volume-mount-hides-binary", "service-env-too-large", "runtime-binary-missing",
        "runtime-kill-lost-processes", "cgroup-freezer-stuck", "namespace-limit-reached", "kernel-keyring-quota", "kernel-bpf-jit-limit",
        "subpath-mount-failure",
        "runtime-binary-broken",
        "runc-exec-device-denied", "runc-nested-procfs-denied",
        "idmapped-mount-unsupported", "container-rlimit-refused",
    ),
    aliases=("oci runtime", "crun", "runc init"),
    references=("https://github.com/opencontainers/runtime-spec/blob/main/runtime.md",),
)
