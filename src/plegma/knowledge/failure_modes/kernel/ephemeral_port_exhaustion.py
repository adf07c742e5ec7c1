"""No local port is left for a further outgoing connection to the same destination."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="ephemeral-port-exhaustion",
    layer="kernel",
    role="cause",
    subject="Pod",
    title=Text("ephemeral ports for outgoing connections are used up", "外向き接続用のエフェメラルポートを使い切っている"),
    summary=Text(
        "connect() answers EADDRNOTAVAIL when every local port towards one destination is in use or in TIME_WAIT: about 28000 per destination address and port in one network namespace. Usually a client that opens a new connection for each request.",
        "1 つの宛先(アドレスとポート)に対するローカルポートがすべて使用中または TIME_WAIT になると、connect() は EADDRNOTAVAIL を返す(1 つのネットワーク名前空間・宛先あたり約 28000)。多くはリクエストごとに新しい接続を張るクライアントが原因。",
    ),
    signatures=(
        Signature(r"dial tcp \d+\.\d+\.\d+\.\d+:\d+: connect: cannot assign requested address", proof="states", source="Go net; with an IPv6 address it usually means that IPv6 is off"),
        Signature(r"connect\(\) to \S+ failed \(99: (Cannot assign requested address|Address not available)\)", component="app", proof="states", source="nginx"),
        Signature(r"java\.net\.(NoRouteToHostException|ConnectException): Cannot assign requested address", component="app", proof="states", source="OpenJDK"),
        Signature(r"connect EADDRNOTAVAIL", component="app", proof="states", source="node.js"),
        Signature(r"no free ports\.?$", component="app", source="haproxy"),
        Signature(r"\[Errno 99\] Cannot assign requested address", component="app", proof="suggests", source="CPython: connect or bind"),
        Signature(r"SNAT ports? (are )?exhaust", source="cloud NAT gateways"),
        Signature(r"No mapping for NAT masquerade", source="Cilium drop reason"),
    ),
    leads_to=(
        Link("service-unreachable", "cluster", Text("new connections to that destination fail at once", "その宛先への新規接続が直ちに失敗する"), strength=0.6),
        Link("readiness-probe-failing", "pod", Text("the application cannot reach what its readiness depends on", "Ready の条件となる依存先に接続できない"), strength=0.4),
        Link("app-error-exit", "pod", Text("the application exits without its backend", "バックエンドに接続できず終了する"), strength=0.3),
    ),
    asks=(
        Ask("kubectl -n {namespace} exec {pod} -- sh -c 'cat /proc/sys/net/ipv4/ip_local_port_range; cat /proc/net/sockstat'; ss -tan state time-wait | wc -l  # the last in the pod's network namespace",
            Text("tens of thousands of sockets (tw or inuse) towards one destination", "1 つの宛先に数万のソケット(tw・inuse)がある"), ("app-fd-limit", "conntrack-table-full", "service-vip-unreachable")),
    ),
    remedies=(
        Remedy("temporary", Text("widen the port range in the pod and restart it, or add replicas", "Pod のポート範囲を広げて再起動する、またはレプリカを増やす"), Text("the pod is made anew", "Pod が再作成される"), "kubectl -n {namespace} edit deployment  # securityContext.sysctls: net.ipv4.ip_local_port_range = 1024 65535", "kubectl -n {namespace} logs {pod} --since=5m", "restart"),
        Remedy("permanent", Text("keep-alive and connection pools in the client, several destination addresses, tcp_tw_reuse", "クライアントで keep-alive・接続プールを使う、宛先アドレスを増やす、tcp_tw_reuse"), Text("none", "なし"), "", "ss -s  # in the pod's network namespace", "none"),
    ),
    examples=(
        hit("pod-log", "dial tcp 10.96.4.2:5432: connect: cannot assign requested address"),
        hit("pod-log", "[crit] 31#31: *99 connect() to 10.2.0.7:8080 failed (99: Cannot assign requested address) while connecting to upstream"),
        hit("pod-log", "java.net.NoRouteToHostException: Cannot assign requested address (Address not available)"),
        hit("pod-log", "Error: connect EADDRNOTAVAIL 10.96.4.2:6379 - Local (0.0.0.0:0)"),
        hit("pod-log", "Connect() failed for backend app: no free ports."),
        hit("pod-log", "OSError: [Errno 99] Cannot assign requested address"),
        hit("cilium-agent", "xx drop (No mapping for NAT masquerade) flow 0x1 to endpoint 0"),
        hit("shell", "SNAT port exhaustion detected on outbound rule egress-1"),
        near_miss("pod-log", "listen tcp 10.2.0.9:8080: bind: cannot assign requested address"),
        near_miss("pod-log", "dial tcp [::1]:2379: connect: cannot assign requested address"),
        near_miss("pod-log", "dial tcp 10.96.4.2:5432: connect: connection refused"),
    ),
    versions="all; the default range is 32768 to 60999",
    references=("https://docs.kernel.org/networking/ip-sysctl.html",),
)
