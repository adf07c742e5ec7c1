"""So many Service rules that writing them takes longer than they stay true."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="service-rules-explosion",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("too many Service rules: kube-proxy's syncs take very long", "Service のルールが多すぎ、kube-proxy の同期に時間がかかりすぎる"),
    summary=Text(
        "Each Service port and endpoint adds rules. With tens of thousands of them (or duplicates that a bug adds) a full rewrite takes tens of seconds to minutes: endpoints that went away get traffic meanwhile, other writers wait for the lock, and the first packet of each connection walks long chains.",
        "Service のポートと Endpoint ごとにルールが増える。数万行(または不具合による重複)になると全書き換えに数十秒〜数分かかり、その間は消えた Endpoint に通信が流れ、他の書き込みがロックを待ち、各接続の最初のパケットが長いチェインを辿る。",
    ),
    signatures=(
        Signature(r"SyncProxyRules complete.{0,80}elapsed=\\*\"(\d+h)?(\d+m\d|[1-9]\d{1,}\.\d+s)", component="network", source="pkg/proxy/{iptables,ipvs,nftables}/proxier.go"),
        Signature(r"syncProxyRules took (\d+m\d|[1-9]\d{1,}\.\d+s)", component="network", source="pkg/proxy/iptables/proxier.go, to v1.18"),
        Signature(r"num(NAT|Filter)Rules=([2-9]\d{4}|\d{6,})", component="network", proof="suggests", source="pkg/proxy/iptables/proxier.go"),
        Signature(r"numServices=\d{5,}", component="network", proof="suggests", source="pkg/proxy/iptables/proxier.go"),
        Signature(r"iptables-restore.{0,60}line \d{6,} failed", component="network", source="iptables-restore"),
    ),
    states=(StateTest("Counter", {"name": r"^(iptables-save|iptables(-legacy|-nft)? .*-(S|L))", "value": ">=20000"}),),
    leads_to=(
        Link("iptables-lock-contention", "node", Text("the lock is held for the whole rewrite", "全書き換えの間ロックが保持される"), strength=0.5),
        Link("kube-proxy-down", "node", Text("iptables-restore refuses so long an input, and kube-proxy writes no rules", "長大な入力を iptables-restore が拒否し、kube-proxy がルールを書けない"), strength=0.4),
        Link("service-unreachable", "cluster", Text("rules lag behind: traffic goes to endpoints that are gone", "ルールの反映が遅れ、消えた Endpoint に通信が流れる"), strength=0.6),
        Link("service-vip-unreachable", "node", Text("new Services have no rule for minutes", "新しい Service のルールが数分間存在しない"), strength=0.4),
        Link("node-cpu-starvation", "node", Text("kube-proxy and iptables burn a CPU", "kube-proxy と iptables が CPU を消費し続ける"), strength=0.3),
    ),
    asks=(
        Ask("iptables-save | wc -l; iptables-save | sort | uniq -d | head; ipvsadm -Ln | wc -l; kubectl get endpointslices -A --no-headers | wc -l  # the first three on {node}", Text("tens of thousands of lines; duplicates mean that a program adds the same rule again and again", "数万行ある。重複があれば同じルールを繰り返し追加するプログラムがある"),
            ("iptables-lock-contention", "service-vip-unreachable")),
    ),
    remedies=(
        Remedy("temporary", Text("raise minSyncPeriod so that changes are gathered; remove duplicate rules", "minSyncPeriod を上げて変更をまとめる。重複ルールを削除する"), Text("endpoint changes take effect later", "Endpoint の変更の反映が遅くなる"), "kubectl -n kube-system edit configmap kube-proxy  # iptables.minSyncPeriod", "kubectl -n kube-system logs -l k8s-app=kube-proxy --tail=20 | grep complete", "restart"),
        Remedy("permanent", Text("kube-proxy 1.28 or newer (partial syncs), nftables or IPVS mode or an eBPF data path, fewer Services", "kube-proxy 1.28 以降(部分同期)、nftables・IPVS モードまたは eBPF、Service 数の削減"), Text("changing the mode interrupts Service traffic of a node for a moment", "モード変更時にノードの Service 通信が一瞬途切れる"), "", "iptables-save | wc -l  # on {node}", "disruptive"),
    ),
    examples=(
        hit("kube-proxy", '"SyncProxyRules complete" elapsed="43.018s"'),
        hit("kube-proxy", '"SyncProxyRules complete" ipFamily="IPv4" elapsed="2m12.955s"'),
        hit("kube-proxy", "syncProxyRules took 31.204412s"),
        hit("kube-proxy", '"Reloading service iptables data" numServices=9011 numEndpoints=51002 numFilterChains=6 numFilterRules=11 numNATChains=70012 numNATRules=180023'),
        hit("kube-proxy", '"Reloading service iptables data" numServices=14011 numEndpoints=9002'),
        hit("kube-proxy", "Failed to execute iptables-restore: exit status 1 (iptables-restore: line 240113 failed)"),
        near_miss("kube-proxy", '"SyncProxyRules complete" elapsed="412.03ms"'),
        near_miss("kube-proxy", "syncProxyRules took 1.204412s"),
        near_miss("kube-proxy", '"Reloading service iptables data" numServices=41 numEndpoints=102 numFilterChains=6 numFilterRules=11 numNATChains=70 numNATRules=180'),
    ),
    state_examples=(
        StateExample("Counter", {"name": "iptables-save", "value": 88123}, True),
        StateExample("Counter", {"name": "iptables -t nat -S", "value": 164757}, True),
        StateExample("Counter", {"name": "iptables-save", "value": 912}, False),
    ),
    versions="iptables mode above all; kube-proxy before 1.28 rewrites everything at each change",
    references=("https://kubernetes.io/docs/reference/networking/virtual-ips/#optimizing-iptables-mode-performance", "https://github.com/kubernetes/kubernetes/issues/96018", "https://github.com/kubernetes/kubernetes/issues/14870"),
)
