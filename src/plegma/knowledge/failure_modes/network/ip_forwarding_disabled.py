"""The kernel does not forward packets."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="ip-forwarding-disabled",
    layer="network",
    role="cause",
    subject="Node",
    title=Text("IP forwarding is off on the node", "ノードで IP 転送が無効になっている"),
    summary=Text(
        "net.ipv4.ip_forward (or net.ipv6.conf.all.forwarding) is 0, so packets between pods, services and the network are dropped silently. A sysctl file, a security baseline, systemd-networkd or a network restart switched it off after the node was set up.",
        "net.ipv4.ip_forward(または net.ipv6.conf.all.forwarding)が 0 のため、Pod、Service、外部の間のパケットが黙って破棄される。構築後に sysctl ファイル、セキュリティ基準、systemd-networkd、ネットワーク再起動によって無効化されたことが多い。",
    ),
    signatures=(
        Signature(r"ip_forward contents are not set to 1", proof="states", source="kubeadm preflight"),
        Signature(r"net\.ipv4\.ip_forward ?= ?0\b", proof="states", source="sysctl"),
        Signature(r"net\.ipv[46]\.conf\.(?:all|default)\.forwarding ?= ?0\b", component="shell", source="sysctl"),
        Signature(r"IPv4 forwarding is disabled", proof="states", source="docker info and docker run"),
        Signature(r"failed to enable forwarding: ", component="cni", proof="states", source="containernetworking/plugins bridge"),
    ),
    states=(
        StateTest("Sysctl", {"key": r"^net\.ipv4\.ip_forward$", "value": r"^0$"}, proof="states"),
        StateTest("Sysctl", {"key": r"^net\.ipv6\.conf\.all\.forwarding$", "value": r"^0$"}, proof="suggests"),
    ),
    leads_to=(
        Link("service-vip-unreachable", "node", Text("packets of pods are not forwarded", "Pod のパケットが転送されない"), strength=0.8),
        Link("service-unreachable", "node", Text("packets of pods are not forwarded", "Pod のパケットが転送されない"), strength=0.8),
        Link("dns-failing", "cluster", Text("queries to or from this node are dropped", "このノードを通る問い合わせが破棄される"), strength=0.6),
        Link("upstream-dns-failing", "cluster", Text("CoreDNS on this node cannot reach its upstream", "このノードの CoreDNS が上流に到達できない"), strength=0.3),
        Link("app-dependency-unreachable", "node", Text("programs in pods cannot reach their peers", "Pod 内のプログラムが相手に到達できない"), strength=0.5),
        Link("sandbox-creation-failing", "node", Text("the bridge plugin fails when it may not switch it on", "有効化できないと bridge プラグインが失敗する"), strength=0.2),
    ),
    asks=(
        Ask("sysctl net.ipv4.ip_forward net.ipv4.conf.all.forwarding net.ipv6.conf.all.forwarding; grep -rn forward /etc/sysctl.d /etc/sysctl.conf /usr/lib/sysctl.d",
            Text("0, and the file that sets it", "値が 0、およびそれを設定しているファイル"), ("host-firewall-blocks-pods", "overlay-traffic-blocked", "kube-proxy-down"), "kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Switch it on.", "有効にする。"), Text("none", "なし"), command="sysctl -w net.ipv4.ip_forward=1", verify="sysctl net.ipv4.ip_forward", risk_level="none"),
        Remedy("permanent", Text("/etc/sysctl.d/k8s.conf with net.ipv4.ip_forward=1 (and IPv6), last in order; correct the baseline that resets it.", "/etc/sysctl.d/k8s.conf に net.ipv4.ip_forward=1(IPv6 も)を最後の順で置き、無効化する基準を修正する。"),
               Text("none", "なし"), command="echo 'net.ipv4.ip_forward = 1' > /etc/sysctl.d/99-k8s.conf && sysctl --system", verify="sysctl net.ipv4.ip_forward", risk_level="none"),
    ),
    examples=(
        hit("shell", "[ERROR FileContent--proc-sys-net-ipv4-ip_forward]: /proc/sys/net/ipv4/ip_forward contents are not set to 1"),
        hit("shell", "net.ipv4.ip_forward = 0"),
        hit("shell", "net.ipv6.conf.all.forwarding = 0"),
        hit("dockerd", "WARNING: IPv4 forwarding is disabled"),
        hit("k8s-event", "failed to enable forwarding: open /proc/sys/net/ipv4/ip_forward: read-only file system", reason="FailedCreatePodSandBox"),
        near_miss("shell", "net.ipv4.ip_forward = 1"),
        near_miss("shell", "net.ipv4.ip_forward_use_pmtu = 0"),
    ),
    state_examples=(
        StateExample("Sysctl", {"key": "net.ipv4.ip_forward", "value": "0"}, True),
        StateExample("Sysctl", {"key": "net.ipv6.conf.all.forwarding", "value": "0"}, True),
        StateExample("Sysctl", {"key": "net.ipv4.ip_forward", "value": "1"}, False),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/setup/production-environment/container-runtimes/#prerequisite-ipv4-forwarding-optional",),
)
