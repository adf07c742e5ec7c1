"""The load balancer or virtual IP in front of the API servers is down."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="control-plane-lb-down",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("control-plane load balancer or VIP down", "コントロールプレーンの LB / VIP の停止"),
    summary=Text(
        "API servers are well (they answer on their own addresses), but the shared endpoint does not: haproxy/keepalived/kube-vip down, health checks failing, VIP on no node, cloud LB without healthy targets. All nodes go NotReady together.",
        "API サーバー自体は正常(個別アドレスでは応答する)だが、共有エンドポイントが応答しない。haproxy / keepalived / kube-vip の停止、ヘルスチェック失敗、VIP の不在、クラウド LB に正常ターゲットがない、など。全ノードが一斉に NotReady になる。",
    ),
    signatures=(
        Signature(r"(?:backend|proxy) '?\S+'? has no server available", "any", "states", source="haproxy"),
        Signature(r"Server \S+/\S+ is DOWN, reason: ", "any", "shows", source="haproxy"),
        Signature(r"VRRP_Instance\(\S+\) (?:Entering FAULT STATE|Now in FAULT state)", "any", "shows", source="keepalived"),
        Signature(r"no live upstreams while connecting to upstream", "any", "shows", source="nginx as stream proxy"),
    ),
    leads_to=(
        Link("apiserver-unavailable", "cluster", Text("the endpoint does not answer", "エンドポイントが応答しない"), strength=0.9),
        Link("kubelet-apiserver-unreachable", "cluster", Text("all kubelets use the endpoint", "全 kubelet がこのエンドポイントを使う"), strength=0.9),
        Link("node-status-unknown", "cluster", Text("heartbeats do not arrive", "ハートビートが届かない"), within=180, strength=0.7),
    ),
    refutes=(
        Refutation(Text("the API server itself does not run", "API サーバー自体が動いていない"), mode="control-plane-crash-loop", weight=0.5),
        Refutation(Text("etcd has no quorum: API servers are unhealthy for that", "etcd のクォーラム喪失により API サーバーが不健全である"), mode="etcd-quorum-lost", weight=0.5),
    ),
    asks=(Ask("for n in <control planes>; do curl -sk -m 3 https://$n:6443/livez; echo \" $n\"; done; curl -sk -m 3 https://<endpoint>:6443/livez; ip -br addr | grep <VIP>", Text("each API server says ok, the endpoint does not", "各 API サーバーは ok、エンドポイントだけ応答しない"), ("kubelet-apiserver-unreachable", "control-plane-cert-expired", "apiserver-overloaded", "etcd-quorum-lost"), "apiserver-log"),),
    remedies=(
        Remedy("temporary", Text("restart haproxy/keepalived/kube-vip, or put the VIP on a living node; register healthy targets", "haproxy / keepalived / kube-vip を再起動するか、生きているノードに VIP を付け、正常ターゲットを登録する"), Text("connections are cut once", "接続が一度切断される"), "systemctl restart keepalived haproxy", "curl -sk https://<endpoint>:6443/livez"),
        Remedy("permanent", Text("two load balancers, checks on /readyz, monitoring of the endpoint from the nodes", "LB の冗長化、/readyz でのヘルスチェック、ノードからのエンドポイント監視"), Text("none", "なし"), verify="curl -sk https://<endpoint>:6443/readyz", risk_level="none"),
    ),
    examples=(
        hit("haproxy", "backend 'k8s-api' has no server available!"),
        hit("haproxy", 'Server k8s-api/m2 is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 0 active and 0 backup servers left.'),
        hit("keepalived", "VRRP_Instance(VI_1) Entering FAULT STATE"),
        hit("nginx", "no live upstreams while connecting to upstream, client: 10.9.0.4, server: 0.0.0.0:6443"),
        near_miss("haproxy", "Server k8s-api/m2 is UP, reason: Layer4 check passed"),
        near_miss("kubelet", "Get https://10.1.0.10:6443/api/v1/nodes: dial tcp 10.1.0.10:6443: connect: connection refused"),
    ),
    versions="clusters with a shared API endpoint",
    references=("https://github.com/kubernetes/kubeadm/blob/main/docs/ha-considerations.md",),
)
