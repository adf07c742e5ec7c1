"""The node's own name resolution is broken."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-resolver-broken",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the node's own DNS resolver does not work", "ノード自身の名前解決が機能していない"),
    summary=Text(
        "Kubelet, runtime and host-network pods use the node's resolv.conf, not the cluster DNS. When systemd-resolved is down or its servers do not answer, the kubelet cannot find the API server by name, images cannot be pulled, and CoreDNS, which forwards to the same servers, fails for outside names.",
        "kubelet・ランタイム・hostNetwork の Pod はクラスター DNS ではなくノードの resolv.conf を使う。systemd-resolved の停止や上位サーバーの無応答により、kubelet は API サーバーを名前で見つけられず、イメージも取得できず、同じサーバーに転送する CoreDNS も外部名の解決に失敗する。",
    ),
    signatures=(
        Signature(r"/api(s)?/\S{1,300}: dial tcp: lookup \S+( on \S+)?: .{0,80}(server misbehaving|i/o timeout|connection refused|Temporary failure)", component="kubelet", source="Go net: name of the API server, asked by the kubelet"),
        Signature(r"systemd-resolved\.service: (Failed with result|[Mm]ain process exited|Start request repeated)", component="systemd", proof="states", source="systemd src/core/service.c"),
        Signature(r"Failed to start (systemd-resolved\.service - )?Network Name Resolution", component="systemd", proof="states", source="systemd units/systemd-resolved.service"),
        Signature(r"Using degraded feature set .{0,60}(for|instead of) ", proof="suggests", source="systemd-resolved"),
        Signature(r"DNSSEC validation failed for question ", proof="shows", source="systemd-resolved"),
        Signature(r"connection timed out; no servers could be reached", component="shell", proof="suggests", source="dig, nslookup"),
        Signature(r"communications error to \S+#53: (timed out|connection refused)", component="shell", proof="suggests", source="dig"),
    ),
    states=(StateTest("Unit", {"name": r"^systemd-resolved", "active": r"^(failed|inactive)$"}, proof="suggests"),),
    leads_to=(
        Link("image-pull-dns-failure", "node", Text("the runtime asks the node's resolver for the registry", "ランタイムはノードのリゾルバーでレジストリ名を解決する"), strength=0.7),
        Link("kubelet-apiserver-unreachable", "node", Text("the kubelet cannot resolve the API server's name", "kubelet が API サーバーの名前を解決できない"), strength=0.6),
        Link("node-status-unknown", "node", Text("heartbeats find no API server", "ハートビートの送信先が見つからない"), strength=0.5),
        Link("dns-failing", "cluster", Text("CoreDNS forwards outside names to the same servers", "CoreDNS は外部名を同じサーバーに転送する"), strength=0.4),
        Link("nfs-mount-failure", "node", Text("mounts by server name fail", "サーバー名によるマウントが失敗する"), strength=0.3),
    ),
    asks=(
        Ask("cat /etc/resolv.conf; resolvectl status | head -30; systemctl is-active systemd-resolved; dig +time=2 +tries=1 kubernetes.io  # on {node}", Text("no server answers, or the stub 127.0.0.53 has nobody behind it", "どのサーバーも応答しない、または 127.0.0.53 の先にリゾルバーがない"),
            ("image-pull-dns-failure", "kubelet-apiserver-unreachable", "coredns-forwarding-loop", "kubelet-resolvconf-missing", "nodelocal-dns-down"), evidence="kubelet-log"),
    ),
    remedies=(
        Remedy("temporary", Text("restart the resolver, or put working servers into resolv.conf", "リゾルバーを再起動する、または resolv.conf に動作するサーバーを記載する"), Text("the file may be overwritten by the network manager", "ネットワークマネージャーに上書きされることがある"), "systemctl restart systemd-resolved  # on {node}", "getent hosts kubernetes.io  # on {node}", "none"),
        Remedy("permanent", Text("two servers from different places, DNS by the network's configuration (netplan, NetworkManager, DHCP), the API endpoint as an address or in /etc/hosts", "異なる場所の 2 台のサーバー、ネットワーク設定(netplan・NetworkManager・DHCP)での DNS 指定、API エンドポイントはアドレスまたは /etc/hosts で解決"), Text("none", "なし"), "", "resolvectl query kubernetes.io  # on {node}", "none"),
    ),
    examples=(
        hit("kubelet", 'Unable to register node "n3" with API server: Post "https://api.lab.example:6443/api/v1/nodes": dial tcp: lookup api.lab.example on 127.0.0.53:53: server misbehaving'),
        hit("systemd", "systemd-resolved.service: Failed with result 'exit-code'."),
        hit("systemd", "Failed to start Network Name Resolution."),
        hit("systemd-resolved", "Using degraded feature set UDP instead of UDP+EDNS0 for DNS server 10.0.0.2."),
        hit("systemd-resolved", "DNSSEC validation failed for question lab.example IN A: no-signature"),
        hit("shell", ";; connection timed out; no servers could be reached"),
        hit("shell", ";; communications error to 10.0.0.2#53: timed out"),
        near_miss("kubelet", 'Post "https://api.lab.example:6443/api/v1/nodes": dial tcp: lookup api.lab.example on 10.0.0.2:53: no such host'),
        near_miss("kubelet", 'Failed to pull image "registry.lab.example/a:1": dial tcp: lookup registry.lab.example on 127.0.0.53:53: server misbehaving'),
        near_miss("kubelet", 'Post "https://10.0.0.1:6443/api/v1/nodes": dial tcp 10.0.0.1:6443: i/o timeout'),
        near_miss("kubelet", "Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: 10.0.0.2 10.0.0.3 10.0.0.4"),
    ),
    state_examples=(
        StateExample("Unit", {"name": "systemd-resolved.service", "active": "failed"}, True),
        StateExample("Unit", {"name": "systemd-resolved.service", "active": "active"}, False),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/#known-issues",),
)
