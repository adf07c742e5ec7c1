"""Names cannot be resolved in the cluster."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="dns-failing",
    layer="network",
    role="symptom",
    subject="Cluster",
    title=Text("names cannot be resolved from pods", "Pod から名前解決ができない"),
    summary=Text("Pods' DNS queries fail or time out.", "Pod の DNS クエリが失敗するかタイムアウトする。"),
    signatures=(
        Signature(r"dial tcp: lookup \S+ on [0-9.:\[\]a-f]+:53: .{0,100}i/o timeout", component="app", proof="suggests"),
        Signature(r"can't (?:resolve '|find )kubernetes\.default\b", proof="suggests", source="nslookup: the one Service that every cluster has"),
        Signature(r"nslookup: can't resolve '[^(']+': Try again", proof="suggests", source="busybox, musl EAI_AGAIN: the resolver did not answer"),
        Signature(r"server can't find \S+: (?:SERVFAIL|REFUSED)", proof="suggests", source="nslookup of BIND and busybox"),
        Signature(r"Temporary failure in name resolution", component="app", proof="suggests"),
        Signature(r"dial tcp: lookup \S+ on [0-9.:\[\]a-f]+:53: (server misbehaving|no such host)", component="app", proof="suggests"),
    ),
    asks=(Ask("kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide; kubectl -n kube-system logs -l k8s-app=kube-dns --tail=100", Text("does CoreDNS run, and what does it say", "CoreDNS が動いているか、何を出力しているか"), evidence="pod-log"),),
    examples=(
        hit("pod-log", "Get http://cart: dial tcp: lookup cart on 10.96.0.10:53: read udp 10.244.1.9:4141->10.96.0.10:53: i/o timeout"),
        hit("pod-log", "curl: (6) Could not resolve host: cart; Temporary failure in name resolution"),
        hit("pod-log", "dial tcp: lookup cart on 10.96.0.10:53: server misbehaving"),
        hit("shell", "** server can't find cart.shop.svc.cluster.local: SERVFAIL"),
        hit("shell", "nslookup: can't resolve 'kubernetes.default'"),
        hit("shell", "nslookup: can't resolve 'cart': Try again"),
        near_miss("shell", "nslookup: can't resolve 'cart': Name does not resolve"),
        near_miss("shell", "** server can't find cart.shop.svc.cluster.local: NXDOMAIN"),
        near_miss("kubelet", 'Failed to pull image: dial tcp: lookup registry.example on 127.0.0.53:53: server misbehaving'),
    ),
)
