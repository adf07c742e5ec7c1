"""The one door to the cluster's state."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="api-server",
    title=Text("kube-apiserver", "kube-apiserver"),
    what=Text(
        "All other components talk to the API server and to nobody else about state; it alone talks to etcd. It serves reads from a watch cache, pushes changes to everyone who watches, and authenticates by client certificate, token or OIDC. To the nodes it makes connections itself for logs, exec, port-forward and metrics (port 10250), and to webhooks and aggregated APIs. Running containers do not need it: if it is away the cluster stands still, but the workload goes on.",
        "他のコンポーネントが状態について話す相手は API サーバーだけで、etcd と話すのも API サーバーだけである。読み取りは watch cache から返し、変更は watch している全員に配る。認証はクライアント証明書・トークン・OIDC による。logs・exec・port-forward・metrics のためにノードの 10250 番へ、また webhook と aggregated API へは自分から接続する。動作中のコンテナには不要なので、止まるとクラスターの変化は止まるが、ワークロードは動き続ける。",
    ),
    fails=Text(
        "'connection refused' on 6443: the process is down; see its container's log, usually etcd, a certificate or a flag. 'i/o timeout': the way to it, or the load balancer. 'x509': trust or expiry. 401: who you are; 403: what you may. 429 or 'Too many requests', and 'context deadline exceeded': too much load, or etcd is slow. '[+]etcd failed' in /readyz names the part. Everything that depends on it then fails in its own way (leases not renewed, leaders lost, nodes Unknown): the earliest error in time is the one that counts. `kubectl logs` that fails alone is the way from API server to kubelet.",
        "6443 への「connection refused」はプロセスの停止で、コンテナのログを見る(多くは etcd・証明書・フラグ)。「i/o timeout」は経路かロードバランサー、「x509」は信頼か期限、401 は誰か、403 は何が許されるかの問題である。429(Too many requests)や「context deadline exceeded」は過負荷か etcd の遅延を示す。/readyz の「[+]etcd failed」が壊れた部分を示す。依存するものはそれぞれの形で失敗する(Lease の更新失敗、リーダーの喪失、ノードの Unknown)ため、時刻が最も早いエラーを見る。kubectl logs だけが失敗するなら、API サーバーから kubelet への経路の問題である。",
    ),
    look=(
        Look("kubectl get --raw '/readyz?verbose'", Text("each check, with the one that fails", "検査項目ごとの結果")),
        Look("crictl ps -a --name kube-apiserver; crictl logs --tail 100 CONTAINER_ID  # on a control-plane node", Text("state and log without the API", "API を使わずに状態とログを見る")),
        Look("kubectl get --raw /metrics | grep -E 'apiserver_current_inflight_requests|etcd_request_duration_seconds_sum'", Text("load, and etcd's share of it", "負荷と、そのうち etcd にかかる時間")),
    ),
    numbers=(
        Number(Text("requests at once: reading, writing", "同時リクエスト数: 読み取り、書き込み"), "400, 200", "staging/src/k8s.io/apiserver/pkg/server/options/server_run_options.go"),
        Number(Text("deadline of a request (--request-timeout)", "リクエストの期限(--request-timeout)"), "60 s", "staging/src/k8s.io/apiserver/pkg/server/config.go"),
        Number(Text("largest request body", "リクエスト本文の上限"), "3 MiB", "staging/src/k8s.io/apiserver/pkg/server/config.go"),
        Number(Text("kubelets may be older by (minor versions)", "kubelet との版の差の上限(マイナー版)"), "3 (≤ v1.27: 2)", "https://kubernetes.io/releases/version-skew-policy/"),
    ),
    see=("etcd", "admission", "certificates", "rbac", "controller-manager"),
    modes=(
        "apiserver-unavailable", "apiserver-overloaded", "apiserver-etcd-unreachable", "apiserver-flags-invalid", "apiserver-oom-killed",
        "apiserver-encryption-failure", "aggregated-api-unavailable", "control-plane-lb-down", "control-plane-crash-loop", "kubelet-apiserver-unreachable",
        "kubelet-api-call-failing", "conversion-webhook-failing", "crd-missing", "kubelet-version-skew", "service-vip-unreachable",
    ),
    aliases=("apiserver", "kube-apiserver", "api"),
    references=("https://kubernetes.io/docs/reference/using-api/health-checks/",),
)
