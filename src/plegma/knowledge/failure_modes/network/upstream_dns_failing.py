"""CoreDNS runs, but its upstream servers do not answer."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="upstream-dns-failing",
    layer="network",
    role="cause",
    subject="Cluster",
    title=Text("CoreDNS' upstream servers do not answer", "CoreDNS の上流 DNS が応答しない"),
    summary=Text(
        "Names outside the cluster fail while cluster names work: the servers in the node's resolv.conf (or in the Corefile) are down, blocked from the pod network, or reject the queries. Start-up HINFO probes fail the same way.",
        "クラスター内の名前は引けるが外部の名前が引けない。ノードの resolv.conf(または Corefile)のサーバーが停止している、Pod ネットワークから遮断されている、または問い合わせを拒否している。起動時の HINFO プローブも同じように失敗する。",
    ),
    signatures=(
        Signature(r"(?:plugin/errors:|\[ERROR\]) \d .{1,260}: (?:read|write|dial|read udp|dial tcp|dial udp) .{0,140}:53: (?:i/o timeout|.{0,20}(?:no route to host|connection refused|network is unreachable|operation not permitted))", component="network", at_least=3, source="coredns plugin/errors with forward; without its name to 1.2 (middleware errors, with proxy)"),
        Signature(r"(?:plugin/errors:|\[ERROR\]) \d .{1,320}(?:i/o timeout|no route to host|connection refused|network is unreachable)", component="network", proof="suggests", source="coredns plugin/errors with forward"),
        Signature(r"\"[A-Z]+ IN \S+ (?:udp|tcp) \d+ (?:true|false) \d+\" SERVFAIL ", component="network", proof="suggests", at_least=2, source="coredns plugin/log: what it answered to a query"),
        Signature(r"server can't find \S+\.(?:com|net|org|io|dev|[a-z]{2})\.?: SERVFAIL", proof="suggests", source="nslookup of BIND, of a name outside of the cluster"),
        Signature(r"unreachable backend: no upstream host", component="network", source="coredns plugin/forward and plugin/proxy"),
        Signature(r"/forward: no nameservers found", proof="states", source="coredns plugin/forward: empty resolv.conf"),
    ),
    leads_to=(
        Link("dns-failing", "cluster", Text("external names time out after the resolver's tries", "外部の名前が再試行の末にタイムアウトする"), strength=0.9),
        Link("app-dns-lookup-failure", "cluster", Text("applications report the external names that they cannot resolve", "アプリケーションが解決できない外部の名前を報告する"), strength=0.5),
        Link("coredns-down", "cluster", Text("without any nameserver CoreDNS does not start", "nameserver が 1 つもないと CoreDNS が起動しない"), strength=0.2),
        Link("app-error-exit", "cluster", Text("applications exit when they cannot resolve their dependencies", "依存先を名前解決できないアプリケーションが終了する"), strength=0.4),
    ),
    asks=(
        Ask("kubectl -n kube-system get cm coredns -o yaml | grep -A4 forward; kubectl run -it --rm dnstest --image=busybox:1.36 --restart=Never -- nslookup example.com UPSTREAM; nslookup example.com UPSTREAM",
            Text("the upstream answers from the node but not from a pod: network or firewall; from neither: the server", "ノードからは応答し Pod からは応答しなければネットワークかファイアウォール、どちらも応答しなければサーバー自体"),
            ("coredns-down", "coredns-forwarding-loop", "host-firewall-blocks-pods", "image-pull-dns-failure", "dns-conntrack-race", "dns-ndots-amplification", "nodelocal-dns-down"), "pod-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Point forward at servers that answer.", "forward を応答するサーバーに向ける。"), Text("private zones may be known to the old servers only", "プライベートゾーンは元のサーバーしか知らないことがある"),
               command="kubectl -n kube-system edit cm coredns", verify="kubectl -n kube-system logs -l k8s-app=kube-dns --tail=20", risk_level="none"),
        Remedy("permanent", Text("Two or more upstreams with health checks, UDP and TCP 53 open from the pod range, cache with serve_stale, alarm on coredns_forward_healthcheck_failures.",
                                 "複数の上流とヘルスチェック、Pod 範囲からの UDP/TCP 53 の許可、serve_stale 付き cache を設定し、coredns_forward_healthcheck_failures を監視する。"),
               Text("none", "なし"), verify="kubectl -n kube-system get cm coredns -o yaml", risk_level="none"),
    ),
    examples=(
        hit("pod-log", "[ERROR] plugin/errors: 2 api.example.com. A: read udp 10.244.0.4:45000->10.0.0.2:53: i/o timeout", count=37),
        hit("pod-log", "2018/06/07 08:09:10 [ERROR] 2 api.example.com. A: unreachable backend: read udp 10.244.0.4:45000->10.0.0.2:53: i/o timeout", count=37),
        hit("pod-log", "[ERROR] plugin/errors: 2 5233456.998877. HINFO: dial udp 10.0.0.2:53: connect: network is unreachable"),
        hit("pod-log", "[ERROR] plugin/errors: 2 api.example.com. AAAA: unreachable backend: no upstream host"),
        hit("pod-log", "plugin/forward: no nameservers found"),
        hit("pod-log", "[INFO] 10.244.1.5:43210 - 12345 \"A IN api.example.com. udp 33 false 512\" SERVFAIL qr,rd 33 0.001s", count=4),
        hit("shell", "** server can't find example.com: SERVFAIL"),
        near_miss("shell", "** server can't find cart.shop.svc.cluster.local: SERVFAIL"),
        near_miss("shell", "** server can't find example.com: NXDOMAIN"),
        near_miss("pod-log", '[FATAL] plugin/loop: Loop (127.0.0.1:55953 -> :1053) detected for zone "."'),
        near_miss("pod-log", "[INFO] 10.244.1.5:43210 - 12345 \"A IN api.example.com. udp 33 false 512\" NOERROR qr,rd,ra 64 0.001s"),
        near_miss("kubelet", "Failed to pull image: dial tcp: lookup registry.example.com on 10.0.0.2:53: read udp 10.0.0.7:4000->10.0.0.2:53: i/o timeout"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/", "https://coredns.io/plugins/forward/"),
)
