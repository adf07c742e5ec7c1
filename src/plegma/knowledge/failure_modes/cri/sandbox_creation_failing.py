"""The pod's sandbox cannot be created."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="sandbox-creation-failing",
    layer="cri",
    role="mechanism",
    subject="Pod",
    title=Text("the pod's sandbox cannot be created", "Pod の sandbox を作成できない"),
    summary=Text(
        "RunPodSandbox fails: pause image, cgroup, runtime or CNI. The rest of the message says which.",
        "RunPodSandbox が失敗している。原因は pause イメージ・cgroup・ランタイム・CNI のいずれかで、メッセージの続きに書かれる。",
    ),
    signatures=(
        Signature(r"", component="kubelet", reason=r"FailedCreatePodSandBox|FailedCreatePodSandbox"),
        Signature(r"Failed (to )?create pod sandbox: ", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
        Signature(r"RunPodSandbox from runtime service failed", component="kubelet", source="pkg/kubelet/cri/remote/remote_runtime.go"),
        Signature(r"[Cc]reatePodSandbox for pod .{0,120}failed", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
        Signature(r"RunPodSandbox for .{0,300} failed, error", component="runtime", source="containerd pkg/cri/server/instrumented_service.go"),
    ),
    leads_to=(
        Link("pod-stuck-creating", "pod", Text("without a sandbox no container of the pod can be created", "sandbox が無ければコンテナを作成できない"), strength=0.95),
        Link("sandbox-changed-loop", "pod", Text("each failed attempt leaves a sandbox that is thrown away", "失敗のたびに sandbox が残り、破棄される"), strength=0.6),
        Link("crash-loop-back-off", "pod", Text("the pod's containers cannot be started", "コンテナを起動できない"), strength=0.3),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("the whole FailedCreatePodSandBox message", "FailedCreatePodSandBox の全文"), evidence="pod-describe"),
        Ask("journalctl -u kubelet --since '{since}' --no-pager | grep -E 'RunPodSandbox|CreatePodSandbox'", Text("the runtime's words", "ランタイムのエラー文"), evidence="kubelet-log"),
    ),
    examples=(
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = DeadlineExceeded desc = context deadline exceeded", reason="FailedCreatePodSandBox"),
        hit("k8s-event", "Failed create pod sandbox: rpc error: code = Unknown desc = NetworkPlugin cni failed to set up pod", reason="FailedCreatePodSandBox"),
        hit("kubelet", '"RunPodSandbox from runtime service failed" err="rpc error: code = Unknown desc = failed to setup network for sandbox"'),
        hit("kubelet", '"CreatePodSandbox for pod failed" err="rpc error: code = Unknown"'),
        hit("kubelet", 'createPodSandbox for pod "web-1_shop(0b6d)" failed: rpc error'),
        hit("containerd", 'RunPodSandbox for &PodSandboxMetadata{Name:web-1,Uid:0b6d,Namespace:shop,Attempt:0,} failed, error error="failed to setup network"'),
        near_miss("k8s-event", "Pod sandbox changed, it will be killed and re-created.", reason="SandboxChanged"),
        near_miss("containerd", 'RunPodSandbox for &PodSandboxMetadata{Name:web-1,Uid:0b6d,Namespace:shop,Attempt:0,} returns sandbox id "77aa01"'),
    ),
    generic=True,
    concepts=("pod-sandbox",),
)
