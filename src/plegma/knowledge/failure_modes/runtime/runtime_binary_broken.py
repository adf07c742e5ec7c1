"""runc (or another OCI runtime) is there, but cannot run."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="runtime-binary-broken",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("the OCI runtime binary on the node is broken", "ノードの OCI ランタイム(runc など)のバイナリが壊れている"),
    summary=Text(
        "runc, crun or the shim exists but dies before it can report an error: wrong architecture, truncated file, missing or too old shared library (libseccomp, glibc), no execute bit, a crash, or a wrapper script. It writes no log.json, so containerd can only quote its exit status. Every start, exec probe and stop on the node fails.",
        "runc・crun・shim は存在するが、エラーを報告する前に終了する。CPU アーキテクチャ違い、ファイルの欠損、共有ライブラリ(libseccomp、glibc)の不足や旧版、実行権限なし、クラッシュ、ラッパースクリプトなどである。log.json が書かれないため、containerd は終了ステータスしか示せない。ノード上の起動・exec プローブ・停止がすべて失敗する。",
    ),
    signatures=(
        Signature(r"unable to retrieve OCI runtime error \(open \S+log\.json: no such file or directory\): (?:\S+ did not terminate suc|fork/exec \S+: (?:exec format|permission|text file|input/output)|exit status|signal)", component="runtime", proof="states", source="containerd runtime/v2/runc/process; go-runc"),
        Signature(r"unable to retrieve OCI runtime error \((?:invalid character|unexpected end|EOF|json)", component="runtime", proof="states", source="containerd runtime/v2/runc/process: log.json that is not JSON"),
        Signature(r"fork/exec /\S*/(?:runc|crun|runsc|youki|nvidia-container-runtime\S*|containerd-shim[\w-]*): (?:exec format error|permission denied|text file busy|input/output error)", component="runtime", proof="states", source="Go os/exec"),
        Signature(r"\b(?:runc|crun|containerd-shim[\w-]*): (?:symbol lookup error|error while loading shared libraries|relocation error): ", component="runtime", proof="states", source="ld.so"),
        Signature(r"/(?:runc|crun): /\S+: version `\S+' not found", component="runtime", proof="states", source="ld.so"),
        Signature(r"(?:runc|crun) did not terminate suc+essfully: (?:signal: (?:segmentation fault|illegal instruction|bus error|aborted)|exit status (?:126|127|132|134|135|139))", component="runtime", proof="states", source="go-runc"),
        Signature(r"OCI runtime \w+ failed: (?:runc|crun) did not terminate suc+essfully: ?(?:unknown)?$", component="runtime", source="go-runc"),
        Signature(r"\b(?:runc|crun)\S*\[\d+\]: segfault at ", component="kernel", proof="states", source="arch/x86/mm/fault.c"),
        Signature(r"traps: (?:runc|crun)\S*\[\d+\] (?:trap invalid opcode|general protection)", component="kernel", proof="states", source="arch/x86/kernel/traps.c"),
        Signature(r"/(?:runc|crun|containerd-shim[\w-]*)(?: is not an executable program|: cannot execute(?:: required file not found| binary file))", component="any", proof="states", source="shells, installers"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("no sandbox can be made", "sandbox を作成できない"), strength=0.9),
        Link("container-cannot-run", "node", Text("no container can be made or started", "コンテナを作成・起動できない"), strength=0.9),
        Link("pod-stuck-creating", "node", Text("all new pods of the node wait", "ノード上の新しい Pod がすべて待たされる"), strength=0.9),
        Link("probe-failing", "node", Text("exec probes go through runc", "exec プローブは runc を経由する"), strength=0.6),
        Link("sandbox-kill-failing", "node", Text("runc kill and runc delete fail", "runc kill・runc delete が失敗する"), strength=0.5),
        Link("pod-stuck-terminating", "node", Text("containers cannot be stopped", "コンテナを停止できない"), strength=0.4),
        Link("crash-loop-back-off", "node", Text("containers that end cannot be started again", "終了したコンテナを再び起動できない"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("the memory limit of the container was too small for runc itself: one pod, not the node", "コンテナのメモリ上限が runc 自身には小さすぎる。ノードではなく 1 つの Pod の問題である"), pattern=r"container init was OOM-killed", component="runtime", weight=0.5),
    ),
    asks=(
        Ask("for b in runc crun containerd-shim-runc-v2; do p=$(command -v $b) && file -L $p && ls -lL $p; done; runc --version; dpkg -V runc containerd.io 2>/dev/null || rpm -V runc containerd.io  # on {node}",
            Text("runc --version itself fails, the file is a script or of another architecture, or the package check reports a changed file", "runc --version 自体が失敗する、ファイルがスクリプトや別アーキテクチャである、またはパッケージ検査が変更を報告する"),
            ("runtime-binary-missing", "image-arch-mismatch", "runtime-cgroup-version-unsupported", "container-command-not-found", "runc-nested-procfs-denied", "conmon-failed", "app-segfault", "cpu-instruction-missing"), "runtime-log"),
    ),
    remedies=(
        Remedy("temporary", Text("cordon the node and reinstall runc", "ノードを cordon し、runc を再インストールする"), Text("running containers are not touched; exec and stop work again at once", "稼働中のコンテナには影響せず、exec と停止は直ちに回復する"),
               "kubectl cordon {node}; apt-get install --reinstall runc || dnf reinstall runc  # on {node}", "runc --version && kubectl uncordon {node}", "none"),
        Remedy("permanent", Text("install runtime, runc and libseccomp from one source for the node's architecture, verify checksums in the node image, alert on FailedCreatePodSandBox by node", "ランタイム・runc・libseccomp をノードのアーキテクチャに合った同じ配布元から入れ、ノードイメージでチェックサムを検証し、ノード別の FailedCreatePodSandBox を監視する"),
               Text("none", "なし"), verify="kubectl get events -A --field-selector reason=FailedCreatePodSandBox", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/k8s.io/9f1c/log.json: no such file or directory): runc did not terminate successfully: exit status 1: : unknown", reason="FailedCreatePodSandBox"),
        hit("containerd", "OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/k8s.io/9f1c/log.json: no such file or directory): fork/exec /usr/bin/runc: exec format error: unknown"),
        hit("containerd", "OCI runtime create failed: unable to retrieve OCI runtime error (invalid character 'g' looking for beginning of value): runc did not terminate successfully: exit status 1: unknown"),
        hit("dockerd", "OCI runtime create failed: fork/exec /usr/sbin/runc: permission denied: unknown"),
        hit("containerd", "runc did not terminate successfully: exit status 127: /usr/bin/runc: symbol lookup error: /usr/bin/runc: undefined symbol: seccomp_notify_respond"),
        hit("kubelet", 'failed to stop container "9f1c": unknown error after kill: runc did not terminate successfully: exit status 127: runc: error while loading shared libraries: libseccomp.so.2: cannot open shared object file: No such file or directory'),
        hit("crio", "container create failed: /usr/bin/crun: /lib64/libc.so.6: version `GLIBC_2.34' not found (required by /usr/bin/crun)"),
        hit("dockerd", "OCI runtime create failed: runc did not terminate sucessfully: unknown"),
        hit("containerd", "OCI runtime create failed: runc did not terminate successfully: signal: segmentation fault (core dumped): unknown"),
        hit("kernel", "runc[31001]: segfault at 20300000 ip 00007f0 sp 00007ffc error 4 in runc[400000+2af000]"),
        hit("kernel", "traps: runc[31001] trap invalid opcode ip:55d sp:7ffc error:0 in runc[55d+2af000]"),
        hit("shell", "-bash: /usr/local/sbin/runc: cannot execute binary file: Exec format error"),
        hit("shell", "/usr/bin/runc is not an executable program"),
        near_miss("containerd", 'cleanup warnings time="2025-03-02T10:00:00Z" level=warning msg="failed to remove runc container" error="runc did not terminate successfully: exit status 255: " runtime=io.containerd.runc.v2'),
        near_miss("containerd", 'unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/k8s.io/9f1c/log.json: no such file or directory): exec: "runc": executable file not found in $PATH: unknown'),
        near_miss("k8s-event", "OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v1.linux/moby/9f1c/log.json: no such file or directory): fork/exec /usr/bin/nvidia-container-runtime: no such file or directory: unknown", reason="Failed"),
        near_miss("pod-log", "exec /usr/local/bin/server: exec format error"),
        near_miss("k8s-event", "Error: failed to create containerd task: OCI runtime create failed: runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?): unknown", reason="Failed"),
        near_miss("kernel", "nginx[31001]: segfault at 20300000 ip 00007f0 sp 00007ffc error 4"),
    ),
    references=("https://github.com/containerd/go-runc", "https://github.com/containerd/containerd/blob/main/cmd/containerd-shim-runc-v2/process/utils.go"),
)
