"""A sandbox is on record, but its container is not there."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="sandbox-container-missing",
    layer="cri",
    role="mechanism",
    subject="Pod",
    title=Text("the PodSandbox is on record but its container is gone", "PodSandbox の記録はあるがコンテナが存在しない"),
    summary=Text(
        "The runtime still lists the sandbox, but asking for its status answers 'No such container': the record outlived the pause container.",
        "ランタイムは sandbox を一覧に載せているが、状態を問い合わせると「No such container」と返る。記録だけが pause コンテナより長く残っている。",
    ),
    signatures=(
        Signature(r"PodSandboxStatus of sandbox \\*\"(?P<sandbox_id>[0-9a-f]{12,64})\\*\" for pod .{0,300}No such container", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go with dockershim"),
        Signature(r"PLEG: Ignoring events for pod .{0,200}No such container: (?P<sandbox_id>[0-9a-f]{12,64})", component="kubelet", source="pkg/kubelet/pleg/generic.go with dockershim"),
        Signature(r"StopPodSandbox \\*\"?(?P<sandbox_id>[0-9a-f]{12,64})\\*\"? from runtime service failed: .{0,200}No such container", component="kubelet", source="pkg/kubelet/remote/remote_runtime.go with dockershim"),
        Signature(r"[Ff]ailed to get sandbox status: .{0,200}No such container: (?P<sandbox_id>[0-9a-f]{12,64})", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
    ),
    leads_to=(
        Link("sandbox-kill-failing", "pod", Text("stopping the sandbox asks for the same container and gets the same answer", "sandbox の停止でも同じコンテナを参照し、同じエラーになる"), strength=0.5),
        Link("pod-status-unknown", "pod", Text(
            "PodSandboxStatus answers with code Unknown instead of NotFound, and one such error fails the whole pod's status",
            "PodSandboxStatus が NotFound ではなく Unknown を返すため、この 1 件のエラーで Pod 全体の状態取得が失敗する"), strength=0.9),
        Link("container-cannot-run", "pod", Text("the container is started in the namespaces of a sandbox that is not there", "存在しない sandbox の名前空間でコンテナを起動しようとする"), strength=0.6),
    ),
    asks=(
        Ask("ls -l --time-style=full-iso /var/lib/dockershim/sandbox  # on {node}", Text("a file named after the sandbox id that docker does not know", "Docker が知らない sandbox ID と同名のファイル"), ("stale-sandbox-checkpoint", "cni-plugin-hang-or-lock"), evidence="dockershim-checkpoints"),
        Ask("docker ps -a --no-trunc --filter label=io.kubernetes.pod.uid={pod_uid}  # containerd: crictl pods", Text("which sandboxes of the pod exist", "この Pod の sandbox がどれだけ存在するか"), evidence="container-list"),
    ),
    examples=(
        hit("kubelet", 'PodSandboxStatus of sandbox "77aa0101ffee" for pod "collector_logging(0b6d1c2e-0000-4000-8000-000000000001)" error: rpc error: code = Unknown desc = Error: No such container: 77aa0101ffee'),
        hit("kubelet", "PLEG: Ignoring events for pod collector/logging: rpc error: code = Unknown desc = Error: No such container: 77aa0101ffee"),
        hit("kubelet", 'StopPodSandbox "77aa0101ffee" from runtime service failed: rpc error: code = Unknown desc = Error: No such container: 77aa0101ffee'),
        hit("kubelet", "Failed to get sandbox status: rpc error: code = Unknown desc = Error: No such container: 77aa0101ffee"),
        near_miss("kubelet", 'ContainerStatus "77aa0101ffee" from runtime service failed: rpc error: code = Unknown desc = Error: No such container: 77aa0101ffee'),
        near_miss("dockerd", "Handler for GET /v1.38/containers/77aa0101ffee/json returned error: No such container: 77aa0101ffee"),
    ),
    concepts=("pod-sandbox",),
)
