"""A firewall of the host drops or rejects pod traffic."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="host-firewall-blocks-pods",
    layer="network",
    role="cause",
    subject="Node",
    title=Text("the host's firewall blocks pod traffic", "ホストのファイアウォールが Pod の通信を遮断している"),
    summary=Text(
        "firewalld, ufw, nftables or a hardened rule set filters forwarded packets on the node (FORWARD policy DROP, REJECT with icmp-host-prohibited), or a reload wiped the rules of kube-proxy and the CNI. Pods get 'no route to host' at once (reject) or time-outs (drop); hostNetwork pods are often fine.",
        "firewalld、ufw、nftables、強化済みルールがノードで転送パケットを遮断している(FORWARD ポリシー DROP、icmp-host-prohibited の REJECT)。または reload により kube-proxy や CNI のルールが消えた。Pod では即座に no route to host(REJECT)かタイムアウト(DROP)になり、hostNetwork の Pod は正常なことが多い。",
    ),
    signatures=(
        Signature(r"\[UFW BLOCK\] IN=(?:cni|cali|flannel|veth|docker|weave|cilium|vxlan|tunl|lxc|kube|eni)", component="kernel", proof="states", source="ufw's LOG rule in the kernel log"),
        Signature(r"FINAL_REJECT: ?\"?IN=(?:cni|cali|flannel|veth|docker|weave|cilium|vxlan|tunl|lxc|kube|eni)", component="kernel", proof="states", source="firewalld LogDenied in the kernel log"),
        Signature(r"filter_FWD.{0,40}_(?:REJECT|DROP): ?\"?IN=(?:cni|cali|flannel|veth|docker|weave|cilium|vxlan|tunl|lxc|kube|eni)", component="kernel", proof="states", source="firewalld (nftables backend) LogDenied in the kernel log"),
        Signature(r"-A FORWARD -j REJECT --reject-with icmp-host-prohibited", component="shell", source="iptables -S of a distribution's default rules"),
        Signature(r"-P FORWARD DROP", component="shell", proof="suggests", source="iptables -S; Docker sets it too"),
        Signature(r"Chain FORWARD \(policy DROP", component="shell", proof="suggests", source="iptables -L; Docker sets it too"),
        Signature(r"firewalld is active, please ensure ports", proof="suggests", source="kubeadm preflight"),
        Signature(r"dial tcp (?:10|172|192)\.[0-9.]+:\d+: (?:connect|getsockopt): no route to host", component="network", proof="suggests", source="ICMP reject; also a pod or node that is gone"),
    ),
    states=(
        StateTest("Unit", {"name": r"^(?:firewalld|ufw)(?:\.service)?$", "active": r"^active$"}, proof="suggests"),
    ),
    leads_to=(
        Link("dns-failing", "cluster", Text("queries to CoreDNS on this node are rejected", "このノードの CoreDNS への問い合わせが拒否される"), strength=0.6),
        Link("service-unreachable", "node", Text("forwarded packets are rejected or dropped", "転送パケットが拒否または破棄される"), strength=0.8),
        Link("overlay-traffic-blocked", "node", Text("the tunnel's port is closed on the host", "トンネルのポートがホストで閉じている"), strength=0.6),
        Link("calico-node-not-ready", "node", Text("BGP (TCP 179) or Typha is filtered", "BGP(TCP 179)や Typha が遮断される"), strength=0.4),
        Link("upstream-dns-failing", "node", Text("CoreDNS cannot reach its upstream", "CoreDNS が上流に到達できない"), strength=0.3),
        Link("app-dependency-unreachable", "node", Text("programs in pods cannot reach their peers", "Pod 内のプログラムが相手に到達できない"), strength=0.5),
        Link("probe-failing", "node", Text("probes across the filter fail", "フィルターを越える probe が失敗する"), strength=0.3),
    ),
    asks=(
        Ask("systemctl is-active firewalld ufw nftables; iptables -S FORWARD; nft list ruleset | grep -nE 'hook forward|reject|drop' | head -30",
            Text("an active firewall, a FORWARD policy of DROP without accepts for the pod range, or counters that grow on a reject rule", "有効なファイアウォール、Pod 範囲の許可がない FORWARD の DROP、増え続ける reject ルールのカウンター"),
            ("service-vip-unreachable", "network-policy-denies", "kube-proxy-down", "iptables-backend-mismatch", "ip-forwarding-disabled", "overlay-traffic-blocked", "app-dependency-unreachable"), "kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Stop the firewall, then restart kube-proxy and the CNI agent on the node so that their rules are written anew.",
                                 "ファイアウォールを止め、そのノードの kube-proxy と CNI エージェントを再起動してルールを書き直させる。"),
               Text("the host is open until other protection is in place", "代わりの防御が入るまでホストが無防備になる"), command="systemctl stop firewalld", verify="iptables -S FORWARD | head"),
        Remedy("permanent", Text("Disable it in the node image, or allow pod and service ranges, the CNI's ports (8472/4789 UDP, 179 TCP) and masquerade in its permanent rules; filter at the network or with NetworkPolicy.",
                                 "ノードイメージで無効にする。または Pod・Service 範囲、CNI のポート(UDP 8472/4789、TCP 179)、masquerade を恒久ルールで許可し、フィルターはネットワーク側や NetworkPolicy で行う。"),
               Text("needs a security review", "セキュリティの確認が必要"), command="systemctl disable --now firewalld", verify="systemctl is-enabled firewalld"),
    ),
    examples=(
        hit("kernel", "[UFW BLOCK] IN=cni0 OUT=eth0 MAC= SRC=10.244.1.7 DST=10.96.0.1 LEN=60 PROTO=TCP SPT=41000 DPT=443"),
        hit("kernel", "FINAL_REJECT: IN=cali0a1b2c OUT=eth0 MAC= SRC=10.244.1.7 DST=10.1.0.5 LEN=60 PROTO=TCP DPT=6443"),
        hit("kernel", "filter_FWD_public_REJECT: \"IN=cni0 OUT=eth0 MAC= SRC=10.244.1.7 DST=10.1.0.5 LEN=60 PROTO=TCP DPT=6443"),
        hit("shell", "-A FORWARD -j REJECT --reject-with icmp-host-prohibited"),
        hit("shell", "-P FORWARD DROP"),
        hit("shell", "Chain FORWARD (policy DROP 1182 packets, 70920 bytes)"),
        hit("shell", "[WARNING Firewalld]: firewalld is active, please ensure ports [6443 10250] are open or your cluster may not function correctly"),
        hit("pod-log", "dial tcp 10.96.44.7:8080: getsockopt: no route to host"),
        hit("pod-log", "dial tcp 10.96.44.7:8080: connect: no route to host"),
        near_miss("kernel", "[UFW BLOCK] IN=eth0 OUT= MAC= SRC=203.0.113.9 DST=10.1.0.5 LEN=40 PROTO=TCP DPT=23"),
        near_miss("shell", "-P FORWARD ACCEPT"),
        near_miss("pod-log", "dial tcp 10.96.44.7:8080: connect: connection refused"),
    ),
    state_examples=(
        StateExample("Unit", {"name": "firewalld.service", "active": "active", "sub": "running"}, True),
        StateExample("Unit", {"name": "firewalld.service", "active": "inactive", "sub": "dead"}, False),
    ),
    versions="all; Docker sets FORWARD to DROP from 1.13 on",
    references=("https://kubernetes.io/docs/reference/networking/ports-and-protocols/", "https://docs.k3s.io/installation/requirements#operating-systems"),
)
