"""The kubelet's own request limit delays its calls to the API server."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-client-throttled",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet throttles its own API requests", "kubelet が自身の API リクエストを絞っている"),
    summary=Text(
        "kubeAPIQPS/kubeAPIBurst are too small for the number of pods, events or secrets, so requests (leases, pod statuses) wait in the client. Waits of many seconds make pods start late and can cost the lease.",
        "kubeAPIQPS / kubeAPIBurst が Pod・イベント・Secret の数に対して小さく、Lease や Pod ステータスの要求がクライアント側で待たされる。10 秒を超えると Pod の起動が遅れ、Lease 更新に失敗することもある。",
    ),
    signatures=(
        Signature(r"Waited for (?:\d{2,}\.\d+s|\d+m\S*) due to client-side throttling", "kubelet", "shows", source="client-go rest/request.go"),
        Signature(r"Throttling request took (?:\d{2,}\.\d+s|\d+m)", "kubelet", "shows", source="client-go rest/request.go (older)"),
        Signature(r"due to client-side throttling, not priority and fairness", "kubelet", "suggests", at_least=20, source="client-go rest/request.go"),
    ),
    leads_to=(
        Link("node-readiness-flapping", "node", Text("the lease is renewed too late", "Lease の更新が間に合わない"), strength=0.3),
        Link("pod-stuck-creating", "node", Text("secrets, config maps and statuses wait in the queue", "Secret / ConfigMap の取得やステータス更新が待たされる"), strength=0.4),
    ),
    asks=(Ask("kubectl get --raw /api/v1/nodes/{node}/proxy/configz | grep -o 'kubeAPI[A-Za-z]*\":[0-9]*'; kubectl get --raw /api/v1/nodes/{node}/proxy/metrics | grep rest_client_rate_limiter_duration", Text("small QPS and many requests", "QPS が小さく要求数が多い"), ("apiserver-overloaded", "kubelet-stale-http2-connection"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("raise kubeAPIQPS and kubeAPIBurst (50/100 are the defaults since v1.27) and restart the kubelet", "kubeAPIQPS と kubeAPIBurst を上げ(v1.27 以降の既定は 50/100)、kubelet を再起動する"), Text("more load on the API server", "API サーバーの負荷が増える"), "vi /var/lib/kubelet/config.yaml && systemctl restart kubelet", "journalctl -u kubelet --since -10min | grep -c 'client-side throttling'"),
        Remedy("permanent", Text("fewer pods per node, and watch-based secret/config map manager", "ノードあたりの Pod を減らし、Secret / ConfigMap を watch 方式で取得する"), Text("none", "なし"), verify="kubectl get --raw /api/v1/nodes/{node}/proxy/configz", risk_level="none"),
    ),
    examples=(
        hit("kubelet", 'Waited for 14.192867s due to client-side throttling, not priority and fairness, request: PUT:https://10.1.0.10:6443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/wk-2?timeout=10s'),
        hit("kubelet", "Throttling request took 21.7s, request: GET:https://10.1.0.10:6443/api/v1/namespaces/shop/secrets/tls"),
        hit("kubelet", "Waited for 1.192867s due to client-side throttling, not priority and fairness, request: GET:https://10.1.0.10:6443/api/v1/namespaces/shop/secrets/tls", count=60),
        near_miss("kubelet", "Waited for 1.192867s due to client-side throttling, not priority and fairness, request: GET:https://10.1.0.10:6443/api/v1/pods"),
        near_miss("shell", "I0604 09:12:40.1   331 request.go:697] Waited for 1.05s due to client-side throttling, not priority and fairness, request: GET:https://10.1.0.10:6443/apis/apps/v1"),
    ),
    versions="defaults 5/10 before v1.27, 50/100 since",
    references=("https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/",),
)
