"""The interface between kubelet and container runtime."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="cri",
    title=Text("CRI (Container Runtime Interface)", "CRI(Container Runtime Interface)"),
    what=Text(
        "CRI is the gRPC protocol that the kubelet speaks with the container runtime over a Unix socket: RuntimeService for sandboxes and containers, ImageService for images. A pod starts with RunPodSandbox, PullImage, CreateContainer, StartContainer, and ends with StopContainer, StopPodSandbox, RemovePodSandbox. Every second PLEG asks ListPodSandbox and ListContainers.\n"
        "Kubelets since v1.26 speak only CRI v1; v1alpha2 ended with v1.25. Up to v1.23 the kubelet could also carry its own CRI server for Docker inside itself: dockershim.",
        "CRI は、kubelet がコンテナランタイムと Unix ソケットで話す gRPC プロトコルである。sandbox とコンテナは RuntimeService、イメージは ImageService が扱う。Pod は RunPodSandbox・PullImage・CreateContainer・StartContainer の順で起動し、StopContainer・StopPodSandbox・RemovePodSandbox の順で終わる。PLEG は毎秒 ListPodSandbox と ListContainers を呼ぶ。\n"
        "v1.26 以降の kubelet は CRI v1 だけを話し、v1alpha2 は v1.25 までである。v1.23 までは Docker 向けの CRI サーバーを kubelet 自身が内蔵していた(dockershim)。",
    ),
    fails=Text(
        "The gRPC code says which kind of failure it is. Unavailable with 'connect: no such file or directory' or 'connection refused': nobody listens on the socket. Unimplemented or 'unknown service runtime.v1.RuntimeService': somebody listens who does not speak this version. DeadlineExceeded: the call was accepted and not answered; the runtime goes on with it, so the retry meets 'name is reserved'. Unknown: the runtime answered with its own error, and the text after 'desc =' is the message of the layer below (CNI, runc, kernel). ResourceExhausted: the answer is larger than the message limit. NotFound is treated as 'already gone' when stopping.",
        "どの種類の失敗かは gRPC のコードが示す。Unavailable で「connect: no such file or directory」や「connection refused」なら、ソケットで待つ者がいない。Unimplemented や「unknown service runtime.v1.RuntimeService」なら、待ってはいるがこの版を話さない。DeadlineExceeded は受け付けられたが返事がない状態で、ランタイム側の処理は続くため再試行は「name is reserved」に当たる。Unknown はランタイム自身のエラーで、「desc =」以降が下位層(CNI・runc・カーネル)の言葉である。ResourceExhausted は応答がメッセージ上限を超えたことを示す。停止時の NotFound は「既に無い」として扱われる。",
    ),
    look=(
        Look("time crictl pods; time crictl ps -a  # on {node}", Text("does the runtime answer, and how fast; the same calls as PLEG's", "ランタイムが応答するか、どれだけ速いか。PLEG と同じ呼び出しである")),
        Look("crictl info  # on {node}", Text("RuntimeReady and NetworkReady as the kubelet gets them from Status", "kubelet が Status で受け取る RuntimeReady と NetworkReady")),
        Look("kubectl get --raw /api/v1/nodes/{node}/proxy/metrics | grep kubelet_runtime_operations", Text("errors and durations by operation", "操作別のエラー数と所要時間")),
    ),
    numbers=(
        Number(Text("deadline of a call (runtimeRequestTimeout)", "呼び出しの期限(runtimeRequestTimeout)"), "2 m", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("deadline of RunPodSandbox", "RunPodSandbox の期限"), "4 m", "staging/src/k8s.io/cri-client/pkg/remote_runtime.go"),
        Number(Text("deadline of StopContainer", "StopContainer の期限"), "terminationGracePeriodSeconds + 2 m", "staging/src/k8s.io/cri-client/pkg/remote_runtime.go"),
        Number(Text("largest message", "メッセージの上限"), "16 MiB", "staging/src/k8s.io/cri-client/pkg/utils.go"),
        Number(Text("Status is asked every; 'container runtime is down' after this time without success", "Status の確認周期。成功しないまま container runtime is down になるまでの時間"), "5 s; 30 s", "pkg/kubelet/kubelet.go, pkg/kubelet/runtime.go"),
        Number(Text("socket by default", "既定のソケット"), "unix:///run/containerd/containerd.sock", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
    ),
    see=("kubelet", "pod-sandbox", "containerd", "dockershim", "pleg"),
    modes=(
        "container-runtime-down", "cri-call-timeout", "cri-plugin-disabled-or-too-old", "cri-endpoint-wrong", "cri-name-reserved-inflight",
        "grpc-message-too-large-dead-containers", "cri-dockerd-stopped",
    ),
    aliases=("container runtime interface", "crictl"),
    references=("https://kubernetes.io/docs/concepts/containers/cri/", "https://github.com/kubernetes/cri-api/blob/master/pkg/apis/runtime/v1/api.proto"),
)
