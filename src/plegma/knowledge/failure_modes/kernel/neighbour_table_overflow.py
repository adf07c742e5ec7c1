"""The kernel's ARP/neighbour table is full."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="neighbour-table-overflow",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the neighbour (ARP) table is full", "ネイバー(ARP)テーブルが溢れている"),
    summary=Text(
        "One table serves all network namespaces of the node. In large clusters with flat pod networks, or on nodes with many pods, the default of 1024 entries (gc_thresh3) is reached: new neighbours cannot be resolved, packets to them are dropped with ENOBUFS, connections fail at random.",
        "1 つのテーブルをノードの全ネットワーク名前空間が共有する。フラットな Pod ネットワークの大規模クラスターや Pod の多いノードでは既定の 1024(gc_thresh3)に達し、新しい隣接ノードを解決できず、パケットが ENOBUFS で破棄され、接続が不規則に失敗する。",
    ),
    signatures=(
        Signature(r"neighbou?r table overflow", component="kernel", proof="states", source="net/core/neighbour.c"),
        Signature(r"Neighbour table overflow", component="kernel", proof="states", source="net/ipv4/route.c, kernels before 4"),
        Signature(r"RTNETLINK answers: No buffer space available", proof="suggests", source="iproute2"),
        Signature(r"(connect|sendto|sendmsg|write to \S+): no buffer space available", proof="suggests", source="Go net: ENOBUFS"),
    ),
    leads_to=(
        Link("service-unreachable", "node", Text("connections from and to the node's pods fail at random", "ノード上の Pod との接続が不規則に失敗する"), strength=0.6),
        Link("dns-failing", "node", Text("packets to DNS pods are dropped", "DNS Pod へのパケットが破棄される"), strength=0.5),
        Link("probe-failing", "node", Text("the kubelet cannot resolve the address of its own pods", "kubelet が自ノードの Pod のアドレスを解決できない"), strength=0.4),
        Link("node-status-unknown", "node", Text("the node cannot reach the API server's gateway", "API サーバーへのゲートウェイに到達できない"), strength=0.2),
        Link("sandbox-creation-failing", "node", Text("the CNI plugin cannot add its static neighbour entry", "CNI プラグインが静的エントリを追加できない"), strength=0.2),
    ),
    asks=(
        Ask("ip -4 neigh show nud all | wc -l; ip -6 neigh show nud all | wc -l; sysctl net.ipv4.neigh.default; cat /proc/net/stat/arp_cache  # on {node}", Text("entries near gc_thresh3, table_fulls growing", "エントリ数が gc_thresh3 に近く、table_fulls が増えている"),
            ("conntrack-table-full", "service-vip-unreachable", "nic-link-flap"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("raise the thresholds", "しきい値を引き上げる"), Text("some kilobytes per entry", "1 エントリあたり数百バイト〜数 KB のメモリを使う"), "sysctl -w net.ipv4.neigh.default.gc_thresh1=8192 net.ipv4.neigh.default.gc_thresh2=32768 net.ipv4.neigh.default.gc_thresh3=65536  # on {node}; ipv6 likewise", "dmesg -T | tail -3  # on {node}", "none"),
        Remedy("permanent", Text("the same in /etc/sysctl.d of the node image; smaller layer-2 segments", "ノードイメージの /etc/sysctl.d に設定する。L2 セグメントを小さくする"), Text("none", "なし"), "", "sysctl net.ipv4.neigh.default.gc_thresh3  # on {node}", "none"),
    ),
    examples=(
        hit("kernel", "neighbour: arp_cache: neighbor table overflow!"),
        hit("kernel", "neighbour: ndisc_cache: neighbor table overflow!"),
        hit("kernel", "ipv4: Neighbour table overflow."),
        hit("shell", "RTNETLINK answers: No buffer space available"),
        hit("pod-log", "write udp 10.2.0.4:41022->10.2.9.3:53: sendto: no buffer space available"),
        near_miss("kernel", "nf_conntrack: nf_conntrack: table full, dropping packet"),
        near_miss("kernel", "IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready"),
    ),
    versions="all; the defaults are 128, 512 and 1024",
    references=("https://man7.org/linux/man-pages/man7/arp.7.html", "https://github.com/kubernetes/kops/issues/4533"),
)
