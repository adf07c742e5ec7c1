"""The pull makes no progress within its deadline."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import PULLING
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-pull-too-slow",
    layer="image",
    role="cause",
    subject="Node",
    title=Text("the image pull stalls and is cancelled at its progress deadline", "イメージの取得が進まず、進捗期限で打ち切られている"),
    summary=Text(
        "The registry answers, but the data comes too slowly or the unpacking blocks: the runtime (containerd image_pull_progress_timeout, CRI-O pull_progress_timeout) or dockershim (--image-pull-progress-deadline) cancels a pull without progress. Large layers over a thin or lossy line, a saturated disk, or serialised pulls behind a huge image.",
        "レジストリは応答するが、データが遅すぎるか展開が詰まっている。進捗の無い取得はランタイム(containerd の image_pull_progress_timeout、CRI-O の pull_progress_timeout)や dockershim(--image-pull-progress-deadline)が打ち切る。細い回線や損失のある回線での大きなレイヤー、ディスクの飽和、巨大イメージの後ろでの直列待ちが原因。",
    ),
    signatures=(
        Signature(r"[Cc]ancel pulling image .*because of no progress (?:for|in) ", component="runtime", proof="states", source="containerd internal/cri/server/images/image_pull.go; dockershim libdocker/kube_docker_client.go"),
        Signature(PULLING + r"context canceled", component="runtime", at_least=2, source="containerd: the pull's context was cancelled"),
        Signature(PULLING + r"context canceled", component="runtime", proof="suggests", source="the same, once: also when the pod was deleted meanwhile"),
        Signature(PULLING + r"net/http: request canceled(?:\\*\"|$)", component="runtime", source="dockershim: the pull was cancelled"),
        Signature(PULLING + r"context deadline exceeded", component="runtime", proof="suggests", source="the kubelet's or the client's deadline"),
        Signature(PULLING + r"[Pp]rogress timeout", component="runtime", source="CRI-O pull_progress_timeout"),
    ),
    leads_to=(
        Link("image-pull-back-off", "node", Text("a cancelled pull counts as failed and begins anew", "打ち切られた取得は失敗となり、最初からやり直しになる"), within=3600, strength=0.9),
        Link("pod-stuck-creating", "node", Text("until the image is there the container is not created", "イメージが揃うまでコンテナが作成されない"), within=3600, strength=0.6),
        Link("cri-call-timeout", "node", Text("PullImage runs into its deadline", "PullImage が期限に達する"), within=3600, strength=0.2),
    ),
    asks=(
        Ask("journalctl -u containerd -u docker -u crio --no-pager | grep -E 'no progress|stop pulling image|bytes read'  # on {node}", Text("cancelled for want of progress, with the bytes that had come", "進捗が無いための打ち切りと、それまでの受信バイト数"), ("image-registry-unreachable", "disk-io-saturation", "image-pull-disk-full"), evidence="runtime-log"),
        Ask("time crictl pull {image}; iostat -x 5 3  # on {node}", Text("a slow line with an idle disk, or a disk at 100 %", "ディスクは空いていて回線が遅い、またはディスクが 100 %"), ("disk-io-saturation",)),
    ),
    remedies=(
        Remedy("temporary", Text("pull the image ahead of time by hand, or raise the progress time-out", "事前に手動で取得するか、進捗タイムアウトを延ばす"), Text("the runtime is restarted for a new time-out", "タイムアウトの変更にはランタイムの再起動が必要"), "crictl pull {image}  # on {node}", "crictl images", "none"),
        Remedy("permanent", Text("smaller images and layers, a registry mirror near the nodes, parallel pulls (serializeImagePulls: false), enough disk throughput", "イメージとレイヤーを小さくし、近くにミラーを置き、並列取得(serializeImagePulls: false)と十分なディスク性能を確保する"), Text("parallel pulls load disk and line more", "並列取得はディスクと回線の負荷を増やす"), "", "kubectl get --raw /api/v1/nodes/{node}/proxy/configz", "restart"),
    ),
    versions="dockershim: 1 min default; containerd from 1.7: 1 min, later 5 min; CRI-O from 1.30",
    references=("https://github.com/containerd/containerd/pull/6150", "https://github.com/containerd/containerd/issues/11650", "https://github.com/cri-o/cri-o/pull/7887", "https://github.com/kubernetes/kubernetes/pull/26677"),
    examples=(
        hit("containerd", "cancel pulling image registry.example/ml/train:9 because of no progress in 5m0s"),
        hit("kubelet", 'Cancel pulling image "ml/train:9" because of no progress for 1m0s, latest progress: "5fe0: Downloading [=> ] 12.3 MB/4.1 GB"'),
        hit("k8s-event", 'Failed to pull image "registry.example/ml/train:9": rpc error: code = Canceled desc = failed to pull and unpack image "registry.example/ml/train:9": context canceled', reason="Failed", count=3),
        hit("k8s-event", 'Failed to pull image "ml/train:9": rpc error: code = Unknown desc = net/http: request canceled', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "registry.example/ml/train:9": rpc error: code = DeadlineExceeded desc = context deadline exceeded', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "registry.example/ml/train:9": rpc error: code = Unknown desc = copying image: progress timeout of 10s reached', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://quay.example/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)', reason="Failed"),
        near_miss("k8s-event", 'Successfully pulled image "registry.example/ml/train:9" in 14m31s', reason="Pulled"),
        near_miss("k8s-event", "Failed to create pod sandbox: rpc error: code = DeadlineExceeded desc = context deadline exceeded", reason="FailedCreatePodSandBox"),
    ),
)
