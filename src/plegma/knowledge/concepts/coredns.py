"""The cluster's name server, and a pod's way to it."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="coredns",
    title=Text("CoreDNS and name resolution in pods", "CoreDNS と Pod の名前解決"),
    what=Text(
        "The kubelet writes each pod's /etc/resolv.conf: nameserver is the DNS Service's address (often 10.96.0.10), search lists the pod's namespace, svc and the cluster domain, ndots is 5. A name with fewer than five dots is tried with each search suffix first. CoreDNS answers cluster names from the API and forwards the rest to the servers in the resolv.conf of its own node. Pods with hostNetwork use the node's resolver unless dnsPolicy is ClusterFirstWithHostNet; image pulls always use the node's.",
        "kubelet が Pod の /etc/resolv.conf を書く。nameserver は DNS の Service のアドレス(10.96.0.10 など)、search は Pod の名前空間・svc・クラスタードメイン、ndots は 5 である。ドットが 5 個未満の名前は、先に search の各接尾辞を付けて試される。CoreDNS はクラスター内の名前を API から答え、それ以外は自分のノードの resolv.conf にあるサーバーへ転送する。hostNetwork の Pod は dnsPolicy が ClusterFirstWithHostNet でない限りノードのリゾルバーを使い、イメージの取得は常にノードのものを使う。",
    ),
    fails=Text(
        "'no such host' is an answer: the name does not exist, or was asked in the wrong namespace. 'i/o timeout' is none: CoreDNS is down, its Service is not translated on this node, or packets are lost. 'server misbehaving' (SERVFAIL): CoreDNS is up and its upstream is not. All names or only external ones, all nodes or one: these two questions find the layer. A forwarding loop makes CoreDNS exit with 'Loop ... detected' (its node's resolv.conf points to itself, as 127.0.0.53 does). Delays of exactly 5 s are lost packets. CoreDNS pods that are Running but not Ready cannot reach the API.",
        "「no such host」は応答で、名前が存在しないか、名前空間を誤っている。「i/o timeout」は応答がない状態で、CoreDNS の停止、このノードで Service が変換されていない、パケットの損失のいずれかである。「server misbehaving」(SERVFAIL)は、CoreDNS は動いているが上流が答えない。すべての名前か外部名だけか、全ノードか 1 台か、という 2 つの問いで層が決まる。転送のループでは CoreDNS が「Loop ... detected」で終了する(ノードの resolv.conf が 127.0.0.53 のように自分自身を指す)。ちょうど 5 秒の遅れはパケットの損失を示す。Running だが Ready でない CoreDNS は API に届いていない。",
    ),
    look=(
        Look("kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide; kubectl -n kube-system logs -l k8s-app=kube-dns --tail=200", Text("are they Ready; errors name the upstream server", "Ready か。エラー行に上流サーバーが出る")),
        Look("kubectl -n {namespace} exec {pod} -- cat /etc/resolv.conf", Text("who is asked", "問い合わせ先")),
        Look("kubectl -n {namespace} exec {pod} -- nslookup kubernetes.default.svc.cluster.local", Text("a name that must work; then an external one", "必ず引ける名前。次に外部の名前を試す")),
    ),
    numbers=(
        Number(Text("ndots, name servers and search suffixes at most", "ndots、nameserver と search の上限"), "5, 3, 32", "pkg/kubelet/network/dns/dns.go, pkg/apis/core/validation/validation.go"),
        Number(Text("ports: health, ready", "ポート: health、ready"), "8080, 8181", "coredns/coredns: plugin/health, plugin/ready"),
        Number(Text("upstream server counts as down after", "上流サーバーを停止とみなすまで"), "2 × 0.5 s", "coredns/coredns: plugin/forward"),
        Number(Text("resolver: wait, tries", "リゾルバー: 待ち時間、試行回数"), "5 s, 2", "glibc: resolv/resolv.h"),
    ),
    see=("kube-proxy", "conntrack", "cni"),
    modes=(
        "coredns-down", "coredns-forwarding-loop", "upstream-dns-failing", "dns-failing", "dns-ndots-amplification", "dns-conntrack-race",
        "nodelocal-dns-down", "host-network-dns-policy", "app-dns-lookup-failure", "node-resolver-broken", "kubelet-resolvconf-missing",
        "image-pull-dns-failure",
    ),
    aliases=("dns", "kube-dns", "resolv.conf", "ndots"),
    references=("https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/", "https://coredns.io/plugins/loop/"),
)
