"""A NetworkPolicy does not allow the traffic."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="network-policy-denies",
    layer="network",
    role="cause",
    subject="Pod",
    title=Text("a network policy denies the traffic", "NetworkPolicy が通信を拒否している"),
    summary=Text(
        "As soon as a policy selects a pod, everything that no rule allows is dropped in that direction. Typical: a default-deny egress that forgets DNS (UDP and TCP 53) or the API, an ingress rule with the wrong labels or port, probes from the node. Calls time out; name, service and node are in order.",
        "ポリシーに選択された Pod は、その方向で許可されていない通信がすべて破棄される。DNS(UDP/TCP 53)や API を忘れた default-deny egress、ラベルやポートを誤った ingress、ノードからの probe の遮断が典型。呼び出しはタイムアウトするが、名前、Service、ノードは正常である。",
    ),
    signatures=(
        Signature(r"Policy denied", component="any", proof="states", source="cilium monitor and hubble: drop reason"),
        Signature(r"policy-verdict:.{0,120}(?:DENIED|action deny)", component="any", proof="states", source="hubble and cilium monitor"),
        Signature(r"acl_log.{0,120}verdict=(?:drop|reject)", component="any", proof="states", source="ovn-controller ACL log"),
        Signature(r"[Vv]erdict\\*\"?[: ]{1,2}\\*\"?DENY", component="any", proof="states", source="aws-network-policy-agent flow log"),
        Signature(r"calico-(?:drop|packet)", component="kernel", proof="suggests", source="calico Log action in the kernel log"),
    ),
    leads_to=(
        Link("service-unreachable", "pod", Text("packets are dropped without an answer", "パケットが応答なしに破棄される"), strength=0.7),
        Link("service-unreachable", "cluster", Text("callers of the selected pods get no answer", "選択された Pod の呼び出し元に応答が返らない"), strength=0.5),
        Link("dns-failing", "cluster", Text("egress to the cluster's DNS is not allowed", "クラスター DNS への egress が許可されていない"), strength=0.5),
        Link("app-dependency-unreachable", "pod", Text("the program's calls time out", "プログラムの呼び出しがタイムアウトする"), strength=0.6),
        Link("probe-failing", "pod", Text("probes from the node are dropped by some CNIs", "一部の CNI ではノードからの probe が破棄される"), strength=0.2),
    ),
    asks=(
        Ask("kubectl -n {namespace} get networkpolicy -o yaml; kubectl -n {namespace} get pod {pod} --show-labels; kubectl get ciliumnetworkpolicies,globalnetworkpolicies -A",
            Text("a policy that selects the pod (or its peer) and has no rule for this port, direction and label", "その Pod(または相手)を選択し、該当するポート・方向・ラベルの許可がないポリシー"),
            ("host-firewall-blocks-pods", "service-without-endpoints", "mtu-mismatch", "service-vip-unreachable", "overlay-traffic-blocked", "coredns-down", "app-dependency-unreachable"), "pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("Add the missing allow rule (for egress: kube-dns on 53 UDP/TCP first).", "不足している許可ルールを追加する(egress ならまず kube-dns の 53 UDP/TCP)。"), Text("opens just that path", "その経路だけが開く"),
               command="kubectl -n {namespace} get networkpolicy", verify="kubectl -n {namespace} exec {pod} -- nslookup kubernetes.default", risk_level="none"),
        Remedy("permanent", Text("Policies in version control with a test per flow, a base policy that allows DNS, drop logs of the CNI switched on.", "ポリシーをバージョン管理して通信ごとにテストし、DNS を許可する基本ポリシーを用意し、CNI の drop ログを有効にする。"),
               Text("none", "なし"), verify="kubectl get networkpolicy -A", risk_level="none"),
    ),
    examples=(
        hit("shell", "xx drop (Policy denied) flow 0x0 to endpoint 1284, identity 1->42113: 10.0.1.7:51044 -> 10.0.2.9:8080 tcp SYN"),
        hit("shell", "Jan  1 00:00:00.000: shop/web-0:51044 (ID:42113) <> data/db-0:5432 (ID:1284) policy-verdict:none INGRESS DENIED (TCP Flags: SYN)"),
        hit("pod-log", 'acl_log(ovn_pinctrl0)|INFO|name="NP:shop:default-deny:Ingress", verdict=drop, severity=info: tcp'),
        hit("pod-log", '"msg":"Flow Info: ","Src IP":"10.0.1.7","Dest IP":"10.0.2.9","Verdict":"DENY"'),
        hit("kernel", "calico-packet: IN=cali0a1b2c OUT=eth0 SRC=10.244.1.7 DST=10.244.2.9 LEN=60 PROTO=TCP DPT=5432"),
        near_miss("shell", "policy-verdict:L3-Only EGRESS ALLOWED (UDP)"),
        near_miss("kernel", "[UFW BLOCK] IN=cni0 OUT=eth0 SRC=10.244.1.7 DST=10.96.0.1"),
        near_miss("k8s-event", "pods \"web-0\" is forbidden: violates PodSecurity \"restricted:latest\"", reason="FailedCreate"),
    ),
    versions="every CNI that enforces NetworkPolicy",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/", "https://docs.cilium.io/en/stable/observability/hubble/"),
    abductive=True,
)
