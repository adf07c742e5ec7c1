"""The kubelet keeps using a dead HTTP/2 connection to the API server."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-stale-http2-connection",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet re-uses a dead HTTP/2 connection to the API server", "kubelet が API サーバーへの切れた HTTP/2 接続を使い続けている"),
    summary=Text(
        "A load balancer or network card dropped the connection without telling, and the Go HTTP/2 client goes on writing to it: heartbeats fail with `use of closed network connection` for one and the same local port, or time out after 10 s each for about 15 minutes, while a new connection (curl from the node) works. The node turns NotReady and its pods may be evicted.",
        "ロードバランサーや NIC が通知なしに接続を落とし、Go の HTTP/2 クライアントがその接続に書き込み続けている。同一のローカルポートに対して `use of closed network connection` が続くか、約 15 分間 10 秒タイムアウトが続く。一方でノードから curl で新規接続すると成功する。ノードは NotReady になり、Pod が退避されることもある。",
    ),
    signatures=(
        Signature(r"(?:node status|node lease|lease exists|getting node|register node|/api/v1/|/apis/).*use of closed network connection", "kubelet", "shows", source="golang/go issue 39337, kubernetes issue 87615"),
        Signature(r"http2: client connection (?:lost|force closed via ClientConn\.Close)", "kubelet", "suggests", source="golang.org/x/net/http2: the ping found the connection dead (the cure at work)"),
        Signature(r"(?:/leases/|/nodes/)\S*timeout=10s.*(?:context deadline exceeded|Client\.Timeout exceeded while awaiting headers|request canceled \(Client)", "kubelet", "suggests", at_least=3, source="heartbeats that run into their 10 s"),
    ),
    leads_to=(
        Link("node-status-unknown", "node", Text("no heartbeat gets through until the kernel gives the connection up (about 15 min) or the kubelet is restarted", "カーネルが接続を諦める(約 15 分)か kubelet を再起動するまでハートビートが届かない"), within=180, strength=0.8),
        Link("node-not-ready", "node", Text("the node controller's grace runs out", "node controller の猶予時間が切れる"), within=180, strength=0.8),
        Link("node-readiness-flapping", "node", Text("the connection recovers by itself after some minutes", "数分後に接続が自然回復し、Ready と NotReady を往復する"), strength=0.3),
    ),
    refutes=(
        Refutation(Text("new connections fail too: the API server cannot be reached", "新規接続も失敗しており、API サーバーに到達できない"), pattern=r"dial tcp \S+:\d+: (?:connect: connection refused|connect: no route to host|i/o timeout)", component="kubelet", weight=0.5),
    ),
    asks=(
        Ask("ss -tnpo '( dport = :6443 )' | grep kubelet; curl -sk https://<apiserver>:6443/healthz", Text("curl answers at once while the kubelet's connection has a growing Send-Q and a retransmission timer", "curl は即答するのに、kubelet の接続は Send-Q が溜まり再送タイマーが動いている"), ("kubelet-apiserver-unreachable", "apiserver-overloaded", "node-memory-starvation", "node-cpu-starvation"), "kubelet-log"),
    ),
    remedies=(
        Remedy("temporary", Text("restart the kubelet (a new connection is made)", "kubelet を再起動する(新しい接続が張られる)"), Text("running containers stay", "稼働中のコンテナには影響しない"), "systemctl restart kubelet", "kubectl get node {node}"),
        Remedy("permanent", Text("use a kubelet with the HTTP/2 health check (v1.20 and later, HTTP2_READ_IDLE_TIMEOUT_SECONDS), and a load balancer that sends RST for dropped connections", "HTTP/2 ヘルスチェックを持つ kubelet(v1.20 以降、HTTP2_READ_IDLE_TIMEOUT_SECONDS)へ更新し、切断時に RST を返すロードバランサー設定にする"), Text("an upgrade of the node", "ノードのアップグレードを伴う"), verify="kubelet --version", risk_level="disruptive"),
    ),
    examples=(
        hit("kubelet", 'Error updating node status, will retry: error getting node "wk-2": Get https://api.lab.example:6443/api/v1/nodes/wk-2?timeout=10s: write tcp 10.9.0.4:40112->10.9.0.100:6443: use of closed network connection'),
        hit("kubelet", 'failed to update node lease, error: Put https://api.lab.example:6443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/wk-2?timeout=10s: write tcp 10.9.0.4:40112->10.9.0.100:6443: use of closed network connection'),
        hit("kubelet", 'Failed to watch *v1.Node: Get "https://api.lab.example:6443/api/v1/nodes": http2: client connection lost'),
        hit("kubelet", '"Failed to update lease" err="Put \\"https://api.lab.example:6443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/wk-2?timeout=10s\\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"', count=12),
        near_miss("kubelet", "conn.go:254] Error on socket receive: read tcp 10.9.0.4:10250->10.9.0.1:49822: use of closed network connection"),
        near_miss("kubelet", 'Failed to list *v1.Node: Get "https://api.lab.example:6443/api/v1/nodes": dial tcp 10.9.0.100:6443: connect: connection refused'),
        near_miss("pod-log", "accept tcp [::]:8080: use of closed network connection"),
    ),
    versions="worst up to v1.19 (Go before 1.15); half-dead connections are found by ping after 30 s since v1.20",
    references=(
        "https://github.com/kubernetes/kubernetes/issues/87615",
        "https://github.com/golang/go/issues/39337",
        "https://github.com/kubernetes/kubernetes/pull/95981",
    ),
)
