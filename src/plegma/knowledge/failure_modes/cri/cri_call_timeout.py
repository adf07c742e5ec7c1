"""A call to the container runtime did not come back in time."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cri-call-timeout",
    layer="cri",
    role="mechanism",
    subject="Node",
    title=Text("calls to the container runtime time out", "コンテナランタイムへの呼び出しがタイムアウトしている"),
    summary=Text(
        "A CRI or Docker call ran into its deadline (2 minutes; 4 minutes for RunPodSandbox): something below the kubelet never answered. This says where the kubelet waits, not why.",
        "CRI または Docker の呼び出しが期限(2 分、RunPodSandbox は 4 分)に達した。kubelet より下の何かが応答していない。どこで待っているかは分かるが、理由までは分からない。",
    ),
    signatures=(
        Signature(r"operation timeout: context deadline exceeded", component="runtime", source="pkg/kubelet/dockershim/libdocker/kube_docker_client.go"),
        Signature(r"code = (?:DeadlineExceeded|4) desc = ", component="runtime", source="grpc status of the CRI client"),
        Signature(r"code = (?:Unknown|2) desc = context deadline exceeded", component="runtime", source="grpc status of the CRI client"),
        Signature(r"context deadline exceeded", component="runtime", proof="suggests", reason=r"FailedSync|FailedKillPod|FailedCreatePodSandBox|FailedCreatePodSandbox|ContainerGCFailed|ImageGCFailed|FailedPodSandBoxStatus"),
    ),
    leads_to=(
        Link("pod-status-unknown", "pod", Text("PodSandboxStatus or ContainerStatus does not return, so the pod's status cannot be determined", "PodSandboxStatus や ContainerStatus が返らず、Pod の状態を判定できない"), strength=0.8),
        Link("pleg-unhealthy", "node", Text("the relist waits for the same calls; with calls that take minutes it is older than 3m0s", "relist も同じ呼び出しを待つ。呼び出しに数分かかれば 3m0s を超える"), strength=0.8),
        Link("container-runtime-down", "node", Text("the runtime's status call does not return for 30 s", "ランタイムの Status 呼び出しが 30 秒返らない"), strength=0.7),
        Link("sandbox-creation-failing", "node", Text("RunPodSandbox runs into its deadline", "RunPodSandbox が期限に達する"), strength=0.7),
        Link("sandbox-kill-failing", "node", Text("StopPodSandbox or StopContainer runs into its deadline", "StopPodSandbox や StopContainer が期限に達する"), strength=0.7),
        Link("cri-name-reserved-inflight", "node", Text("the kubelet gives up and asks again while the first call still holds the name", "kubelet があきらめて再要求するが、最初の呼び出しがまだ名前を保持している"), strength=0.6),
        Link("pod-stuck-creating", "node", Text("no sandbox, no container", "sandbox が無ければコンテナも無い"), strength=0.6),
    ),
    asks=(
        Ask("time crictl ps -a; time crictl pods  # with Docker: time docker ps -a", Text("does the runtime answer at all, and how fast", "ランタイムがそもそも応答するか、どのくらい速いか"), evidence="container-list"),
        Ask("ps -eo pid,ppid,etime,stat,wchan:32,args", Text("processes in D state, CNI plugins or runc that have stood for minutes", "D 状態のプロセス、何分も残っている CNI プラグインや runc"), evidence="processes"),
    ),
    examples=(
        hit("kubelet", "PodSandboxStatus of sandbox \"77aa01\" for pod \"collector_logging(0b6d)\" error: rpc error: code = DeadlineExceeded desc = context deadline exceeded"),
        hit("k8s-event", "error determining status: rpc error: code = Unknown desc = operation timeout: context deadline exceeded", reason="FailedSync"),
        hit("kubelet", "ListPodSandbox failed: rpc error: code = Unknown desc = context deadline exceeded"),
        hit("k8s-event", "failed to stop sandbox: context deadline exceeded", reason="FailedKillPod"),
        hit("kubelet", "getKubeletContainers failed: rpc error: code = 4 desc = context deadline exceeded"),
        near_miss("kubelet", 'Error updating node status, will retry: error getting node "n1": Get "https://10.0.0.1:6443/api/v1/nodes/n1?timeout=10s": context deadline exceeded'),
        near_miss("k8s-event", 'Failed to pull image "registry.example/web:1": context deadline exceeded', reason="Failed"),
    ),
    generic=True,
    concepts=("cri",),
)
