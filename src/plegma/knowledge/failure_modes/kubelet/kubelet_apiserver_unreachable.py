"""The node cannot open a connection to the API server."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-apiserver-unreachable",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet cannot reach the API server", "kubelet から API サーバーに到達できない"),
    summary=Text(
        "Connections from this node to the API endpoint are refused, time out or have no route: endpoint or load balancer down, firewall, wrong address in kubelet.conf, DNS name of the endpoint not resolvable. The node turns Unknown while its containers go on running. When every node says so, the control plane or its load balancer is the cause.",
        "このノードから API エンドポイントへの接続が拒否・タイムアウト・経路なしになる。エンドポイントや LB の停止、ファイアウォール、kubelet.conf のアドレス誤り、エンドポイント名の名前解決失敗などが原因。ノードは Unknown になるがコンテナは動き続ける。全ノードで同じなら、原因はコントロールプレーンか LB にある。",
    ),
    signatures=(
        Signature(r"(?:/nodes[/?\"]|/leases/|/csinodes|/csidrivers|/runtimeclasses|fieldSelector=(?:metadata\.name|spec\.nodeName)).{0,160}dial tcp \S+ ?(?:i/o timeout|(?:connect|getsockopt): (?:connection refused|no route to host|network is unreachable|connection timed out))", "kubelet", "shows", source="net/http in API calls that only a kubelet makes"),
        Signature(r"(?:/api/v1/|/apis/)\S*.{0,24}dial tcp \S+ ?(?:i/o timeout|(?:connect|getsockopt): (?:connection refused|no route to host|network is unreachable|connection timed out))", "kubelet", "suggests", source="net/http in any API call"),
        Signature(r"(?:/api/v1/|/apis/)\S*.{0,24}dial tcp: lookup \S+.{0,60}(?:no such host|i/o timeout|server misbehaving)", "kubelet", "shows", source="net.Dial: the endpoint's name does not resolve"),
        Signature(r"(?:/api/v1/|/apis/)\S*.{0,24}net/http: TLS handshake timeout", "kubelet", "suggests", source="net/http: something answers TCP, nothing answers TLS"),
        Signature(r"(?:/nodes[/?\"]|/leases/|/csinodes).{0,160}net/http: request canceled while waiting for connection", "kubelet", "shows", source="net/http transport.go: no connection came about in time"),
        Signature(r"(?:node status|node lease|lease exists|getting node|[Uu]nable to register node|pdate lease).*dial tcp \S+ (?:i/o timeout|(?:connect|getsockopt): (?:connection refused|no route to host))", "kubelet", "shows", source="heartbeats"),
    ),
    leads_to=(
        Link("node-status-unknown", "node", Text("no lease and no status arrive at the API server", "Lease も status も API サーバーに届かない"), within=120, strength=0.9),
        Link("node-not-ready", "node", Text("the node controller's grace runs out", "node controller の猶予時間が切れる"), within=120, strength=0.8),
        Link("node-readiness-flapping", "node", Text("the connection comes and goes", "接続が断続する"), strength=0.3),
        Link("apiserver-unavailable", "cluster", Text("seen from this node the API server does not answer", "このノードからは API サーバーが応答しないように見える"), strength=0.6),
        Link("cni-config-missing", "node", Text("on a new node the CNI's pod cannot come, and it writes the configuration", "新しいノードには CNI の Pod が配置されず、設定が書かれない"), strength=0.3),
    ),
    refutes=(
        Refutation(Text("it is the kubernetes Service's address, which pods dial and the kubelet does not", "Pod が使う kubernetes Service のアドレスであり、kubelet は使わない"), pattern=r"dial tcp (?:10\.(?:96|43|233|100|152|254|32)\.\d{1,3}\.1|172\.20\.0\.1|\[?fd[0-9a-f:]+:1\]?):443\b", weight=0.6),
        Refutation(Text("the API server on this very node is restarted again and again: the refusals are a consequence", "このノード上の API サーバー自体が再起動を繰り返しており、拒否はその結果である"), mode="cgroup-driver-mismatch-cgroupv2", weight=0.4),
        Refutation(Text("the kubelet re-uses a dead connection while new ones would work", "切れた接続の再利用であり、新規接続は可能である"), mode="kubelet-stale-http2-connection", weight=0.2),
    ),
    asks=(
        Ask("grep server: /etc/kubernetes/kubelet.conf; curl -sk -m 5 https://<that server>/healthz; ip route get <its address>", Text("curl fails from this node and works from others", "このノードからの curl は失敗し、他ノードからは成功する"), ("kubelet-stale-http2-connection", "control-plane-lb-down", "control-plane-cert-expired", "node-name-mismatch", "service-vip-unreachable"), "kubelet-log"),
        Ask("kubectl get nodes -o wide", Text("only this node is NotReady/Unknown", "このノードだけが NotReady/Unknown である"), ("control-plane-lb-down",), "node-list"),
    ),
    remedies=(
        Remedy("temporary", Text("restore the way to the endpoint (route, firewall, VIP), or point kubelet.conf to an API server that lives", "エンドポイントへの経路(ルート、ファイアウォール、VIP)を復旧するか、kubelet.conf を生きている API サーバーに向ける"), Text("restarts the kubelet; workload stays", "kubelet のみ再起動。ワークロードは影響を受けない"), "curl -sk -m 5 https://<apiserver>:6443/healthz && systemctl restart kubelet", "kubectl get node {node}"),
        Remedy("permanent", Text("one virtual IP or load balancer with health checks in front of all API servers; monitor port 6443 from the nodes", "全 API サーバーの前段にヘルスチェック付き VIP/LB を置き、ノードから 6443 番ポートを監視する"), Text("none", "なし"), verify="for n in <apiservers>; do curl -sk https://$n:6443/livez; done", risk_level="none"),
    ),
    examples=(
        hit("kubelet", 'failed to ensure lease exists, will retry in 7s, error: Get "https://10.1.0.10:6443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/wk-5?timeout=10s": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)'),
        near_miss("kubelet", 'Failed to pull image "registry.example/app:1": Get https://registry.example/v2/: net/http: request canceled while waiting for connection'),
        hit("kubelet", '"Failed to ensure lease exists, will retry" err="Get \\"https://10.1.0.10:6443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/wk-5?timeout=10s\\": dial tcp 10.1.0.10:6443: connect: connection refused" interval="7s"'),
        hit("kubelet", 'Failed to list *v1.Node: Get https://10.1.0.10:6443/api/v1/nodes?fieldSelector=metadata.name%3Dwk-5&limit=500: dial tcp 10.1.0.10:6443: i/o timeout'),
        hit("kubelet", 'Failed to list *v1.Service: Get "https://10.1.0.10:6443/api/v1/services?limit=500": dial tcp 10.1.0.10:6443: connect: network is unreachable'),
        hit("kubelet", 'Failed to watch *v1.Service: Get "https://api.lab.example:6443/api/v1/services": dial tcp: lookup api.lab.example on 10.0.0.2:53: no such host'),
        hit("kubelet", 'Error updating node status, will retry: error getting node "wk-5": Get "https://10.1.0.10:6443/api/v1/nodes/wk-5?timeout=10s": net/http: TLS handshake timeout'),
        hit("kubelet", 'Unable to register node "wk-5" with API server: dial tcp 10.1.0.10:6443: connect: no route to host'),
        hit("kubelet", "Failed to list *v1.Pod: Get https://10.1.0.10:6443/api/v1/pods?fieldSelector=spec.nodeName%3Dwk-5&limit=500: dial tcp 10.1.0.10:6443: getsockopt: connection refused"),
        near_miss("kubelet", 'Error updating node status, will retry: error getting node "wk-5": Get https://api.lab.example:6443/api/v1/nodes/wk-5?timeout=10s: write tcp 10.9.0.4:40112->10.9.0.100:6443: use of closed network connection'),
        near_miss("k8s-event", 'Readiness probe failed: Get "http://10.244.1.9:8080/ready": dial tcp 10.244.1.9:8080: connect: connection refused', "Unhealthy"),
        near_miss("pod-log", 'Get "https://10.96.0.1:443/api/v1/namespaces": dial tcp 10.96.0.1:443: i/o timeout'),
        near_miss("containerd", 'failed to do request: Head "https://registry.lab.example/v2/web/manifests/1.2": dial tcp 203.0.113.9:443: i/o timeout'),
    ),
    versions="all",
    references=(
        "https://kubernetes.io/docs/concepts/architecture/nodes/#condition",
        "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/high-availability/",
    ),
)
