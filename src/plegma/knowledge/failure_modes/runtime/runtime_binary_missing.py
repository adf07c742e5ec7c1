"""runc, a shim or another OCI runtime binary is not there."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="runtime-binary-missing",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("the OCI runtime or shim binary is missing on the node", "OCI ランタイムまたは shim のバイナリがノードに存在しない"),
    summary=Text(
        "containerd, dockerd or CRI-O cannot find runc, crun, the shim or the handler's binary: not installed, removed by a package change, or not in the PATH of the daemon's unit. Every pod of the node (or of that RuntimeClass) fails, not just one.",
        "containerd・dockerd・CRI-O が runc、crun、shim、ハンドラーのバイナリを見つけられない。未インストール、パッケージ変更による削除、またはデーモンの unit の PATH 外である。1 つの Pod ではなく、ノード(または該当 RuntimeClass)の全 Pod が失敗する。",
    ),
    signatures=(
        Signature(r"exec: \\*\"(?:docker-)?(?:runc|crun|runsc|youki|kata-runtime|nvidia-container-runtime|containerd-shim[\w-]*|containerd|conmon)\\*\": executable file not found in \$PATH", component="runtime", proof="states", source="Go os/exec"),
        Signature(r"unable to retrieve OCI runtime error .{0,400}executable file not found", component="runtime", proof="states", source="containerd go-runc: no log.json, since the runtime itself was never run"),
        Signature(r"runtime \\*\"[\w./-]+\\*\" binary not installed", component="runtime", proof="states", source="containerd runtime/v2/shim"),
        Signature(r"containerd-shim[\w-]+\\*\": file does not exist", component="runtime", proof="states", source="containerd runtime/v2/shim"),
        Signature(r"(?:fork/exec|stat) /\S*/(?:runc|crun|runsc|youki|kata-runtime|nvidia-container-runtime|containerd-shim[\w-]*): no such file or directory", component="runtime", proof="states", source="Go os/exec"),
        Signature(r"runtime validation: .{0,80}not found in \$PATH", component="runtime", proof="states", source="cri-o pkg/config"),
        Signature(r"invalid runtime_path for runtime ", component="runtime", proof="states", source="cri-o pkg/config"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("no sandbox can be made", "sandbox を作成できない"), strength=0.9),
        Link("container-cannot-run", "node", Text("no container can be made", "コンテナを作成できない"), strength=0.9),
        Link("pod-stuck-creating", "node", Text("all new pods of the node wait", "ノード上の新しい Pod がすべて待たされる"), strength=0.8),
        Link("probe-failing", "node", Text("exec probes need the binary too", "exec プローブにもこのバイナリが要る"), strength=0.5),
        Link("crio-stopped", "node", Text("CRI-O checks its runtime paths at start and exits", "CRI-O は起動時に runtime_path を検査して終了する"), strength=0.3),
        Link("sandbox-kill-failing", "node", Text("runc kill and delete need the binary", "runc の kill・delete にもバイナリが要る"), strength=0.4),
    ),
    asks=(
        Ask("command -v runc crun containerd-shim-runc-v2; runc --version; systemctl show -p Environment containerd  # on {node}", Text("the binary is not found, or lies outside the PATH of the unit", "バイナリが見つからないか、unit の PATH 外にある"),
            ("container-command-not-found", "runtime-binary-broken", "runtime-handler-not-configured", "conmon-failed"), "runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("install the missing binary", "不足しているバイナリをインストールする"), Text("none; running containers are not touched", "稼働中のコンテナには影響しない"), "apt-get install --reinstall runc || dnf reinstall runc  # on {node}", "runc --version && crictl info >/dev/null", "none"),
        Remedy("permanent", Text("install runtime and runc from one source, pin their packages, verify them in the node image", "ランタイムと runc を同じ配布元から入れてパッケージを固定し、ノードイメージで検証する"), Text("none", "なし"), verify="kubectl get pods -A -o wide | grep {node}", risk_level="none"),
    ),
    examples=(
        hit("containerd", 'RunPodSandbox for &PodSandboxMetadata{Name:web-1,} failed, error error="failed to create containerd task: failed to create shim task: OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/k8s.io/9f1c/log.json: no such file or directory): exec: \\"runc\\": executable file not found in $PATH: unknown"'),
        hit("kubelet", r'failed to start shim: runtime \"io.containerd.runc.v2\" binary not installed \"containerd-shim-runc-v2\": file does not exist: unknown'),
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: "containerd-shim-kata-v2": file does not exist: unknown', reason="FailedCreatePodSandBox"),
        hit("dockerd", "OCI runtime create failed: fork/exec /usr/bin/nvidia-container-runtime: no such file or directory: unknown"),
        hit("crio", "validating runtime config: runtime validation: invalid runtime_path for runtime 'runc': \"stat /usr/bin/runc: no such file or directory\""),
        hit("crio", 'validating runtime config: runtime validation: "runc" not found in $PATH: exec: "runc": executable file not found in $PATH'),
        near_miss("k8s-event", 'Error: failed to create containerd task: OCI runtime create failed: runc create failed: unable to start container process: exec: "serve": executable file not found in $PATH: unknown', reason="Failed"),
        near_miss("containerd", "OCI runtime create failed: fork/exec /usr/bin/runc: exec format error"),
        near_miss("kubelet", 'no runtime for "kata" is configured'),
    ),
    references=("https://github.com/containerd/containerd/blob/main/docs/getting-started.md", "https://kubernetes.io/docs/setup/production-environment/container-runtimes/"),
)
