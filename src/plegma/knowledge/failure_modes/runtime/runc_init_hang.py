"""runc init stays: the container is made, but never started."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="runc-init-hang",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("runc init hangs while a container is created or started", "コンテナの作成・起動中に runc init が止まっている"),
    summary=Text(
        "A 'runc init' process waits for its parent (exec fifo, log pipe, seccomp notify, a frozen cgroup, a known bug in runc 1.0.0-rc93) and never becomes the container's process. StartContainer or RunPodSandbox run into their deadline; the shim cannot answer State either, because it waits for runc.",
        "runc init プロセスが親(exec fifo、ログのパイプ、seccomp notify、凍結された cgroup、runc 1.0.0-rc93 の既知の不具合)を待ったまま、コンテナのプロセスにならない。StartContainer や RunPodSandbox が期限に達し、shim も runc を待つため State に応答できない。",
    ),
    signatures=(
        Signature(r"failed to create (?:containerd task|shim task|task for container).{0,80}context deadline exceeded", component="runtime", source="containerd internal/cri/server, shim task create"),
        Signature(r"failed to start (?:containerd|sandbox container) task.{0,200}context deadline exceeded", component="runtime", source="containerd internal/cri/server"),
        Signature(r"StartContainer .{0,100}from runtime service failed.{0,20}rpc error: code = (?:DeadlineExceeded|4)", component="kubelet", proof="suggests", source="cri-client remote_runtime.go"),
        Signature(r"get state for \\*\"?[0-9a-f]{8,64}\\*\"?.{0,80}context deadline exceeded", component="runtime", proof="suggests", source="containerd runtime/v2/shim.go"),
        Signature(r"\brunc (?:--\S+ \S+ )*init\s*$", component="shell", proof="suggests", at_least=3, source="ps"),
        Signature(r"error loading seccomp filter into kernel: loading seccomp filter: (?:invalid argument|bad address)", component="any", proof="suggests", source="runc 1.0-rc93: runc init waits with this message, opencontainers/runc#2865"),
    ),
    states=(
        StateTest("Process", {"command": r"\brunc(?:\S*)? (?:--\S+ \S+ )*init$|runc:\[2:INIT\]", "count": ">=3"}),
        StateTest("Process", {"command": r"\brunc(?:\S*)? (?:--\S+ \S+ )*init$|runc:\[2:INIT\]"}, proof="suggests"),
    ),
    leads_to=(
        Link("containerd-shim-deadlock", "node", Text("the shim holds its lock while it waits for runc, so it answers no State call", "shim が runc を待つ間ロックを保持し、State に応答しない"), strength=0.7),
        Link("cri-call-timeout", "node", Text("StartContainer and RunPodSandbox run into their deadline", "StartContainer と RunPodSandbox が期限に達する"), strength=0.9),
        Link("pleg-unhealthy", "node", Text("the relist inspects that pod and waits", "relist がその Pod の検査で待つ"), strength=0.6),
        Link("sandbox-creation-failing", "node", Text("the sandbox's own runc init hangs", "sandbox 自身の runc init が止まる"), strength=0.7),
        Link("container-cannot-run", "node", Text("the container's process never starts", "コンテナのプロセスが起動しない"), strength=0.6),
        Link("cri-name-reserved-inflight", "node", Text("the first request still holds the name", "最初の要求が名前を保持している"), strength=0.6),
        Link("pod-stuck-creating", "node", Text("the pod waits for the start", "Pod が起動を待つ"), strength=0.8),
        Link("node-not-ready", "node", Text("through PLEG", "PLEG を通じて NotReady になる"), strength=0.5),
        Link("pod-stuck-terminating", "node", Text("a container that never started cannot be stopped", "起動していないコンテナを停止できない"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("the kernel reports the task as blocked in memory reclaim", "カーネルがメモリ回収でブロックしたタスクを報告している"), mode="kernel-dstate-memory-reclaim", weight=0.5),
        Refutation(Text("the cgroup is frozen: runc init waits in it", "cgroup が凍結されており、runc init はその中で待っている"), mode="cgroup-freezer-stuck", weight=0.4),
        Refutation(Text("systemd does not answer: runc waits for its scope", "systemd が応答せず、runc は scope を待っている"), mode="systemd-dbus-failure", weight=0.4),
        Refutation(Text("the disk is saturated", "ディスクが飽和している"), pattern=r"du and find on following dirs took|fs: disk usage and inodes count on following dirs took|blocked for more than \d+ seconds", weight=0.4),
    ),
    asks=(
        Ask("ps -eo pid,ppid,etime,stat,wchan:32,args | grep 'runc.*init' | grep -v grep; runc --version  # on {node}",
            Text("runc init that has stood for minutes: S in a pipe or fifo (hang), D (kernel), or in __refrigerator (freezer)", "何分も残る runc init。パイプ・fifo で S(ハング)、D(カーネル)、__refrigerator(freezer)"),
            ("kernel-dstate-memory-reclaim", "cgroup-freezer-stuck", "systemd-dbus-failure", "containerd-shim-deadlock", "disk-io-saturation", "cni-plugin-hang-or-lock", "selinux-denial", "node-memory-starvation", "containerd-hang"), "processes"),
    ),
    remedies=(
        Remedy("temporary", Text("end the runc init that hangs; its request fails and is retried", "止まっている runc init を終了させる。要求は失敗し再試行される"), Text("only that container is affected", "影響はそのコンテナだけ"),
               "pkill -9 -f 'runc.* init$'  # on {node}, after a look at ps", "ps -eo etime,args | grep 'runc.*init' | grep -v grep", "restart"),
        Remedy("permanent", Text("upgrade runc and containerd (1.0.0-rc93 with containerd 1.4.4 is known; mended in rc94 and 1.4.5)", "runc と containerd を更新する(既知: containerd 1.4.4 の 1.0.0-rc93。rc94・1.4.5 で修正)"), Text("node by node", "1 台ずつ行う"), verify="runc --version; containerd --version", risk_level="restart"),
    ),
    examples=(
        hit("k8s-event", "Error: failed to create containerd task: failed to create shim task: context deadline exceeded: unknown", reason="Failed"),
        hit("containerd", 'RunPodSandbox for &PodSandboxMetadata{Name:web-1,Uid:0b6d,Namespace:shop,Attempt:0,} failed, error error="failed to start sandbox container task \\"9f1c77aa\\": context deadline exceeded: unknown"'),
        hit("kubelet", 'StartContainer "9f1c77aa" from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded'),
        hit("containerd", 'get state for 9f1c77aa0101ffee error="context deadline exceeded: unknown"'),
        hit("shell", "root     30190  0.0  0.0  1069 5120 ?  Ssl  05:31  0:00 runc init", count=4),
        hit("containerd", "standard_init_linux.go:207: init seccomp caused: error loading seccomp filter into kernel: loading seccomp filter: invalid argument"),
        near_miss("shell", "root     30190  0.0  0.0  1069 5120 ?  Ssl  05:31  0:00 runc init"),
        near_miss("containerd", "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"serve\": executable file not found in $PATH: unknown"),
        near_miss("kernel", "INFO: task runc:[2:INIT]:30190 blocked for more than 120 seconds."),
        near_miss("k8s-event", "Failed to create pod sandbox: rpc error: code = DeadlineExceeded desc = context deadline exceeded", reason="FailedCreatePodSandBox"),
    ),
    state_examples=(
        StateExample("Process", {"command": "runc init", "count": 5, "state": "S"}, True),
        StateExample("Process", {"command": "/usr/bin/containerd", "count": 1, "state": "S"}, False),
    ),
    versions="known: runc 1.0.0-rc93",
    references=("https://github.com/containerd/containerd/issues/5274", "https://github.com/opencontainers/runc/issues/2865"),
)
