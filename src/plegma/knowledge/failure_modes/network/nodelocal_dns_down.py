"""The node-local DNS cache does not answer."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="nodelocal-dns-down",
    layer="network",
    role="cause",
    subject="Node",
    title=Text("node-local DNS cache is down on the node", "ノードの NodeLocal DNSCache が停止している"),
    summary=Text(
        "Pods of the node ask 169.254.20.10 (or whatever address the cache listens on) and nobody answers: node-local-dns crashes (port in use, loop, no upstream, memory limit), was evicted, or its interface and rules were removed. Only pods of that node are hit, in all namespaces.",
        "ノードの Pod は 169.254.20.10(キャッシュの待ち受けアドレス)に問い合わせるが応答がない。node-local-dns がクラッシュ(ポート使用中、ループ、上流なし、メモリ上限)している、evict された、またはインターフェースやルールが消えた。そのノードの全 Pod だけが影響を受ける。",
    ),
    signatures=(
        Signature(r"169\.254\.20\.10:53: .{0,120}(?:connection refused|i/o timeout|no route to host|network is unreachable)", component="network", source="Go resolver"),
        Signature(r"169\.254\.20\.10:\d+: bind: ", component="network", proof="states", source="node-cache: cannot listen"),
        Signature(r"169\.254\.20\.10(?:#53|\b).{0,60}(?:timed out|no servers could be reached|connection refused)", component="shell", source="dig and nslookup"),
    ),
    states=(StateTest("Pod", {"pod": r"^(?:node-local-dns|nodelocaldns)-", "status": r"CrashLoopBackOff|Error|ImagePullBackOff|ErrImagePull|Init:|Unknown|OOMKilled|Evicted|CreateContainer"}),),
    leads_to=(
        Link("dns-failing", "cluster", Text("pods of the node have no resolver", "そのノードの Pod の名前解決先がない"), strength=0.95),
        Link("app-dns-lookup-failure", "node", Text("applications report the names that they cannot resolve", "アプリケーションが解決できない名前を報告する"), strength=0.5),
        Link("crash-loop-back-off", "node", Text("node-local-dns exits at each start", "node-local-dns が起動のたびに終了する"), strength=0.5),
        Link("app-error-exit", "node", Text("applications exit when they cannot resolve their dependencies", "依存先を名前解決できないアプリケーションが終了する"), strength=0.4),
    ),
    asks=(
        Ask("kubectl -n kube-system get pods -l k8s-app=node-local-dns -o wide --field-selector spec.nodeName={node}; ip addr show nodelocaldns; kubectl -n kube-system logs -l k8s-app=node-local-dns --previous --tail=20",
            Text("the pod is not Running on that node, or the interface is missing", "そのノードで Pod が Running でない、またはインターフェースがない"),
            ("coredns-down", "upstream-dns-failing", "coredns-forwarding-loop", "dns-conntrack-race", "port-already-in-use"), "pod-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart node-local-dns on the node; or remove the DaemonSet where it listens on the service address too (queries then go to CoreDNS).",
                                 "そのノードの node-local-dns を再起動する。Service アドレスも待ち受ける構成なら DaemonSet を外せば CoreDNS に直接届く。"),
               Text("a short DNS gap on the node", "ノードの DNS が一時的に途切れる"), command="kubectl -n kube-system delete pod -l k8s-app=node-local-dns --field-selector spec.nodeName={node}",
               verify="nslookup kubernetes.default.svc.cluster.local 169.254.20.10"),
        Remedy("permanent", Text("system-node-critical priority, all tolerations, memory for the cache size, no other listener on its ports, alarm per node.",
                                 "system-node-critical と全 toleration、キャッシュ量に合うメモリ、ポートの重複回避、ノード単位の監視を設定する。"), Text("none", "なし"),
               verify="kubectl -n kube-system rollout status ds/node-local-dns", risk_level="none"),
    ),
    examples=(
        hit("pod-log", "dial tcp: lookup db.data.svc.cluster.local on 169.254.20.10:53: read udp 10.244.2.9:41000->169.254.20.10:53: read: connection refused"),
        hit("pod-log", "Failed to start node-cache: listen tcp 169.254.20.10:8080: bind: address already in use"),
        hit("shell", ";; communications error to 169.254.20.10#53: timed out"),
        near_miss("pod-log", "dial tcp: lookup db.data.svc.cluster.local on 10.96.0.10:53: read udp 10.244.2.9:41000->10.96.0.10:53: i/o timeout"),
        near_miss("pod-log", "bind 169.254.20.10 10.96.0.10"),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "node-local-dns-4zf8h", "status": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "node-local-dns-4zf8h", "status": "Running"}, False),
    ),
    versions="clusters with NodeLocal DNSCache (kubespray, GKE, kops add-on); other listen addresses are possible",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/", "https://github.com/kubernetes/dns/issues/561"),
)
