"""Large packets get lost because the pod network's MTU does not fit the path."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="mtu-mismatch",
    layer="network",
    role="cause",
    subject="Cluster",
    title=Text("the pod network's MTU is too large for the path", "Pod ネットワークの MTU が経路に対して大きすぎる"),
    summary=Text(
        "The overlay's header (50 bytes for VXLAN, 20 for IP-in-IP, 60 to 80 for WireGuard) does not fit into the network's MTU, or the cloud, VPN or an interface has a smaller one, and ICMP 'fragmentation needed' is filtered. Small packets pass: ping and the TCP handshake work, then TLS handshakes, uploads or large answers hang.",
        "オーバーレイのヘッダー(VXLAN 50、IP-in-IP 20、WireGuard 60〜80 バイト)がネットワークの MTU に収まらない、またはクラウド、VPN、途中の NIC の MTU が小さく、ICMP の fragmentation needed が遮断されている。小さなパケットは通るため ping や TCP 接続は成功し、TLS ハンドシェイク、アップロード、大きな応答で止まる。",
    ),
    signatures=(
        Signature(r"local error: message too long, mtu=", component="shell", source="ping -M do"),
        Signature(r"[Ff]rag needed and DF set \(mtu = ", component="shell", source="ping -M do: a router said so"),
        Signature(r"over-mtu packet", component="kernel", source="kernel network drivers"),
    ),
    leads_to=(
        Link("service-unreachable", "cluster", Text("connections open, then hang at the first large packet", "接続は開くが、最初の大きなパケットで止まる"), strength=0.6),
        Link("app-dependency-unreachable", "cluster", Text("requests to other nodes or outside time out", "他ノードや外部への要求がタイムアウトする"), strength=0.4),
        Link("dns-failing", "cluster", Text("large DNS answers are lost", "大きな DNS 応答が失われる"), strength=0.2),
        Link("probe-failing", "cluster", Text("large answers to probes are lost", "probe への大きな応答が失われる"), strength=0.2),
    ),
    asks=(
        Ask("kubectl -n {namespace} exec {pod} -- ping -c2 -M do -s 1422 POD_ON_OTHER_NODE; ip -br link; cat /run/flannel/subnet.env; kubectl -n kube-system get cm calico-config cilium-config -o yaml | grep -i mtu",
            Text("small pings pass and ones near the pod's MTU fail; pod MTU + overhead above the NIC's MTU", "小さな ping は通り、Pod の MTU 付近では失敗する。Pod の MTU + オーバーヘッドが NIC の MTU を超えている"),
            ("network-policy-denies", "host-firewall-blocks-pods", "pod-cidr-mismatch-config", "overlay-traffic-blocked"), "cni-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Clamp MSS to the path MTU on the nodes.", "ノードで MSS を path MTU に合わせて clamp する。"), Text("does nothing for UDP", "UDP には効果がない"),
               command="iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu", verify="curl -m 10 -o /dev/null -s -w '%{{http_code}}' https://SERVICE", risk_level="none"),
        Remedy("permanent", Text("Set the CNI's MTU to the smallest MTU of the path minus overhead (flannel: Backend MTU; Calico: veth_mtu/FelixConfiguration; Cilium: mtu), re-create pods, let ICMP type 3 code 4 pass.",
                                 "CNI の MTU を経路の最小 MTU からオーバーヘッドを引いた値にし(flannel、Calico の veth_mtu、Cilium の mtu)、Pod を作り直し、ICMP type 3 code 4 を許可する。"),
               Text("all pods must be re-created to get the new MTU", "新しい MTU には全 Pod の作り直しが必要"), verify="kubectl -n {namespace} exec {pod} -- cat /sys/class/net/eth0/mtu", risk_level="disruptive"),
    ),
    examples=(
        hit("shell", "ping: local error: message too long, mtu=1450"),
        hit("shell", "From 10.1.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1450)"),
        hit("kernel", "eth0: over-mtu packet!"),
        near_miss("shell", "eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1450"),
        near_miss("pod-log", "Effective MTU verified at 1410"),
    ),
    versions="all overlays",
    references=("https://docs.tigera.io/calico/latest/networking/configuring/mtu", "https://docs.cilium.io/en/stable/operations/performance/tuning/", "https://github.com/flannel-io/flannel/blob/master/Documentation/backends.md"),
    abductive=True,
)
