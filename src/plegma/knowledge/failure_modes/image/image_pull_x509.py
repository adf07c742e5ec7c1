"""The runtime does not accept the registry's certificate."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

_REGISTRY = r"(?:[Ff]ailed to pull image|[Ff]ailed pulling image|PullImage|Pull image|ErrImagePull|for pull after error|pinging (?:docker|container) registry|://[^/ ]+/v2/(?:[\\\":]|\S*/(?:manifests|blobs|tags)/))(?s:.*)"
"""What a line about a registry holds and one about the API server, a webhook or etcd does not."""

MODE = FailureMode(
    id="image-pull-x509",
    layer="image",
    role="cause",
    subject="Node",
    title=Text("the node's runtime does not trust the registry's certificate", "ノードのランタイムがレジストリの証明書を信頼していない"),
    summary=Text(
        "TLS to the registry fails in the runtime: its CA is unknown to the node (private CA, a proxy that re-signs), the certificate is for another name, or it has run out. Kubernetes' own certificates have nothing to do with it.",
        "ランタイムからレジストリへの TLS 接続が失敗している。発行元 CA がノードに登録されていない(社内 CA や TLS を張り替えるプロキシ)、証明書の名前が異なる、または期限切れ。Kubernetes 自身の証明書とは無関係。",
    ),
    signatures=(
        Signature(_REGISTRY + r"x509: certificate signed by unknown authority", component="runtime", proof="states", source="Go crypto/x509"),
        Signature(_REGISTRY + r"x509: certificate is valid for ", component="runtime", proof="states", source="Go crypto/x509"),
        Signature(_REGISTRY + r"x509: cannot validate certificate for ", component="runtime", proof="states", source="Go crypto/x509"),
        Signature(_REGISTRY + r"x509: certificate relies on legacy Common Name field", component="runtime", proof="states", source="Go crypto/x509 since 1.15"),
        Signature(_REGISTRY + r"x509: certificate is not valid for any names", component="runtime", proof="states", source="Go crypto/x509"),
        Signature(_REGISTRY + r"x509: certificate has expired or is not yet valid", component="runtime", source="Go crypto/x509"),
    ),
    leads_to=(
        Link("image-pull-back-off", "node", Text("no manifest can be read from that registry", "そのレジストリからマニフェストを読み出せない"), within=600, strength=0.95),
        Link("sandbox-image-pull-failure", "node", Text("the pause image comes from the same registry", "pause イメージも同じレジストリから取得している"), within=600, strength=0.3),
    ),
    refutes=(
        Refutation(Text("the node's clock is off: then a valid certificate looks expired", "ノードの時計がずれている。その場合は有効な証明書も期限切れに見える"), mode="clock-skew", weight=0.5),
    ),
    asks=(
        Ask("openssl s_client -connect REGISTRY:443 -servername REGISTRY </dev/null 2>/dev/null | openssl x509 -noout -issuer -subject -dates -ext subjectAltName  # on {node}",
            Text("an issuer that the node does not know, another name, or a date that has passed", "ノードが知らない発行者、異なる名前、または期限切れの日付"), ("clock-skew", "image-not-found", "kubelet-ca-mismatch", "image-registry-http-response")),
    ),
    remedies=(
        Remedy("temporary", Text("put the registry's CA where this runtime looks for it", "レジストリの CA をランタイムの参照先に置く"), Text("containerd reads certs.d at each pull; dockerd and CRI-O may want a restart, which dockerd without live-restore turns into a restart of all containers", "containerd は取得のたびに certs.d を読む。dockerd や CRI-O では再起動が必要なことがあり、live-restore の無い dockerd では全コンテナが再起動する"),
               "mkdir -p /etc/containerd/certs.d/REGISTRY && cp ca.crt /etc/containerd/certs.d/REGISTRY/ca.crt  # Docker: /etc/docker/certs.d/REGISTRY/ca.crt; CRI-O: /etc/containers/certs.d/REGISTRY/ca.crt", "crictl pull {image}", "restart"),
        Remedy("permanent", Text("install the CA in the node image's trust store, or give the registry a certificate of a public CA with the right name, and watch its expiry", "ノードイメージの信頼ストアに CA を組み込むか、正しい名前の公的 CA 証明書に替え、期限を監視する"), Text("the runtime must be restarted to re-read the system's trust store", "システムの信頼ストアを読み直すにはランタイムの再起動が必要"),
               "update-ca-certificates && systemctl restart containerd", "crictl pull {image}", "restart"),
    ),
    versions="every version; since Go 1.15 a certificate without a subject alternative name is refused as well",
    references=(
        "https://github.com/containerd/containerd/blob/main/docs/hosts.md",
        "https://docs.docker.com/engine/security/certificates/",
        "https://github.com/containers/image/blob/main/docs/containers-certs.d.5.md",
    ),
    examples=(
        hit("containerd", 'trying next host error="failed to do request: Head \\"https://harbor.corp.example/v2/team/web/manifests/4\\": x509: certificate signed by unknown authority" host=harbor.corp.example'),
        near_miss("kubelet", "Failed to find object flavours: Get https://compute.cloud.example:8774/v2/5c1d9e/flavors/detail: x509: certificate has expired or is not yet valid"),
        hit("k8s-event", 'Failed to pull image "harbor.corp.example/web:4": rpc error: code = Unknown desc = failed to pull and unpack image "harbor.corp.example/web:4": failed to resolve reference "harbor.corp.example/web:4": failed to do request: Head "https://harbor.corp.example/v2/web/manifests/4": x509: certificate signed by unknown authority', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "harbor.corp.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get "https://harbor.corp.example/v2/": tls: failed to verify certificate: x509: certificate is valid for ingress.local, not harbor.corp.example', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "10.1.2.3:5000/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://10.1.2.3:5000/v2/: x509: cannot validate certificate for 10.1.2.3 because it doesn\'t contain any IP SANs', reason="Failed"),
        hit("kubelet", '"PullImage from image service failed" err="rpc error: code = Unknown desc = pinging container registry harbor.corp.example: Get \\"https://harbor.corp.example/v2/\\": x509: certificate relies on legacy Common Name field, use SANs instead" image="harbor.corp.example/web:4"'),
        hit("k8s-event", 'Failed to pull image "harbor.corp.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://harbor.corp.example/v2/: x509: certificate is not valid for any names, but wanted to match harbor.corp.example', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "harbor.corp.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get "https://harbor.corp.example/v2/": x509: certificate has expired or is not yet valid: current time 2026-03-02T10:00:00Z is after 2026-02-01T00:00:00Z', reason="Failed"),
        hit("dockerd", "Attempting next endpoint for pull after error: Get https://harbor.corp.example/v2/: x509: certificate signed by unknown authority"),
        near_miss("kubelet", 'Unable to register node with API server: Post https://10.0.0.5:6443/api/v1/nodes: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error")'),
        near_miss("k8s-event", 'Error creating: Internal error occurred: failed calling webhook "check.example": Post "https://check.tools.svc:443/validate?timeout=10s": x509: certificate signed by unknown authority', reason="FailedCreate"),
        near_miss("k8s-event", 'Failed to pull image "harbor.corp.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get "https://harbor.corp.example/v2/": http: server gave HTTP response to HTTPS client', reason="Failed"),
        near_miss("etcd", "rejected connection from 10.0.0.6:41234 (error remote error: tls: bad certificate)"),
        near_miss("kubelet", "part of the existing bootstrap client certificate in /etc/kubernetes/kubelet.conf is expired"),
    ),
)
