"""What makes Service addresses work on a node."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="kube-proxy",
    title=Text("kube-proxy (Services)", "kube-proxy(Service)"),
    what=Text(
        "A Service's cluster IP belongs to no machine. kube-proxy, on every node, writes rules into the kernel (iptables, nftables or IPVS) that translate it to one of the ready endpoints; the connection is then remembered by conntrack. It takes Services and EndpointSlices from the API; the data path needs kube-proxy only when something changes. Cilium and others can replace it.",
        "Service の clusterIP を持つマシンは存在しない。各ノードの kube-proxy がカーネルに規則(iptables・nftables・IPVS)を書き、ready な Endpoint のどれかへ変換する。接続は conntrack が記憶する。Service と EndpointSlice は API から得るので、変化がない間は kube-proxy が止まっていても通信は続く。Cilium などが代わりを務めることもある。",
    ),
    fails=Text(
        "'connection refused' at a cluster IP is usually a Service without ready endpoints: that is the pods, not the proxy. 'i/o timeout' or 'no route to host' from one node only is that node's rules: kube-proxy down, stale, or writing to another backend (legacy against nft) than the one in force. When kube-proxy cannot reach the API it keeps the old rules, and connections go to pods that are gone. 10.96.0.1:443 (or the first address of the service range) is the API server's Service: if a node's pods cannot reach it nothing that talks to the API starts there. Tens of thousands of rules make each sync take seconds to minutes.",
        "clusterIP への「connection refused」は、多くの場合 ready な Endpoint がない Service、つまり Pod 側の問題である。1 台のノードからだけ「i/o timeout」「no route to host」なら、そのノードの規則(kube-proxy の停止・古い規則・実際とは異なるバックエンド(legacy と nft)への書き込み)を疑う。kube-proxy が API に届かないと古い規則が残り、接続が消えた Pod に向かう。10.96.0.1:443(Service 範囲の先頭)は API サーバーの Service で、ノードの Pod から届かなければ、そこで API を使うものは何も起動しない。規則が数万あると、同期のたびに数秒から数分かかる。",
    ),
    look=(
        Look("kubectl -n {namespace} get endpointslices -l kubernetes.io/service-name=SERVICE -o wide", Text("are there endpoints, and are they ready", "Endpoint の有無と ready の状態")),
        Look("kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide; kubectl -n kube-system logs -l k8s-app=kube-proxy --tail=200", Text("does it run on this node, and what does it say", "このノードで動いているか、ログに何があるか")),
        Look("iptables-save | grep -c KUBE-; nft list tables; ipvsadm -Ln | head  # on {node}", Text("which backend holds the rules, and how many", "どのバックエンドに規則がいくつあるか")),
        Look("curl -sm3 http://127.0.0.1:10256/healthz  # on {node}", Text("time of the last successful update", "最後に更新できた時刻")),
    ),
    numbers=(
        Number(Text("full sync at least every; two syncs at least apart", "完全同期の最長間隔。同期の最短間隔"), "30 s; 1 s", "pkg/proxy/apis/config/v1alpha1/defaults.go"),
        Number(Text("ports: healthz, metrics", "ポート: healthz、metrics"), "10256, 10249", "pkg/cluster/ports/ports.go"),
        Number(Text("conntrack entries: for each core, at least", "conntrack のエントリー数: コアあたり、最小"), "32768, 131072", "pkg/proxy/apis/config/v1alpha1/defaults.go"),
    ),
    see=("conntrack", "coredns", "cni", "api-server"),
    modes=(
        "kube-proxy-down", "service-unreachable", "service-without-endpoints", "service-vip-unreachable", "iptables-backend-mismatch", "ipvs-modules-missing",
        "iptables-lock-contention", "service-rules-explosion", "kernel-module-missing", "ip-forwarding-disabled", "conntrack-table-full", "host-port-conflict",
        "service-target-port-wrong",
    ),
    aliases=("kubeproxy", "service", "cluster ip", "ClusterIP", "iptables", "ipvs"),
    references=("https://kubernetes.io/docs/reference/networking/virtual-ips/",),
)
