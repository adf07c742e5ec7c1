"""Pods (or the node) cannot reach the API through the service VIP."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="service-vip-unreachable",
    layer="network",
    role="cause",
    subject="Node",
    title=Text("the Kubernetes API's service VIP cannot be reached from the node's pods", "ノードの Pod から Kubernetes API の Service VIP に到達できない"),
    summary=Text(
        "Connections to the first address of the service range, port 443 (10.96.0.1, 10.43.0.1, 172.20.0.1...), time out or are rejected, while the API server itself is well: the rules of kube-proxy (or its replacement) are missing on the node, a host firewall drops or rejects forwarded packets, the pod CIDR is wrong, or there is no route. "
        "What needs the API inside pods (CNI agents, CoreDNS, operators) then crashes.",
        "API サーバー自体は正常なのに、Service 範囲の先頭アドレスの 443 番(10.96.0.1、10.43.0.1、172.20.0.1 など)への接続がタイムアウトまたは拒否される。ノードに kube-proxy(または代替)のルールがない、ホストのファイアウォールが転送パケットを破棄・拒否する、Pod CIDR の誤り、経路がない、のいずれか。"
        "API を必要とする Pod(CNI エージェント、CoreDNS、operator)が次々にクラッシュする。",
    ),
    signatures=(
        Signature(r"dial tcp (?:10\.\d{1,3}\.\d{1,3}\.1|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.1|192\.168\.\d{1,3}\.1|198\.1[89]\.\d{1,3}\.1):443: (?:i/o timeout|(?:connect|getsockopt): (?:no route to host|network is unreachable|connection timed out))", source="Go net.OpError towards the kubernetes service"),
        Signature(r"dial tcp \[?[0-9a-f]{1,4}:[0-9a-f:]*:1\]?:443: (?:i/o timeout|(?:connect|getsockopt): (?:no route to host|network is unreachable|connection timed out))", source="Go net.OpError, IPv6 service range"),
        Signature(r"dial tcp (?:10\.\d{1,3}\.\d{1,3}\.1|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.1|192\.168\.\d{1,3}\.1):443: (?:connect|getsockopt): connection refused", proof="suggests", source="Go net.OpError; refused is more often an API server that is down"),
        Signature(r"https://(?:10\.\d{1,3}\.\d{1,3}\.1|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.1|192\.168\.\d{1,3}\.1|kubernetes\.default[a-z.]*):443/.{0,200}(?:net/http: TLS handshake timeout|Client\.Timeout exceeded|context deadline exceeded)", proof="suggests", source="client-go"),
        Signature(r"Waiting for services and endpoints to be initialized from apiserver", component="network", proof="suggests", at_least=5, source="kube-dns pkg/dns/dns.go: its lists of the API stay without an answer"),
        Signature(r"log: cannot create log: open /tmp/.{0,80}coredns", component="network", proof="suggests", source="coredns with klog, exiting after a failed list"),
        Signature(r"\b(?:10\.(?:96|43|233|100|152|254|32)\.\d{1,3}\.1|172\.20\.0\.1)(?: port |:)443\b.{0,40}(?:Connection timed out|No route to host|Operation timed out)", source="curl, nc, wget towards the usual first address of a service range"),
        Signature(r"(?:Connection timed out|No route to host).{0,40}\b(?:10\.(?:96|43|233|100|152|254|32)\.\d{1,3}\.1|172\.20\.0\.1):443\b", source="Java, Python and C clients towards the kubernetes service"),
    ),
    leads_to=(
        Link("flannel-subnet-env-missing", "node", Text("flanneld cannot read its node object and exits", "flanneld が自分の Node を読めず終了する"), strength=0.8),
        Link("calico-datastore-unreachable", "node", Text("Calico's datastore is the API behind the VIP", "Calico のデータストアは VIP の先の API である"), strength=0.9),
        Link("calico-node-not-ready", "node", Text("calico-node waits for its datastore", "calico-node がデータストアを待つ"), strength=0.7),
        Link("weave-net-down", "node", Text("weave-kube cannot list its peers", "weave-kube が peer を一覧できない"), strength=0.6),
        Link("cilium-agent-down", "node", Text("the agent cannot reach the API", "エージェントが API に到達できない"), strength=0.6),
        Link("aws-ipamd-not-running", "node", Text("ipamd cannot reach the API", "ipamd が API に到達できない"), strength=0.6),
        Link("coredns-down", "cluster", Text("CoreDNS cannot list services and exits or stays not ready", "CoreDNS が Service を一覧できず終了、または Ready にならない"), strength=0.7),
        Link("dns-failing", "cluster", Text("CoreDNS does not answer", "CoreDNS が応答しない"), strength=0.6),
        Link("crash-loop-back-off", "node", Text("agents and operators exit when they cannot reach the API", "API に到達できないエージェントや operator が終了する"), strength=0.7),
        Link("sandbox-creation-failing", "node", Text("a CNI plugin that asks the API through the VIP fails", "VIP 経由で API に問い合わせる CNI プラグインが失敗する"), strength=0.6),
        Link("app-dependency-unreachable", "node", Text("programs in pods cannot reach the API or other services", "Pod 内のプログラムが API や他の Service に到達できない"), strength=0.5),
        Link("service-unreachable", "cluster", Text("other services of the node fail in the same way", "同じノードから他の Service にも届かない"), strength=0.7),
    ),
    refutes=(
        Refutation(Text("the API server is down for all, node included", "API サーバーがノードからも含め全体で停止している"), pattern=r":6443: connect: connection refused", component="kubelet", weight=0.5),
        Refutation(Text("a policy denies the traffic of this pod only", "この Pod の通信だけをポリシーが拒否している"), mode="network-policy-denies", weight=0.3),
    ),
    asks=(
        Ask("curl -k -m 5 https://10.96.0.1:443/healthz; curl -k -m 5 https://APISERVER:6443/healthz; kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide --field-selector spec.nodeName={node}; iptables -t nat -L KUBE-SERVICES -n | head; systemctl is-active firewalld ufw",
            Text("on the node: API server answers, VIP does not, and kube-proxy is not running or its chains are missing; or VIP answers from the node but not from pods: firewall or FORWARD policy",
                 "ノード上で API サーバーは応答し VIP は応答せず、kube-proxy が動いていないかチェーンがない。またはノードからは VIP が応答し Pod からは応答しない(ファイアウォールか FORWARD ポリシー)"),
            ("kube-proxy-down", "host-firewall-blocks-pods", "kubelet-apiserver-unreachable", "network-policy-denies", "pod-cidr-mismatch-config", "iptables-backend-mismatch", "ipvs-modules-missing", "apiserver-unavailable"), "services"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart kube-proxy on the node, stop or open the host firewall, then restart the CNI and CoreDNS pods.", "ノードの kube-proxy を再起動し、ホストのファイアウォールを止めるか開け、その後 CNI と CoreDNS の Pod を再起動する。"),
               Text("a stopped firewall leaves the host open; rules are rewritten for a moment", "ファイアウォール停止中はホストが無防備になる。ルールが一時的に書き直される"),
               command="kubectl -n kube-system delete pod -l k8s-app=kube-proxy --field-selector spec.nodeName={node}", verify="curl -k -m 5 https://10.96.0.1:443/healthz"),
        Remedy("permanent", Text("Keep kube-proxy healthy (alarm), forbid firewalld/ufw on nodes or open pod and service ranges, net.ipv4.ip_forward=1, one iptables backend, right cluster-cidr.",
                                 "kube-proxy を監視し、ノードで firewalld/ufw を使わないか Pod・Service 範囲を許可し、net.ipv4.ip_forward=1、単一の iptables バックエンド、正しい cluster-cidr にする。"),
               Text("firewall rules need a review", "ファイアウォール規則の見直しが必要"), verify="kubectl -n kube-system rollout status ds/kube-proxy", risk_level="none"),
    ),
    examples=(
        hit("pod-log", 'Failed to create SubnetManager: error retrieving pod spec for "kube-flannel/kube-flannel-ds-8x2": Get "https://10.96.0.1:443/api/v1/namespaces/kube-flannel/pods/kube-flannel-ds-8x2": dial tcp 10.96.0.1:443: i/o timeout'),
        hit("pod-log", "Failed to list *v1.Service: Get https://10.43.0.1:443/api/v1/services?limit=500&resourceVersion=0: dial tcp 10.43.0.1:443: connect: no route to host"),
        hit("pod-log", 'Get "https://[fd00:10:96::1]:443/api/v1/nodes": dial tcp [fd00:10:96::1]:443: i/o timeout'),
        hit("pod-log", "Get https://10.96.0.1:443/version: dial tcp 10.96.0.1:443: getsockopt: no route to host"),
        hit("pod-log", "Get https://10.96.0.1:443/api?timeout=32s: dial tcp 10.96.0.1:443: connect: connection refused"),
        hit("pod-log", 'Get "https://10.100.0.1:443/version?timeout=5s": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)'),
        hit("pod-log", "log: exiting because of error: log: cannot create log: open /tmp/coredns.coredns-6d4b-x.unknownuser.log.ERROR.20220101-000000.1: no such file or directory"),
        hit("shell", "nc: connect to 10.96.0.1 port 443 (tcp) failed: Connection timed out"),
        hit("shell", "curl: (7) Failed to connect to 10.43.0.1 port 443: No route to host"),
        hit("pod-log", "java.net.NoRouteToHostException: No route to host: /10.96.0.1:443"),
        hit("pod-log", "Waiting for services and endpoints to be initialized from apiserver...", count=9),
        near_miss("pod-log", "Waiting for services and endpoints to be initialized from apiserver..."),
        near_miss("kubelet", 'Error updating node status: Get "https://10.0.0.5:6443/api/v1/nodes/n1": dial tcp 10.0.0.5:6443: connect: connection refused'),
        near_miss("pod-log", "dial tcp 10.244.3.17:8080: connect: connection refused"),
        near_miss("pod-log", "Get https://registry.example.com/v2/: dial tcp 203.0.113.9:443: i/o timeout"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/", "https://github.com/coredns/coredns/issues/2693"),
)
