"""The node cannot resolve the registry's name."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

_PULL = r"(?:[Ff]ailed to pull image|[Ff]ailed pulling image|PullImage|Pull image|ErrImagePull|for pull after error|rror response from daemon)(?s:.*)"

MODE = FailureMode(
    id="image-pull-dns-failure",
    layer="image",
    role="cause",
    subject="Node",
    title=Text("the node cannot resolve the registry's host name", "ノードがレジストリのホスト名を名前解決できない"),
    summary=Text(
        "The runtime asks the node's own resolver (not CoreDNS) for the registry and gets an error, no answer or 'no such host': a broken resolv.conf, a resolver that is down or unreachable, or a registry name that does not exist.",
        "ランタイムは(CoreDNS ではなく)ノード自身のリゾルバーでレジストリ名を引くが、エラー・無応答・no such host になる。resolv.conf の不備、リゾルバーの停止や不達、または存在しないレジストリ名が原因。",
    ),
    signatures=(
        Signature(r"://[^/ ]+/v2/\S*: dial tcp: lookup ", component="runtime", proof="states", source="Go net: *net.DNSError of a registry API request"),
        Signature(r"://[^/ ]+/v2/\S*: dial tcp: i/o timeout", component="runtime", proof="suggests", source="Go net: the dial ended before there was an address"),
        Signature(_PULL + r"/\S*: dial tcp: lookup ", component="runtime", proof="states", source="the same for a registry's token server"),
    ),
    leads_to=(
        Link("image-pull-back-off", "node", Text("without an address the registry cannot even be dialled", "アドレスが分からないためレジストリに接続できない"), within=600, strength=0.95),
        Link("sandbox-image-pull-failure", "node", Text("the pause image's registry cannot be resolved either", "pause イメージのレジストリも名前解決できない"), within=600, strength=0.6),
    ),
    refutes=(
        Refutation(Text("the address was resolved: the connection to it failed", "名前解決は済んでおり、その先の接続が失敗している"), mode="image-registry-unreachable", weight=0.3),
    ),
    asks=(
        Ask("cat /etc/resolv.conf; getent hosts REGISTRY; resolvectl status  # on {node}", Text("the registry's name does not resolve here while other names do (a wrong name), or no name does (a broken resolver)", "この名前だけ解決できない(名前の誤り)か、どの名前も解決できない(リゾルバーの故障)"),
            ("image-registry-unreachable", "image-not-found", "sandbox-image-pull-failure", "image-pull-proxy-misconfigured")),
    ),
    remedies=(
        Remedy("temporary", Text("point the node at a resolver that answers", "応答するリゾルバーをノードに設定する"), Text("DHCP or systemd-resolved may overwrite the file; pods with dnsPolicy Default get the new servers only when they are re-created", "DHCP や systemd-resolved に上書きされることがある。dnsPolicy: Default の Pod には作り直すまで反映されない"),
               "systemctl restart systemd-resolved && resolvectl query REGISTRY  # on {node}", "crictl pull {image}", "none"),
        Remedy("permanent", Text("two independent resolvers in the node's network configuration, a check of the resolver in the node's monitoring, and the registry's name checked before it is deployed", "ノードのネットワーク設定に独立したリゾルバーを 2 系統置き、監視に加える。レジストリ名は配備前に検証する"), Text("none", "なし"), "", "getent hosts REGISTRY", "none"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/", "https://pkg.go.dev/net#DNSError"),
    examples=(
        hit("k8s-event", 'Failed to pull image "registry.corp.example/web:4": failed to pull and unpack image "registry.corp.example/web:4": failed to resolve reference "registry.corp.example/web:4": failed to do request: Head "https://registry.corp.example/v2/web/manifests/4": dial tcp: lookup registry.corp.example on 127.0.0.53:53: server misbehaving', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "registry.corp.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://registry.corp.example/v2/: dial tcp: lookup registry.corp.example on 10.0.0.2:53: read udp 10.0.0.9:33412->10.0.0.2:53: i/o timeout', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "registry.corp.example/web:4": rpc error: code = Unknown desc = pinging container registry registry.corp.example: Get "https://registry.corp.example/v2/": dial tcp: lookup registry.corp.example: no such host', reason="Failed"),
        hit("k8s-event", 'Failed create pod sandbox: rpc error: code = Unknown desc = failed pulling image "k8s.gcr.io/pause:3.1": Error response from daemon: Get https://k8s.gcr.io/v2/: dial tcp: lookup k8s.gcr.io on 10.0.0.2:53: server misbehaving', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = Error response from daemon: Get "https://auth.docker.io/token?scope=repository%3Alibrary%2Fweb%3Apull&service=registry.docker.io": dial tcp: lookup auth.docker.io: Temporary failure in name resolution', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "registry.corp.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get "https://registry.corp.example/v2/": dial tcp: i/o timeout', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "registry.corp.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://registry.corp.example/v2/: dial tcp 10.3.0.7:443: i/o timeout', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "registry.corp.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get "https://registry.corp.example/v2/": proxyconnect tcp: dial tcp: lookup proxy.corp.example on 10.0.0.2:53: no such host', reason="Failed"),
        near_miss("coredns", "[ERROR] plugin/errors: 2 db.example. A: read udp 10.244.0.5:40321->10.0.0.2:53: i/o timeout"),
        near_miss("kubelet", 'Failed to list *v1.Node: Get "https://api.corp.example:6443/api/v1/nodes": dial tcp: lookup api.corp.example on 127.0.0.53:53: server misbehaving'),
        near_miss("pod-log", "dial tcp: lookup db.shop.svc.cluster.local on 10.96.0.10:53: no such host"),
        near_miss("k8s-event", 'Failed to pull image "registry.corp.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://registry.corp.example/v2/: proxyconnect tcp: dial tcp 10.9.9.9:3128: connect: connection refused', reason="Failed"),
    ),
)
