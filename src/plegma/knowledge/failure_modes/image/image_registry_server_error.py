"""The registry answers with a server error."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import PULLING
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-registry-server-error",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the registry itself fails (HTTP 5xx)", "レジストリ自体が障害を起こしている(HTTP 5xx)"),
    summary=Text(
        "The registry, its storage or the proxy in front of it answers 500, 502, 503 or 504, or ends the transfer early. Nothing on the node or in the pod is wrong.",
        "レジストリ、そのストレージ、または前段のプロキシが 500・502・503・504 を返すか、転送を途中で打ち切っている。ノードや Pod に問題は無い。",
    ),
    signatures=(
        Signature(PULLING + r"500 Internal Server Error", component="runtime", proof="states", source="containerd core/remotes/docker; moby: received unexpected HTTP status"),
        Signature(PULLING + r"502 Bad Gateway", component="runtime", proof="states", source="the same"),
        Signature(PULLING + r"503 Service Unavailable", component="runtime", proof="states", source="the same"),
        Signature(PULLING + r"504 Gateway Time", component="runtime", proof="states", source="the same"),
        Signature(PULLING + r"invalid status code from registry 50[0-9]", component="runtime", proof="states", source="containers/image docker/docker_client.go"),
        Signature(PULLING + r"StatusCode: 50[0-9]", component="runtime", proof="states", source="containers/image docker/errors.go"),
        Signature(PULLING + r"/v2/\S*: EOF", component="runtime", source="Go net/http: the peer closed without an answer"),
    ),
    leads_to=(Link("image-pull-back-off", "pod", Text("the registry fails at every try", "試行のたびにレジストリ側で失敗する"), within=900, strength=0.95),),
    asks=(
        Ask("curl -sSi https://REGISTRY/v2/", Text("5xx from anywhere, not only from this node", "このノード以外からでも 5xx になる"), ("image-registry-unreachable", "image-pull-proxy-misconfigured", "image-not-found")),
    ),
    remedies=(
        Remedy("temporary", Text("wait or fail over to a mirror; the kubelet tries again by itself", "復旧を待つかミラーへ切り替える。kubelet は自動で再試行する"), Text("none", "なし"), "", "crictl pull {image}", "none"),
        Remedy("permanent", Text("a pull-through cache near the nodes and imagePullPolicy IfNotPresent with fixed tags, so that the registry is not needed for a restart", "ノードの近くにプルスルーキャッシュを置き、固定タグと IfNotPresent で再起動時にレジストリへ依存しないようにする"), Text("a re-used tag is not pulled again", "同じタグを上書きしても再取得されない"), "", "", "none"),
    ),
    versions="every version",
    references=("https://github.com/opencontainers/distribution-spec/blob/main/spec.md", "https://status.docker.com/"),
    examples=(
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = Error response from daemon: received unexpected HTTP status: 503 Service Unavailable', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": failed to pull and unpack image "quay.example/web:4": failed to resolve reference "quay.example/web:4": unexpected status from HEAD request to https://quay.example/v2/web/manifests/4: 502 Bad Gateway', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = reading manifest 4 in quay.example/web: received unexpected HTTP status: StatusCode: 504, <html>', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = Requesting bear token: invalid status code from registry 503 (Service Unavailable)', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = failed to resolve image "quay.example/web:4": failed to do request: 500 Internal Server Error', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = Error response from daemon: received unexpected HTTP status: 504 Gateway Timeout', reason="Failed"),
        hit("status", 'rpc error: code = Unknown desc = Error response from daemon: Get "https://quay.example/v2/": EOF', reason="ErrImagePull"),
        near_miss("k8s-event", "Readiness probe failed: HTTP probe failed with statuscode: 503", reason="Unhealthy"),
        near_miss("k8s-event", 'Failed to pull image "quay.example/web:4": failed to resolve reference "quay.example/web:4": unexpected status from HEAD request to https://quay.example/v2/web/manifests/4: 404 Not Found', reason="Failed"),
        near_miss("k8s-event", 'Error creating: Internal error occurred: failed calling webhook "x": an error on the server ("503 Service Unavailable")', reason="FailedCreate"),
    ),
)
