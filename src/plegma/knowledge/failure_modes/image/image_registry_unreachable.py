"""The registry's address does not answer."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import PULLING
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-registry-unreachable",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the registry's address cannot be reached from the node", "ノードからレジストリのアドレスに接続できない"),
    summary=Text(
        "The name is resolved, but the connection is refused, has no route, times out or is cut: wrong port, the registry is down, a firewall or missing egress (private subnet without NAT or proxy).",
        "名前解決は済んでいるが、接続が拒否・経路なし・タイムアウト・切断になる。ポートの誤り、レジストリの停止、ファイアウォール、外向き経路の欠如(NAT やプロキシの無いプライベートサブネット)が原因。",
    ),
    signatures=(
        Signature(PULLING + r"/\S*: dial tcp [\d\[]\S*: (?:connect: |getsockopt: )?connection refused", component="runtime", proof="states", source="Go net: *net.OpError"),
        Signature(PULLING + r"/\S*: dial tcp [\d\[]\S*: (?:connect: |getsockopt: )?(?:no route to host|network is unreachable|connection timed out)", component="runtime", proof="states", source="Go net: *net.OpError"),
        Signature(PULLING + r"/\S*: dial tcp [\d\[]\S*: i/o timeout", component="runtime", proof="states", source="Go net: *net.OpError"),
        Signature(PULLING + r"/\S*: dial tcp: i/o timeout", component="runtime", source="Go net: the dial ended before there was an address"),
        Signature(PULLING + r"request canceled while waiting for connection", component="runtime", source="Go net/http, to 1.12 or so; quoted by dockerd"),
        Signature(PULLING + r"Client\.Timeout exceeded while awaiting headers", component="runtime", source="Go net/http"),
        Signature(PULLING + r"TLS handshake timeout", component="runtime", source="Go net/http"),
        Signature(PULLING + r"read: connection reset by peer", component="runtime", source="Go net: *net.OpError"),
        Signature(PULLING + r"image pull failed for \S+ because the registry is unavailable", component="kubelet", source="pkg/kubelet/images/image_manager.go"),
        Signature(r"", component="kubelet", reason=r"RegistryUnavailable", source="pkg/kubelet/images/types.go"),
        Signature(r"for pull after error: .*/v2/\S*: (?:dial tcp [\d\[]|net/http: )", component="runtime", proof="suggests", source="moby distribution/pull.go"),
        Signature(r"trying next host\W.*/v2/\S*: dial tcp [\d\[]", component="runtime", proof="suggests", source="containerd core/remotes/docker/resolver.go"),
        Signature(r"(?:Trying to pull|error pulling image|pinging (?:container|docker) registry) .{0,300}dial tcp [\d\[]\S*: (?:connect: |getsockopt: )?(?:i/o timeout|connection refused|no route to host|network is unreachable|connection timed out)", component="any", source="containers/image: podman, skopeo, cri-o"),
    ),
    leads_to=(
        Link("image-pull-back-off", "pod", Text("no connection to the registry, so nothing can be pulled", "レジストリへ接続できないため何も取得できない"), within=900, strength=0.97),
        Link("cri-call-timeout", "pod", Text("PullImage waits for the registry until its deadline", "PullImage が期限までレジストリを待ち続ける"), within=900, strength=0.2),
    ),
    refutes=(
        Refutation(Text("the registry answered with a status of its own", "レジストリ自身が応答を返している"), pattern=r"(?:manifest unknown|pull access denied|authentication required|toomanyrequests)", component="runtime", weight=0.3),
    ),
    asks=(
        Ask("curl -vsS --max-time 10 https://REGISTRY/v2/  # on {node}", Text("refused, no route or timeout; any HTTP answer, even 401, means it is reachable", "拒否・経路なし・タイムアウトになる。401 でも HTTP 応答があれば到達できている"),
            ("image-pull-dns-failure", "image-pull-proxy-misconfigured", "sandbox-image-pull-failure", "image-pull-too-slow", "image-registry-http-response", "image-pull-x509", "service-unreachable", "service-vip-unreachable")),
        Ask("systemctl show containerd docker crio -p Environment  # on {node}", Text("no proxy is set although this network needs one", "プロキシが必要なネットワークなのに設定が無い"), ("image-pull-proxy-misconfigured",), evidence="runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("carry the image to the node from where the registry is reachable", "レジストリに届く場所からイメージを持ち込む"), Text("works for this node only and until image GC removes it; imagePullPolicy Always still asks the registry", "このノード限りで、イメージ GC で消えうる。imagePullPolicy: Always ではレジストリへ問い合わせる"),
               "skopeo copy docker://{image} docker-archive:image.tar && ctr -n k8s.io images import image.tar", "crictl images", "none"),
        Remedy("permanent", Text("restore the registry, or open the way to it (port, firewall, security group, NAT, endpoint in the VPC)", "レジストリを復旧するか、そこまでの経路(ポート・ファイアウォール・セキュリティグループ・NAT・VPC エンドポイント)を開ける"), Text("network rules affect other traffic of the nodes", "ネットワーク規則の変更は他の通信にも影響する"), "", "crictl pull {image}", "none"),
        Remedy("permanent", Text("a mirror near the nodes, entered in the runtime's registry configuration", "ノードの近くにミラーを置き、ランタイムのレジストリ設定に登録する"), Text("dockerd and CRI-O read it at a restart or reload", "dockerd と CRI-O では再起動または reload で反映"), "", "crictl pull {image}", "restart"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff", "https://pkg.go.dev/net#OpError", "https://github.com/containerd/containerd/blob/main/docs/hosts.md"),
    examples=(
        hit("k8s-event", 'Failed to pull image "registry.corp.example:5443/web:4": failed to pull and unpack image "registry.corp.example:5443/web:4": failed to resolve reference "registry.corp.example:5443/web:4": failed to do request: Head "https://registry.corp.example:5443/v2/web/manifests/4": dial tcp 10.3.0.7:5443: connect: connection refused', reason="Failed"),
        hit("status", 'rpc error: code = Unknown desc = Error response from daemon: Get "https://registry.corp.example/v2/": dial tcp 10.3.0.7:443: connect: no route to host', reason="ErrImagePull"),
        hit("kubelet", '"Failed to pull image" err="rpc error: code = DeadlineExceeded desc = failed to pull and unpack image \\"docker.io/library/nginx:1.27\\": failed to resolve reference \\"docker.io/library/nginx:1.27\\": failed to do request: Head \\"https://registry-1.docker.io/v2/library/nginx/manifests/1.27\\": dial tcp [2600:1f18::1]:443: i/o timeout" image="nginx:1.27"'),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://quay.example/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://quay.example/v2/: dial tcp: i/o timeout', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://quay.example/v2/: net/http: TLS handshake timeout', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = reading manifest 4 in quay.example/web: Get "https://quay.example/v2/web/manifests/4": read tcp 10.0.0.9:41000->10.3.0.7:443: read: connection reset by peer', reason="Failed"),
        hit("status", "image pull failed for quay.example/web:4 because the registry is unavailable.", reason="RegistryUnavailable"),
        hit("kubelet", 'Error syncing pod 5fd3, skipping: failed to "StartContainer" for "web" with ErrImagePull: "image pull failed for quay.example/web:4 because the registry is unavailable."'),
        hit("shell", 'running container: creating container failed: rpc error: code = Unknown desc = failed to pull and unpack image "quay.example/web:4": failed to do request: Head "https://quay.example/v2/web/manifests/4": net/http: TLS handshake timeout'),
        near_miss("shell", 'running container: creating container failed: rpc error: code = Unknown desc = get apparmor_parser version: net/http: TLS handshake timeout'),
        hit("dockerd", "Attempting next endpoint for pull after error: Get https://quay.example/v2/: dial tcp 10.3.0.7:443: i/o timeout"),
        hit("containerd", 'trying next host error="failed to do request: Head \\"https://quay.example/v2/web/manifests/4\\": dial tcp 10.3.0.7:443: connect: connection refused" host=quay.example'),
        hit("shell", "Trying to pull docker.io/library/alpine... Get https://registry-1.docker.io/v2/: dial tcp 10.9.9.9:443: i/o timeout"),
        near_miss("k8s-event", 'Failed to pull image "registry.corp.example/web:4": failed to do request: Head "https://registry.corp.example/v2/web/manifests/4": dial tcp: lookup registry.corp.example on 10.0.0.2:53: read udp 10.0.0.9:5715->10.0.0.2:53: read: connection refused', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = Error response from daemon: Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp 10.9.9.9:3128: connect: connection refused', reason="Failed"),
        near_miss("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.8": failed to pull image "registry.k8s.io/pause:3.8": failed to do request: Head "https://registry.k8s.io/v2/pause/manifests/3.8": dial tcp 34.96.1.2:443: i/o timeout', reason="FailedCreatePodSandBox"),
        near_miss("kubelet", 'Unable to update node status: Get "https://10.0.0.5:6443/api/v1/nodes/node-1": dial tcp 10.0.0.5:6443: connect: connection refused'),
        near_miss("k8s-event", "Readiness probe failed: dial tcp 10.244.1.7:8080: connect: connection refused", reason="Unhealthy"),
        near_miss("pod-log", "Get https://10.96.0.1:443/api/v1/pods: dial tcp 10.96.0.1:443: i/o timeout"),
    ),
)
