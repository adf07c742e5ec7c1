"""The registry speaks plain HTTP, the runtime wants HTTPS."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

_PULL = r"(?:[Ff]ailed to pull image|[Ff]ailed pulling image|PullImage|Pull image|ErrImagePull|for pull after error|rror response from daemon|pinging (?:docker|container) registry|://[^/ ]+/v2/)(?s:.*)"

MODE = FailureMode(
    id="image-registry-http-response",
    layer="image",
    role="cause",
    subject="Node",
    title=Text("the registry speaks plain HTTP, and the node's runtime is not told to accept that", "レジストリが平文 HTTP で応答しており、ノードのランタイムがそれを許可していない"),
    summary=Text(
        "The runtime opens TLS and gets an HTTP answer. Either the registry has no TLS (then it must be entered as insecure in the runtime's own configuration, on every node), or the port is wrong.",
        "ランタイムが TLS で接続したのに HTTP の応答が返った。レジストリに TLS が無い(ランタイムの設定で insecure として全ノードに登録が必要)か、ポート番号が誤っている。",
    ),
    signatures=(
        Signature(_PULL + r"server gave HTTP response to HTTPS client", component="runtime", proof="states", source="Go net/http transport.go"),
        Signature(_PULL + r"/\S*: tls: first record does not look like a TLS handshake", component="runtime", source="Go crypto/tls"),
        Signature(_PULL + r"oversized record received with length", component="runtime", source="Go crypto/tls to 1.10"),
    ),
    leads_to=(
        Link("image-pull-back-off", "node", Text("the TLS handshake with the registry fails", "レジストリとの TLS ハンドシェイクが失敗する"), within=600, strength=0.97),
        Link("sandbox-image-pull-failure", "node", Text("the pause image is named from that registry", "pause イメージにも同じレジストリを指定している"), within=600, strength=0.3),
    ),
    asks=(
        Ask("curl -sSI http://REGISTRY/v2/; curl -sSI https://REGISTRY/v2/  # on {node}", Text("http:// answers and https:// does not", "http:// には応答があり、https:// には無い"), ("image-pull-x509", "image-registry-unreachable", "image-pull-proxy-misconfigured", "sandbox-image-pull-failure")),
        Ask("cat /etc/containerd/certs.d/*/hosts.toml; grep config_path /etc/containerd/config.toml; cat /etc/docker/daemon.json /etc/containers/registries.conf  # on {node}", Text("the registry is not entered as insecure, or config_path is not set so that certs.d is not read", "insecure として登録されていない、または config_path 未設定で certs.d が読まれていない"), ("image-pull-x509",), evidence="runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("enter the registry as plain HTTP in the runtime's configuration on the node", "ノードのランタイム設定に平文 HTTP のレジストリとして登録する"), Text("images travel unprotected; dockerd must be restarted (all containers restart without live-restore)", "イメージが平文で流れる。dockerd は再起動が必要(live-restore が無ければ全コンテナが再起動)"),
               "containerd: 'server = \"http://REGISTRY\"' in /etc/containerd/certs.d/REGISTRY/hosts.toml; Docker: insecure-registries in /etc/docker/daemon.json; CRI-O: insecure = true in registries.conf", "crictl pull {image}", "restart"),
        Remedy("permanent", Text("give the registry TLS with a certificate that the nodes trust", "ノードが信頼する証明書でレジストリを TLS 化する"), Text("clients that use http:// must change", "http:// を使うクライアントの変更が必要"), "", "curl -sSI https://REGISTRY/v2/", "none"),
    ),
    versions="every version; containerd 2.x no longer reads registry.mirrors / registry.configs from config.toml, only certs.d",
    references=("https://github.com/containerd/containerd/blob/main/docs/hosts.md", "https://distribution.github.io/distribution/about/insecure/"),
    examples=(
        hit("k8s-event", 'Failed to pull image "10.1.2.3:5000/web:4": rpc error: code = Unknown desc = failed to pull and unpack image "10.1.2.3:5000/web:4": failed to resolve reference "10.1.2.3:5000/web:4": failed to do request: Head "https://10.1.2.3:5000/v2/web/manifests/4": http: server gave HTTP response to HTTPS client', reason="Failed"),
        hit("status", 'rpc error: code = Unknown desc = Error response from daemon: Get https://10.1.2.3:5000/v2/: http: server gave HTTP response to HTTPS client', reason="ErrImagePull"),
        hit("kubelet", 'PullImage "10.1.2.3:5000/web:4" from image service failed: rpc error: code = Unknown desc = Error response from daemon: Get https://10.1.2.3:5000/v2/: tls: oversized record received with length 20527'),
        hit("k8s-event", 'Failed to pull image "10.1.2.3:80/web:4": rpc error: code = Unknown desc = pinging container registry 10.1.2.3:80: Get "https://10.1.2.3:80/v2/": tls: first record does not look like a TLS handshake', reason="Failed"),
        near_miss("k8s-event", "Readiness probe failed: Get https://10.244.1.7:8443/healthz: http: server gave HTTP response to HTTPS client", reason="Unhealthy"),
        near_miss("k8s-event", 'Failed to pull image "10.1.2.3:5000/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://10.1.2.3:5000/v2/: x509: certificate signed by unknown authority', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "10.1.2.3:5000/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://10.1.2.3:5000/v2/: dial tcp 10.1.2.3:5000: connect: connection refused', reason="Failed"),
    ),
)
