"""The kernel refuses every further BPF program because its JIT memory limit is reached."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kernel-bpf-jit-limit",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the kernel's BPF JIT memory limit is reached: no seccomp filter can be loaded", "カーネルの BPF JIT メモリ上限に達し、seccomp フィルターを読み込めない"),
    summary=Text(
        "Each seccomp filter is a BPF program that the kernel compiles into JIT memory, limited by net.core.bpf_jit_limit. Kernels that do not give the memory back fill up on nodes with much container churn: from then on no container starts and no exec probe runs there (errno 524), until the limit is raised or the node is recycled.",
        "seccomp フィルターは 1 つずつ BPF プログラムとして JIT メモリにコンパイルされ、net.core.bpf_jit_limit で制限される。メモリを返却しないカーネルでは、コンテナの入れ替わりが多いノードで上限に達し、以後コンテナの起動も exec probe も errno 524 で失敗する。上限を上げるかノードを入れ替えるまで回復しない。",
    ),
    signatures=(
        Signature(r"loading seccomp filter.{0,80}errno 524", component="runtime", proof="states", source="runc libcontainer/seccomp/patchbpf; ENOTSUPP is 524"),
        Signature(r"seccomp.{0,80}[Uu]nknown error 524", component="runtime", proof="states", source="crun, conmon: strerror of ENOTSUPP"),
        Signature(r"errno 524", component="runtime", reason=r"Failed|FailedCreatePodSandBox|Unhealthy|StartError|RunContainerError", proof="shows"),
        Signature(r"error loading seccomp filter into kernel", component="runtime", proof="suggests", source="runc libcontainer/seccomp; the errno behind it decides"),
        Signature(r"OCI runtime (?:exec|create) failed.{0,400}errno 524", component="runtime", proof="shows", source="runc: ENOTSUPP"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the pause container's filter cannot be loaded", "pause コンテナのフィルターを読み込めない"), strength=0.8),
        Link("container-cannot-run", "node", Text("runc cannot load the container's filter", "runc がコンテナのフィルターを読み込めない"), strength=0.9),
        Link("probe-failing", "node", Text("each exec probe loads the filter anew and fails, although the application is well", "exec probe は毎回フィルターを読み込むため、アプリが正常でも失敗する"), strength=0.7),
        Link("liveness-probe-kill", "node", Text("healthy containers are killed for a probe that could not run", "実行できなかった probe のために正常なコンテナが強制終了される"), strength=0.5),
        Link("crash-loop-back-off", "node", Text("restarts fail the same way", "再起動も同じ理由で失敗する"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("the kernel does not take the filter itself (EINVAL, EFAULT): runc 1.0-rc93", "カーネルがフィルター自体を受け付けていない(EINVAL、EFAULT)。runc 1.0-rc93 の問題"), pattern=r"loading seccomp filter: (?:invalid argument|bad address)", weight=0.9),
        Refutation(Text("runc init waits", "runc init が待ち続けている"), mode="runc-init-hang", weight=0.3),
    ),
    asks=(
        Ask("sysctl net.core.bpf_jit_limit; grep -c bpf_jit /proc/vmallocinfo; grep bpf_jit /proc/vmallocinfo | tr -s ' ' | cut -d' ' -f2 | paste -sd+ | bc; uname -r; uptime  # on {node}",
            Text("the sum of bpf_jit allocations near the limit on an old node", "bpf_jit の割り当て合計が上限に近く、長期間稼働しているノード"), ("seccomp-blocks-syscall",)),
    ),
    remedies=(
        Remedy("temporary", Text("raise the limit", "上限を引き上げる"), Text("the leak goes on; a stop-gap of days or weeks", "リークは続くため、数日〜数週間の応急処置"), "sysctl -w net.core.bpf_jit_limit=1073741824  # on {node}", "kubectl -n {namespace} get pod {pod} -w", "none"),
        Remedy("permanent", Text("a kernel with the fix, recycling nodes meanwhile", "修正済みカーネルへ更新し、それまではノードを定期的に入れ替える"), Text("a reboot per node", "ノードごとに再起動が必要"), "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data", "uname -r  # on {node}", "disruptive"),
    ),
    versions="seen on kernels 5.10 and 5.15 (e.g. Amazon Linux 2) before the seccomp/BPF memory fixes",
    references=("https://github.com/awslabs/amazon-eks-ami/issues/1179", "https://github.com/awslabs/amazon-eks-ami/issues/1219", "https://github.com/moby/moby/issues/45498", "https://docs.kernel.org/admin-guide/sysctl/net.html#bpf-jit-limit"),
    examples=(
        hit("k8s-event", 'Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: unable to init seccomp: error loading seccomp filter into kernel: error loading seccomp filter: errno 524: unknown', reason="Failed"),
        hit("crio", "crun: seccomp (SECCOMP_SET_MODE_FILTER): Unknown error 524"),
        hit("k8s-event", 'Liveness probe errored: rpc error: code = Unknown desc = failed to exec in container: OCI runtime exec failed: exec failed: unable to start container process: errno 524: unknown', reason="Unhealthy"),
        hit("k8s-event", "OCI runtime create failed: runc create failed: unable to start container process: unable to init seccomp: error loading seccomp filter into kernel: err", reason="FailedCreatePodSandBox"),
        near_miss("pod-log", "runtime/cgo: pthread_create failed: Operation not permitted"),
        near_miss("containerd", "OCI runtime create failed: seccomp: config provided but seccomp not supported: unknown"),
        near_miss("pod-log", "OSError: [Errno 524] Unknown error 524: '/data/file'"),
    ),
)
