"""The control plane cannot reach the kubelet's port."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-port-blocked",
    layer="network",
    role="cause",
    subject="Node",
    title=Text("the kubelet's port 10250 cannot be reached (firewall, security group, route)", "kubelet の 10250 番ポートに到達できない(ファイアウォール・セキュリティグループ・経路)"),
    summary=Text(
        "The node is Ready, because the kubelet itself calls the API. But kubectl logs, exec, port-forward and the metrics server need the other direction, to port 10250 of the node: packets are dropped (i/o timeout) or rejected (no route to host).",
        "kubelet から API への通信は通るためノードは Ready だが、kubectl logs・exec・port-forward や metrics-server は逆方向(ノードの 10250 番)への通信を必要とし、パケットが破棄(i/o timeout)または拒否(no route to host)されている。",
    ),
    signatures=(
        Signature(r"dial tcp \S{2,60}:10250: (i/o timeout|(?:connect|getsockopt): (no route to host|connection timed out))", proof="shows", source="Go net, in the API server's answer to kubectl, and in metrics-server"),
        Signature(r"dial tcp \S{2,60}:10250: (?:connect|getsockopt): connection refused", proof="suggests", source="Go net: no kubelet on that address"),
        Signature(r":10250/\S{0,200}: (context deadline exceeded|net/http: request canceled while waiting for connection)", proof="suggests", source="net/http"),
    ),
    leads_to=(
        Link("kubelet-api-call-failing", "node", Text("the API server's call to the kubelet ends without a connection", "API サーバーから kubelet への呼び出しが接続できずに終わる"), strength=0.9),
    ),
    asks=(
        Ask("kubectl get node {node} -o wide; nc -vz -w3 NODE_IP 10250  # from a control-plane node; ss -ltnp | grep 10250; iptables -S INPUT; firewall-cmd --list-all; ufw status  # on {node}",
            Text("the kubelet listens, the port is open on the node itself, but not from the control plane", "kubelet は待ち受けておりノード内からは接続できるが、コントロールプレーンからは接続できない"),
            ("kubelet-stopped", "node-status-unknown", "kubelet-apiserver-unreachable", "kubelet-serving-cert-not-approved", "node-not-ready", "host-firewall-blocks-pods", "app-dependency-unreachable", "service-without-endpoints", "service-unreachable"), evidence="node-list"),
    ),
    remedies=(
        Remedy("temporary", Text("open the port on the node for the control plane's addresses", "コントロールプレーンからの 10250 番を許可する"), Text("the kubelet's port gives control of the node: never open it to the world", "kubelet のポートはノードの操作権限を与えるため、外部には公開しないこと"), "firewall-cmd --add-port=10250/tcp  # on {node}; ufw allow from CONTROL_PLANE to any port 10250", "kubectl -n {namespace} logs {pod} --tail=1", "none"),
        Remedy("permanent", Text("the same in the firewall's permanent rules, security group or network policy of the hosts; the right InternalIP on the node object (--node-ip)", "恒久的なファイアウォール規則・セキュリティグループに設定する。node オブジェクトの InternalIP(--node-ip)を正しくする"), Text("none", "なし"), "firewall-cmd --permanent --add-port=10250/tcp && firewall-cmd --reload  # on {node}", "kubectl top node {node}", "none"),
    ),
    examples=(
        hit("shell", "Error from server: Get https://10.0.0.9:10250/containerLogs/shop/cart-0/web: dial tcp 10.0.0.9:10250: getsockopt: no route to host"),
        hit("shell", 'Error from server: Get "https://10.0.0.9:10250/containerLogs/shop/cart-0/web": dial tcp 10.0.0.9:10250: i/o timeout'),
        hit("shell", "error: error upgrading connection: error dialing backend: dial tcp 10.0.0.9:10250: connect: no route to host"),
        hit("pod-log", 'Failed to scrape node err="Get \\"https://10.0.0.9:10250/metrics/resource\\": dial tcp 10.0.0.9:10250: connect: connection refused" node="n9"'),
        hit("pod-log", 'Failed to scrape node err="Get \\"https://10.0.0.9:10250/metrics/resource\\": context deadline exceeded" node="n9"'),
        near_miss("shell", 'Error from server: Get "https://10.0.0.9:10250/containerLogs/shop/cart-0/web": remote error: tls: internal error'),
        near_miss("kubelet", 'Get "https://10.0.0.1:6443/api/v1/nodes/n9": dial tcp 10.0.0.1:6443: i/o timeout'),
        near_miss("shell", "error: error dialing backend: No agent available"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/reference/networking/ports-and-protocols/",),
)
