"""A hostNetwork pod uses the node's resolver and cannot find cluster names."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="host-network-dns-policy",
    layer="network",
    role="cause",
    subject="Pod",
    title=Text("the pod asks the node's resolver for cluster names", "Pod がクラスター内の名前をノードのリゾルバーに問い合わせている"),
    summary=Text(
        "With hostNetwork: true the dnsPolicy ClusterFirst silently means Default: the pod gets the node's resolv.conf, whose servers do not know *.svc.cluster.local. dnsPolicy: Default on an ordinary pod does the same. Only these pods fail; all others resolve.",
        "hostNetwork: true では dnsPolicy の ClusterFirst が暗黙に Default 扱いになり、*.svc.cluster.local を知らないノードの resolv.conf が使われる。通常の Pod に dnsPolicy: Default を指定した場合も同じ。失敗するのはその Pod だけで、他の Pod は名前解決できる。",
    ),
    signatures=(
        Signature(r"lookup \S{1,200}\.svc(?:\.cluster\.local)?\.? on (?:127\.0\.0\.\d{1,3}|169\.254\.169\.25[34]|168\.63\.129\.16|8\.8\.[48]\.[48]|1\.[01]\.[01]\.1|9\.9\.9\.9|100\.100\.2\.13[68]|\[::1\]):53: ", component="network", source="Go resolver: a cluster name asked of a server outside the cluster"),
        Signature(r"lookup \S{1,200}\.svc(?:\.cluster\.local)?\.?: no such host", component="network", proof="suggests", source="Go resolver"),
    ),
    leads_to=(
        Link("dns-failing", "cluster", Text("cluster names do not exist for the node's resolver", "ノードのリゾルバーにクラスター内の名前は存在しない"), strength=0.8),
        Link("app-dns-lookup-failure", "pod", Text("the node's resolver answers that the cluster's name does not exist", "ノードのリゾルバーがクラスター内の名前を存在しないと答える"), strength=0.9),
        Link("app-error-exit", "pod", Text("the application exits because its dependency has no address", "依存先のアドレスが得られずアプリケーションが終了する"), strength=0.5),
    ),
    refutes=(Refutation(Text("CoreDNS is down for all pods", "全 Pod で CoreDNS が停止している"), mode="coredns-down", weight=0.4),),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o yaml | grep -E 'hostNetwork|dnsPolicy'; kubectl -n {namespace} exec {pod} -- cat /etc/resolv.conf",
            Text("hostNetwork: true with dnsPolicy ClusterFirst or Default, and a nameserver that is not the cluster's", "hostNetwork: true かつ dnsPolicy が ClusterFirst または Default で、nameserver がクラスターのものでない"),
            ("coredns-down", "nodelocal-dns-down", "network-policy-denies", "service-without-endpoints", "image-pull-dns-failure"), "pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("Set dnsPolicy: ClusterFirstWithHostNet in the pod template.", "Pod テンプレートに dnsPolicy: ClusterFirstWithHostNet を設定する。"), Text("the pods are re-created", "Pod が作り直される"),
               verify="kubectl -n {namespace} exec {pod} -- nslookup kubernetes.default.svc.cluster.local"),
        Remedy("permanent", Text("A policy or lint that demands ClusterFirstWithHostNet wherever hostNetwork is true.", "hostNetwork: true の Pod に ClusterFirstWithHostNet を必須とするポリシーや lint を入れる。"), Text("none", "なし"),
               verify="kubectl get pods -A -o yaml | grep -c ClusterFirstWithHostNet", risk_level="none"),
    ),
    examples=(
        hit("pod-log", "dial tcp: lookup prometheus.monitoring.svc.cluster.local on 127.0.0.53:53: server misbehaving"),
        hit("pod-log", "dial tcp: lookup vault.security.svc on 169.254.169.253:53: no such host"),
        hit("pod-log", "dial tcp: lookup prometheus.monitoring.svc: no such host"),
        near_miss("pod-log", "dial tcp: lookup prometheus.monitoring.svc.cluster.local on 10.96.0.10:53: no such host"),
        near_miss("pod-log", "dial tcp: lookup api.example.com on 127.0.0.53:53: no such host"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy",),
)
