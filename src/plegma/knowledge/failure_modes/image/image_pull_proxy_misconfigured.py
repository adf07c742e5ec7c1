"""The proxy that the runtime pulls through is wrong, down or refuses."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

_PULL = r"(?:[Ff]ailed to pull image|[Ff]ailed pulling image|PullImage|Pull image|ErrImagePull|for pull after error|://[^/ ]+/v2/)(?s:.*)"

MODE = FailureMode(
    id="image-pull-proxy-misconfigured",
    layer="image",
    role="cause",
    subject="Node",
    title=Text("the runtime's HTTP proxy setting is wrong, or the proxy refuses the registry", "ランタイムの HTTP プロキシ設定が誤っているか、プロキシがレジストリへの接続を拒否している"),
    summary=Text(
        "The runtime dials a proxy instead of the registry and fails there: the proxy's address is wrong or down, its scheme is wrong (https:// for a plain proxy), it wants a login, or it answers in the registry's place with a page of its own. NO_PROXY may lack the local registry.",
        "ランタイムがレジストリではなくプロキシに接続し、そこで失敗している。プロキシのアドレス誤りや停止、スキームの誤り(平文プロキシに https://)、認証要求、プロキシ自身のページ応答などが原因。NO_PROXY に社内レジストリが無い場合もある。",
    ),
    signatures=(
        Signature(_PULL + r"proxyconnect tcp: ", component="runtime", proof="states", source="Go net/http transport.go"),
        Signature(_PULL + r"Proxy Authentication Required", component="runtime", proof="states", source="HTTP 407, Go net/http transport.go"),
        Signature(_PULL + r"invalid proxy address", component="runtime", proof="states", source="golang.org/x/net/http/httpproxy"),
        Signature(_PULL + r"error parsing HTTP 403 response body: invalid character '<'", component="runtime", source="docker registry client: an HTML page came back in the registry's place"),
        Signature(_PULL + r"invalid character '<' looking for beginning of value", component="runtime", proof="suggests", source="Go encoding/json on an HTML page"),
    ),
    leads_to=(
        Link("image-pull-back-off", "node", Text("every pull goes through the proxy and ends there", "全ての取得がプロキシを経由し、そこで失敗する"), within=900, strength=0.95),
        Link("sandbox-image-pull-failure", "node", Text("the pause image is pulled through the same proxy", "pause イメージも同じプロキシを経由する"), within=900, strength=0.5),
    ),
    asks=(
        Ask("systemctl show containerd docker crio -p Environment; systemctl cat containerd docker crio | grep -i proxy  # on {node}", Text("a proxy that does not answer, has the wrong scheme, or a NO_PROXY without the registry", "応答しないプロキシ、スキームの誤り、またはレジストリの無い NO_PROXY"),
            ("image-registry-unreachable", "image-pull-dns-failure", "image-pull-auth", "image-not-found", "image-registry-server-error"), evidence="runtime-config"),
        Ask("curl -vsS --max-time 10 -x PROXY https://REGISTRY/v2/  # on {node}", Text("the CONNECT to the registry fails with the same words", "レジストリへの CONNECT が同じエラーで失敗する"), ("image-registry-unreachable", "image-pull-x509")),
    ),
    remedies=(
        Remedy("temporary", Text("correct the proxy in the runtime's unit and restart it", "ランタイムのユニットのプロキシ設定を直し、再起動する"), Text("containerd and CRI-O keep containers running; dockerd without live-restore restarts them all", "containerd / CRI-O はコンテナを止めない。live-restore の無い dockerd では全コンテナが再起動する"),
               "systemctl edit containerd && systemctl daemon-reload && systemctl restart containerd  # on {node}", "crictl pull {image}", "restart"),
        Remedy("permanent", Text("one source for the proxy setting of all nodes, with NO_PROXY holding the local registries, the node, pod and service networks and .svc", "全ノードのプロキシ設定を一元管理し、NO_PROXY に社内レジストリ・ノード/Pod/Service ネットワーク・.svc を含める"), Text("the runtimes are restarted node by node", "ノードごとにランタイムを再起動する"), "", "systemctl show containerd -p Environment", "restart"),
    ),
    versions="every version; the kubelet's own environment does not matter, only the runtime's",
    references=("https://docs.docker.com/engine/daemon/proxy/", "https://pkg.go.dev/golang.org/x/net/http/httpproxy", "https://github.com/containerd/containerd/blob/main/docs/getting-started.md"),
    examples=(
        hit("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = Error response from daemon: Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp 10.9.9.9:3128: connect: connection refused', reason="Failed"),
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.8": failed to pull image "registry.k8s.io/pause:3.8": failed to do request: Head "https://registry.k8s.io/v2/pause/manifests/3.8": proxyconnect tcp: tls: first record does not look like a TLS handshake', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = pinging container registry quay.example: Get "https://quay.example/v2/": Proxy Authentication Required', reason="Failed"),
        hit("kubelet", 'PullImage "web:4" from image service failed: rpc error: code = Unknown desc = Error response from daemon: Get https://registry-1.docker.io/v2/: invalid proxy address "proxy.corp.example::3128": parse error'),
        hit("k8s-event", "Failed to pull image \"registry.corp.example/web:4\": rpc error: code = Unknown desc = Error response from daemon: error parsing HTTP 403 response body: invalid character '<' looking for beginning of value: \"<html><title>blocked</title>\"", reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp 54.1.2.3:443: connect: connection refused', reason="Failed"),
        near_miss("pod-log", "proxyconnect tcp: dial tcp 10.9.9.9:3128: i/o timeout"),
        near_miss("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host', reason="Failed"),
        near_miss("kube-apiserver", "couldn't get resource list for metrics.k8s.io/v1beta1: invalid character '<' looking for beginning of value"),
    ),
)
