"""The Service has no ready endpoint, so its address refuses connections."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="service-without-endpoints",
    layer="network",
    role="cause",
    subject="Workload",
    title=Text("the Service has no ready endpoint", "Service に Ready な Endpoint がない"),
    summary=Text(
        "The selector matches no pod, or none of the pods is Ready, or the named port does not exist in them. kube-proxy then rejects the service's address, so callers see 'connection refused' at once (ingress controllers: 503) although the network is in order.",
        "selector がどの Pod にも一致しない、一致した Pod が Ready でない、または名前付きポートが存在しない。kube-proxy は Service のアドレスを reject するため、ネットワークは正常でも呼び出し元には即座に connection refused(Ingress では 503)と見える。",
    ),
    signatures=(
        Signature(r"does not have any active Endpoint", component="network", proof="states", at_least=3, source="ingress-nginx controller"),
        Signature(r"does not have any active Endpoint", component="network", proof="suggests", source="the same, once: a roll-out, or a service that nobody uses"),
        Signature(r"no endpoints available for service", proof="suggests", source="API server's service proxy"),
        Signature(r"has no endpoints\b", component="shell", proof="states", source="kube-proxy's iptables comment"),
        Signature(r"dial tcp (?:10|172|192)\.[0-9.]+:\d+: (?:connect|getsockopt): connection refused", component="network", proof="suggests", source="Go net.OpError; also a pod address without listener"),
    ),
    states=(
        StateTest("Service", {"endpoints": r"^(?:<none>|<unset>|0|)$", "selector": r"="}, proof="suggests"),
    ),
    leads_to=(
        Link("service-unreachable", "cluster", Text("connections to the service's address are refused", "Service のアドレスへの接続が拒否される"), strength=0.95),
        Link("app-dependency-unreachable", "cluster", Text("callers get connection refused", "呼び出し元が connection refused を受け取る"), strength=0.8),
        Link("admission-webhook-unavailable", "cluster", Text("the API server cannot call a webhook without endpoints", "Endpoint のない webhook を API サーバーが呼べない"), strength=0.5),
        Link("dns-failing", "cluster", Text("so it is when the service is kube-dns", "Service が kube-dns の場合"), strength=0.2),
    ),
    refutes=(
        Refutation(Text("the port is the kubelet's, which no Service serves", "ポートは kubelet のものであり、Service のものではない"), pattern=r"error dialing backend: dial tcp \S+:10250: ", weight=0.7),
        Refutation(Text("the refusal is the kubelet's own probe of the pod, not a call that a program made", "接続拒否は kubelet によるプローブの結果であり、プログラムの呼び出しではない"), pattern=r"(Liveness|Readiness|Startup) probe failed: .*connection refused", component="kubelet", weight=0.7),
    ),
    asks=(
        Ask("kubectl -n {namespace} get svc,endpointslices -o wide; kubectl -n {namespace} get pods --show-labels -o wide",
            Text("no addresses (or only not-ready ones); selector and pod labels, or port names, do not agree", "アドレスがない(または notReady のみ)。selector と Pod のラベル、あるいはポート名が一致しない"),
            ("readiness-probe-failing", "network-policy-denies", "kube-proxy-down", "service-vip-unreachable", "app-dependency-unreachable", "admission-webhook-unavailable", "coredns-down"), "services"),
    ),
    remedies=(
        Remedy("temporary", Text("Correct selector or port name, or get one pod Ready.", "selector やポート名を直す、または Pod を 1 つ Ready にする。"), Text("none", "なし"),
               command="kubectl -n {namespace} get endpointslices", verify="kubectl -n {namespace} get endpointslices -o wide", risk_level="none"),
        Remedy("permanent", Text("Test selectors in CI, PodDisruptionBudget and replicas so that endpoints never drop to none, alarm on services without endpoints.",
                                 "selector を CI で検査し、PodDisruptionBudget とレプリカで Endpoint が 0 にならないようにし、Endpoint のない Service を監視する。"), Text("none", "なし"),
               verify="kubectl get endpointslices -A", risk_level="none"),
    ),
    examples=(
        hit("pod-log", 'Service "shop/cart" does not have any active Endpoint.', count=20),
        hit("shell", 'Error from server (ServiceUnavailable): no endpoints available for service "cart"'),
        hit("shell", '-A KUBE-SERVICES -d 10.96.44.7/32 -p tcp -m comment --comment "shop/cart has no endpoints" -m tcp --dport 8080 -j REJECT'),
        hit("pod-log", "Post http://cart:8080/add: dial tcp 10.96.44.7:8080: getsockopt: connection refused"),
        hit("pod-log", "Post http://cart:8080/add: dial tcp 10.96.44.7:8080: connect: connection refused"),
        near_miss("pod-log", "Post http://cart:8080/add: dial tcp 10.96.44.7:8080: i/o timeout"),
        near_miss("kubelet", "Get https://10.1.0.5:6443/api/v1/nodes: dial tcp 10.1.0.5:6443: connect: connection refused"),
    ),
    state_examples=(
        StateExample("Service", {"endpoints": "<none>", "selector": "app=cart", "type": "ClusterIP"}, True),
        StateExample("Service", {"endpoints": "10.244.1.7:8080", "selector": "app=cart", "type": "ClusterIP"}, False),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/#does-the-service-have-any-endpoints",),
)
