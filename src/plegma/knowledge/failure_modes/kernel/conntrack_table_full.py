"""The connection-tracking table is full, so packets of new flows are dropped."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="conntrack-table-full",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the node's conntrack table is full: packets of new connections are dropped", "ノードの conntrack テーブルが満杯で、新規接続のパケットが破棄されている"),
    summary=Text(
        "Every connection through a Service, and every DNS query, takes an entry in the kernel's connection-tracking table. When nf_conntrack_max is reached the first packet of new flows is dropped: random timeouts, failing probes and DNS on that node only, while established connections go on.",
        "Service 経由の接続や DNS 問い合わせは、カーネルの conntrack テーブルのエントリを 1 つずつ使う。nf_conntrack_max に達すると新規フローの最初のパケットが破棄され、そのノードでだけ不規則なタイムアウト、probe 失敗、DNS 失敗が起きる。確立済みの接続は続く。",
    ),
    signatures=(
        Signature(r"conntrack: table full(,| in netns)", component="kernel", proof="states", source="net/netfilter/nf_conntrack_core.c"),
        Signature(r"conntrack: table full", reason=r"Conntrack\w*|ConntrackFull\w*", proof="states", source="node-problem-detector"),
        Signature(r"conntrack_allowance_exceeded: [1-9]", proof="suggests", source="AWS ENA driver, ethtool -S"),
    ),
    leads_to=(
        Link("dns-failing", "node", Text("DNS queries from the node's pods are dropped", "ノード上の Pod からの DNS 問い合わせが破棄される"), strength=0.6),
        Link("service-unreachable", "node", Text("new connections through Services time out", "Service 経由の新規接続がタイムアウトする"), strength=0.7),
        Link("probe-failing", "node", Text("probes are new connections each time and get no answer", "probe は毎回新規接続なので応答が得られない"), strength=0.6),
        Link("readiness-probe-failing", "node", Text("pods of that node drop out of their endpoints", "そのノードの Pod が Endpoint から外れる"), strength=0.4),
        Link("apiserver-unavailable", "node", Text("new connections of the node to the API time out too", "ノードから API への新規接続もタイムアウトする"), strength=0.3),
    ),
    asks=(
        Ask("sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max; conntrack -S; dmesg -T | grep -c 'table full'  # on {node}",
            Text("count at or near max; drop and insert_failed grow", "count が max に近い。drop・insert_failed が増え続ける"), ("service-vip-unreachable", "neighbour-table-overflow", "iptables-lock-contention"), evidence="kernel-log"),
        Ask("conntrack -L -o extended 2>/dev/null | grep -o 'src=[0-9.]*' | sort | uniq -c | sort -rn | head  # on {node}", Text("one source with most of the entries: the flood", "エントリの大半を占める送信元が流量の原因"), ("service-vip-unreachable",)),
    ),
    remedies=(
        Remedy("temporary", Text("enlarge the table (and its hash) now", "テーブル(とハッシュ)を直ちに拡大する"), Text("about 320 bytes of kernel memory per entry", "1 エントリあたり約 320 バイトのカーネルメモリを使う"),
               "sysctl -w net.netfilter.nf_conntrack_max=1048576; echo 262144 > /sys/module/nf_conntrack/parameters/hashsize  # on {node}", "dmesg -T | tail; sysctl net.netfilter.nf_conntrack_count  # on {node}", "none"),
        Remedy("permanent", Text("let kube-proxy set it (conntrack.maxPerCore, conntrack.min), shorten the timeouts, find what opens so many connections, take DNS out of conntrack (NodeLocal DNSCache)",
                                 "kube-proxy の conntrack.maxPerCore / conntrack.min で設定し、タイムアウトを短くし、大量接続の原因を直す。NodeLocal DNSCache で DNS を conntrack から外す"),
               Text("kube-proxy restarts on each node", "各ノードで kube-proxy が再起動する"), "kubectl -n kube-system edit configmap kube-proxy", "sysctl net.netfilter.nf_conntrack_max  # on {node}", "restart"),
    ),
    versions="all; kube-proxy sets 32768 per core (min 131072) by default",
    references=("https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/", "https://docs.kernel.org/networking/nf_conntrack-sysctl.html"),
    examples=(
        hit("kernel", "nf_conntrack: nf_conntrack: table full, dropping packet"),
        hit("kernel", "ip_conntrack: table full, dropping packet."),
        hit("kernel", "nf_conntrack: table full in netns 4026532281, dropping packet"),
        hit("k8s-event", "nf_conntrack: table full, dropping packet", reason="ConntrackFull"),
        hit("shell", "     conntrack_allowance_exceeded: 10233"),
        near_miss("shell", "     conntrack_allowance_exceeded: 0"),
        near_miss("kernel", "neighbour: arp_cache: neighbor table overflow!"),
        near_miss("kube-proxy", "Failed to set sysctl: open /proc/sys/net/netfilter/nf_conntrack_max: permission denied"),
        near_miss("kubelet", "The binary conntrack is not installed, this can cause failures in network connection cleanup."),
    ),
)
