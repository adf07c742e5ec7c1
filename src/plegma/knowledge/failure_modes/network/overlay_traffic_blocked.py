"""Pods on different nodes cannot talk: the overlay or its routes are blocked between nodes."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="overlay-traffic-blocked",
    layer="network",
    role="cause",
    subject="Cluster",
    title=Text("pod traffic between nodes is blocked", "ノード間の Pod 通信が遮断されている"),
    summary=Text(
        "Pods reach each other on one node but not across nodes: the tunnel's packets (VXLAN UDP 8472/4789, Geneve 6081, IP-in-IP protocol 4, WireGuard 51820/51871) are filtered by security groups or a firewall, the cloud drops foreign source addresses (source/destination check), the wrong NIC was chosen, or checksum offload breaks the outer packet.",
        "同じノードの Pod 間は通るがノードをまたぐと通らない。トンネル(VXLAN UDP 8472/4789、Geneve 6081、IP-in-IP プロトコル 4、WireGuard 51820/51871)がセキュリティグループやファイアウォールで遮断されている、クラウドの送信元/宛先チェックで破棄される、誤った NIC が選ばれている、チェックサムオフロードで外側のパケットが壊れる、など。",
    ),
    signatures=(
        Signature(r"UDP: bad checksum\. From .{1,60}:(?:8472|4789|6081) ", component="kernel", source="kernel net/ipv4/udp.c: broken offload of the outer packet"),
        Signature(r"icmp_seq=\d+ Destination Host Unreachable", component="shell", proof="suggests", source="ping"),
        Signature(r"ICMP to stack: {1,8}Connection timed out", source="cilium-health status"),
        Signature(r"HTTP to agent: {1,8}Get .{1,160}deadline exceeded", source="cilium-health status"),
    ),
    leads_to=(
        Link("service-unreachable", "cluster", Text("endpoints on other nodes cannot be reached: a share of the connections fails", "他ノードの Endpoint に届かず、一定割合の接続が失敗する"), strength=0.8),
        Link("dns-failing", "cluster", Text("pods on nodes without CoreDNS cannot resolve, or half of the queries fail", "CoreDNS のないノードの Pod が名前解決できない、または問い合わせの半分が失敗する"), strength=0.7),
        Link("app-dependency-unreachable", "cluster", Text("peers on other nodes cannot be reached", "他ノードの相手に到達できない"), strength=0.5),
        Link("admission-webhook-unavailable", "cluster", Text("the API server's node cannot reach the webhook's pod", "API サーバーのノードから webhook の Pod に届かない"), strength=0.3),
    ),
    asks=(
        Ask("kubectl -n {namespace} exec {pod} -- ping -c2 POD_SAME_NODE; kubectl -n {namespace} exec {pod} -- ping -c2 POD_OTHER_NODE; tcpdump -ni any 'udp port 8472 or udp port 4789 or proto 4' -c 20",
            Text("same node works, other node does not; packets leave but do not arrive", "同じノードは通り、他ノードは通らない。パケットは出るが届かない"),
            ("host-firewall-blocks-pods", "mtu-mismatch", "network-policy-denies", "pod-cidr-mismatch-config", "calico-node-not-ready"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Open the tunnel's port or protocol between all nodes; switch checksum offload off on the tunnel device where the kernel is affected.",
                                 "全ノード間でトンネルのポート・プロトコルを許可する。影響のあるカーネルではトンネルデバイスのチェックサムオフロードを切る。"),
               Text("offload off costs CPU", "オフロード無効化で CPU 負荷が増える"), command="ethtool -K flannel.1 tx-checksum-ip-generic off", verify="kubectl -n {namespace} exec {pod} -- ping -c2 POD_OTHER_NODE", risk_level="none"),
        Remedy("permanent", Text("Security groups in code with the CNI's ports, source/destination check off for routed modes, address detection pinned to the right interface, newer kernel.",
                                 "CNI のポートを含むセキュリティグループを IaC で管理し、ルーティング方式では送信元/宛先チェックを切り、検出インターフェースを固定し、カーネルを更新する。"),
               Text("none", "なし"), verify="kubectl -n kube-system exec ds/cilium -- cilium-health status", risk_level="none"),
    ),
    examples=(
        hit("kernel", "UDP: bad checksum. From 10.1.0.12:41234 to 10.1.0.13:8472 ulen 98"),
        hit("shell", "From 10.244.1.1 icmp_seq=1 Destination Host Unreachable"),
        hit("shell", "      ICMP to stack:   Connection timed out"),
        hit("shell", '      HTTP to agent:   Get "http://10.1.0.13:4240/hello": context deadline exceeded'),
        near_miss("shell", "      ICMP to stack:   OK, RTT=412.7us"),
        near_miss("shell", "64 bytes from 10.244.2.7: icmp_seq=1 ttl=62 time=0.41 ms"),
        near_miss("kernel", "UDP: bad checksum. From 10.1.0.12:53 to 10.1.0.13:41234 ulen 98"),
    ),
    versions="all; VXLAN checksum offload: kernels before 5.7 with kube-proxy 1.17 and others",
    references=("https://github.com/flannel-io/flannel/blob/master/Documentation/troubleshooting.md", "https://github.com/projectcalico/calico/issues/3145", "https://kubernetes.io/docs/reference/networking/ports-and-protocols/"),
    abductive=True,
)
