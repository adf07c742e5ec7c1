"""The RuntimeClass names a handler that this node's runtime does not know."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="runtime-handler-not-configured",
    layer="cri",
    role="cause",
    subject="Node",
    title=Text("the RuntimeClass's handler is not configured in this node's runtime", "RuntimeClass のハンドラーがこのノードのランタイムに設定されていない"),
    summary=Text(
        "The pod's RuntimeClass exists, but the runtime of this node has no handler of that name (nvidia, kata, gvisor, crun ...): only pods of that class fail, all others start. "
        "Often the handler was written to a file that is not the one in use (k3s, imports, wrong plugin section after containerd 2).",
        "Pod の RuntimeClass は存在するが、このノードのランタイムに同名のハンドラー(nvidia、kata、gvisor、crun など)がない。そのクラスの Pod だけが失敗し、他は起動する。"
        "実際に読まれていないファイル(k3s、imports、containerd 2 で変わったセクション)に書いた場合が多い。",
    ),
    signatures=(
        Signature(r"no runtime for \\*\"[^\"\\]+\\*\" is configured", component="runtime", proof="states", source="containerd internal/cri/config"),
        Signature(r"failed to find runtime handler \S+ from runtime list", component="runtime", proof="states", source="cri-o pkg/config"),
        Signature(r"RuntimeHandler \\*\"[^\"\\]+\\*\" not supported", component="kubelet", proof="states", source="dockershim docker_sandbox.go, cri-dockerd"),
        Signature(r"unknown or invalid runtime name: ", component="runtime", proof="states", source="moby daemon/runtime_unix.go"),
        Signature(r"[Uu]nknown runtime specified ", component="runtime", proof="states", source="moby daemon before 20.10"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("RunPodSandbox is refused for pods of that class", "そのクラスの Pod の RunPodSandbox が拒否される"), strength=0.95),
        Link("container-cannot-run", "node", Text("with Docker the container is refused", "Docker ではコンテナの起動が拒否される"), strength=0.4),
        Link("pod-stuck-creating", "node", Text("those pods stay ContainerCreating", "該当 Pod は ContainerCreating のままになる"), strength=0.9),
    ),
    asks=(
        Ask("kubectl get runtimeclass -o wide; crictl info | grep -A3 -E '\"runtimes\"|\"handler\"'; containerd config dump | grep -n 'runtimes\\.'  # on {node}",
            Text("the handler of the class is missing in the runtime's own dump", "クラスのハンドラー名がランタイムのダンプに無い"),
            ("runtime-binary-missing", "sandboxed-runtime-failed", "nvidia-hook-failed"), "runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("run the pods where the handler exists (RuntimeClass scheduling.nodeSelector), or drop runtimeClassName", "ハンドラーがあるノードで動かす(RuntimeClass の scheduling.nodeSelector)か、runtimeClassName を外す"),
               Text("without the class the pod may miss its GPU or its isolation", "クラスを外すと GPU や分離が失われることがある"), "kubectl get runtimeclass -o yaml", "kubectl -n {namespace} get pod {pod} -o wide", "restart"),
        Remedy("permanent", Text("add the handler to the configuration that is really in use and restart the runtime", "実際に使われている設定にハンドラーを追加し、ランタイムを再起動する"),
               Text("a wrong section makes containerd refuse its file: check with 'containerd config dump' first", "セクションの誤りで containerd が起動しなくなるため、先に containerd config dump で確認する"),
               "nvidia-ctk runtime configure --runtime=containerd && systemctl restart containerd  # on {node}; kata, gvisor: their own installer", "crictl info | grep -c '\"nvidia\"'", "restart"),
    ),
    examples=(
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "kata-clh" is configured', reason="FailedCreatePodSandBox"),
        hit("kubelet", r'"RunPodSandbox from runtime service failed" err="rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for \"nvidia\" is configured"'),
        hit("crio", "failed to find runtime handler kata from runtime list map[runc:0xc000]"),
        hit("kubelet", r'rpc error: code = Unknown desc = RuntimeHandler "gvisor" not supported'),
        hit("dockerd", "Handler for POST /v1.41/containers/create returned error: unknown or invalid runtime name: nvidia"),
        hit("shell", "docker: Error response from daemon: Unknown runtime specified nvidia."),
        near_miss("k8s-event", 'Error creating: pods "gpu-job-" is forbidden: pod rejected: RuntimeClass "nvidia" not found', reason="FailedCreate"),
        near_miss("kubelet", r'failed to create containerd task: failed to start shim: runtime "io.containerd.kata.v2" binary not installed "containerd-shim-kata-v2": file does not exist'),
    ),
    references=("https://kubernetes.io/docs/concepts/containers/runtime-class/", "https://github.com/containerd/containerd/blob/main/docs/cri/config.md"),
)
