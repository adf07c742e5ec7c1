"""Search-list expansion multiplies DNS queries."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="dns-ndots-amplification",
    layer="network",
    role="cause",
    subject="Cluster",
    title=Text("ndots:5 multiplies queries for external names", "ndots:5 により外部名への問い合わせが増幅している"),
    summary=Text(
        "With ndots:5 each external name is first tried with every search domain (A and AAAA), so one look-up becomes eight or ten queries, most of them NXDOMAIN. Under load CoreDNS or its upstream falls behind; a search domain that has a wildcard record even gives wrong answers.",
        "ndots:5 では外部名でもまず全 search ドメインを付けて(A と AAAA)試すため、1 回の名前解決が 8〜10 問い合わせになり、大半が NXDOMAIN になる。負荷時に CoreDNS や上流が追いつかなくなる。ワイルドカードを持つ search ドメインがあると誤った応答にもなる。",
    ),
    signatures=(
        Signature(r"\\*\"(?:A|AAAA) IN \S{1,200}\.(?:com|net|org|io|dev|jp|cloud)\.[a-z0-9.-]{0,80}cluster\.local\. .{0,60}NXDOMAIN", component="network", proof="suggests", at_least=50, source="coredns plugin/log"),
        Signature(r"lookup \S{1,200}\.(?:com|net|org|io|dev)\.[a-z0-9-]{1,63}\.svc\.cluster\.local", proof="suggests", source="resolver errors that show the expanded name"),
    ),
    leads_to=(
        Link("dns-failing", "cluster", Text("CoreDNS or its upstream cannot keep up with the multiplied queries", "増幅した問い合わせに CoreDNS や上流が追いつかない"), strength=0.4),
        Link("dns-conntrack-race", "cluster", Text("more queries in parallel lose the race more often", "並列の問い合わせが増え、競合が起きやすくなる"), strength=0.3),
        Link("conntrack-table-full", "node", Text("each query is a conntrack entry", "問い合わせごとに conntrack エントリができる"), strength=0.2),
    ),
    asks=(
        Ask("kubectl -n {namespace} exec {pod} -- cat /etc/resolv.conf; kubectl -n kube-system logs -l k8s-app=kube-dns --tail=2000 | grep -c NXDOMAIN",
            Text("ndots:5 with a long search list, and most answers NXDOMAIN for external names with a cluster suffix", "ndots:5 と長い search リストがあり、外部名にクラスターの接尾辞が付いた NXDOMAIN が大半を占める"),
            ("upstream-dns-failing", "dns-conntrack-race", "coredns-down"), "pod-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Use names with a trailing dot, or dnsConfig ndots: 2 for the busiest pods.", "末尾ドット付きの名前を使う、または問い合わせの多い Pod に dnsConfig ndots: 2 を設定する。"), Text("short names like svc.ns need ndots above their dots", "svc.ns のような短い名前はドット数より大きい ndots が必要"),
               verify="kubectl -n {namespace} exec {pod} -- cat /etc/resolv.conf"),
        Remedy("permanent", Text("NodeLocal DNSCache, CoreDNS autopath where it fits, keep-alive connections instead of a look-up per call, replicas by load.",
                                 "NodeLocal DNSCache、適合するなら autopath、呼び出しごとに引かない keep-alive 接続、負荷に応じたレプリカ数にする。"), Text("none", "なし"),
               verify="kubectl -n kube-system top pods -l k8s-app=kube-dns", risk_level="none"),
    ),
    examples=(
        hit("pod-log", '[INFO] 10.244.1.5:43210 - 12345 "AAAA IN api.example.com.shop.svc.cluster.local. udp 60 false 512" NXDOMAIN qr,aa,rd 153 0.0001s', count=900),
        hit("pod-log", "dial tcp: lookup api.example.com.shop.svc.cluster.local on 10.96.0.10:53: i/o timeout"),
        near_miss("pod-log", '[INFO] 10.244.1.5:43210 - 12345 "A IN api.example.com. udp 33 false 512" NOERROR qr,rd,ra 64 0.001s', count=900),
        near_miss("pod-log", "dial tcp: lookup cart.shop.svc.cluster.local on 10.96.0.10:53: no such host"),
    ),
    versions="all; dnsPolicy ClusterFirst",
    references=("https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config", "https://github.com/kubernetes/kubernetes/issues/33554"),
)
