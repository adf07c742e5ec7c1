"""Parallel DNS queries race in conntrack; one is dropped and the resolver waits five seconds."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="dns-conntrack-race",
    layer="network",
    role="cause",
    subject="Cluster",
    title=Text("DNS queries are dropped by the conntrack race (5 s delays)", "conntrack の競合で DNS クエリが破棄される(5 秒遅延)"),
    summary=Text(
        "libc sends the A and AAAA query from one socket at once; both are DNATed to CoreDNS and the kernel drops the one whose conntrack entry loses the race. The resolver repeats it after 5 s: look-ups mostly take milliseconds, some take 5 (or 2.5, 10) seconds or fail, under load and without any error in CoreDNS.",
        "libc は A と AAAA を同じソケットから同時に送る。両方が CoreDNS へ DNAT され、conntrack エントリの競合に負けた方をカーネルが破棄する。リゾルバーは 5 秒後に再送するため、大半は数ミリ秒なのに一部だけ 5 秒(2.5 秒、10 秒)かかる、または失敗する。負荷時に起き、CoreDNS 側にエラーは出ない。",
    ),
    signatures=(
        Signature(r"insert_failed=[1-9]", component="shell", proof="suggests", source="conntrack -S; also from other SNAT traffic"),
        Signature(r"time_namelookup: ?\"?(?:5\.0|2\.50|10\.0)", component="any", source="curl -w; five seconds is libc's retry"),
    ),
    states=(StateTest("Counter", {"name": r"insert_failed", "value": ">=1000"}, proof="suggests"),),
    leads_to=(
        Link("dns-failing", "cluster", Text("some look-ups take 5 s or fail", "一部の名前解決に 5 秒かかる、または失敗する"), strength=0.7),
        Link("probe-failing", "cluster", Text("probes and calls that include a look-up exceed their time-out", "名前解決を伴う probe や呼び出しがタイムアウトを超える"), strength=0.3),
    ),
    asks=(
        Ask("conntrack -S | grep -o 'insert_failed=[0-9]*'; kubectl -n {namespace} exec {pod} -- sh -c 'for i in $(seq 50); do time nslookup kubernetes.default >/dev/null; done' 2>&1 | grep real | sort | tail",
            Text("insert_failed grows, and single look-ups take almost exactly 5 s", "insert_failed が増え続け、一部の名前解決がほぼ正確に 5 秒かかる"),
            ("upstream-dns-failing", "coredns-down", "conntrack-table-full", "dns-ndots-amplification", "nodelocal-dns-down"), "kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("dnsConfig options single-request-reopen (glibc; not musl) or use-vc for the pods that suffer.", "影響を受ける Pod の dnsConfig に single-request-reopen(glibc のみ、musl は不可)または use-vc を設定する。"),
               Text("pods are re-created; each query is a little slower", "Pod が作り直される。問い合わせがわずかに遅くなる"), verify="kubectl -n {namespace} exec {pod} -- cat /etc/resolv.conf"),
        Remedy("permanent", Text("NodeLocal DNSCache (no DNAT, TCP to CoreDNS), kernel 5.1 or later with the conntrack fixes, fewer queries (ndots, fully qualified names).",
                                 "NodeLocal DNSCache(DNAT なし、CoreDNS へは TCP)、conntrack の修正を含むカーネル 5.1 以降、問い合わせの削減(ndots、FQDN)を行う。"),
               Text("a DaemonSet on all nodes; new kernel needs reboots", "全ノードへの DaemonSet 導入。カーネル更新には再起動が必要"), verify="conntrack -S | grep -o 'insert_failed=[0-9]*'"),
    ),
    examples=(
        hit("shell", "cpu=0   found=1182 invalid=77 insert=0 insert_failed=4021 drop=4021 early_drop=0 error=2 search_restart=91"),
        hit("shell", "time_namelookup: 5.012  time_connect: 5.013"),
        near_miss("shell", "cpu=0   found=1182 invalid=77 insert=0 insert_failed=0 drop=0 early_drop=0 error=2 search_restart=91"),
        near_miss("kernel", "nf_conntrack: nf_conntrack: table full, dropping packet"),
        near_miss("shell", "time_namelookup: 0.004  time_connect: 0.005"),
    ),
    state_examples=(
        StateExample("Counter", {"name": "insert_failed", "value": 40210}, True),
        StateExample("Counter", {"name": "insert_failed", "value": 3}, False),
    ),
    versions="kernels before 5.0/5.1 are worst; iptables and IPVS kube-proxy",
    references=("https://github.com/kubernetes/kubernetes/issues/56903", "https://github.com/weaveworks/weave/issues/3287", "https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/"),
)
