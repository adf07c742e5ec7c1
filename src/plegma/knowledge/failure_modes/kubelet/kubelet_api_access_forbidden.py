"""The kubelet refuses the API server's or metrics-server's requests."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-api-access-forbidden",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet refuses requests (401/403 on its own port)", "kubelet が自ポートへの要求を拒否している(401/403)"),
    summary=Text(
        "The caller (kube-apiserver, metrics-server, Prometheus) is not authenticated or not allowed to use nodes/proxy, nodes/metrics, nodes/stats or nodes/log at the kubelet: a missing ClusterRoleBinding, a client certificate of another user, or webhook authentication turned off.",
        "呼び出し側(kube-apiserver、metrics-server、Prometheus)が kubelet で認証されない、または nodes/proxy・nodes/metrics・nodes/stats・nodes/log の権限がない。ClusterRoleBinding の欠落、別ユーザーのクライアント証明書、webhook 認証の無効化などが原因。",
    ),
    signatures=(
        Signature(r"Forbidden \(user=\S+, verb=\w+, resource=nodes, subresource", "any", "states", source="pkg/kubelet/server/server.go"),
        Signature(r":10250/\S*.{0,24}(?:401 Unauthorized|403 Forbidden)", "any", "shows", source="clients of the kubelet's port"),
    ),
    leads_to=(
        Link("kubelet-api-call-failing", "node", Text("logs, exec and metrics are refused", "logs、exec、メトリクスが拒否される"), strength=0.8),
        Link("aggregated-api-unavailable", "cluster", Text("metrics-server gets no figures", "metrics-server が値を取得できない"), strength=0.4),
    ),
    asks=(Ask("kubectl get clusterrole system:kubelet-api-admin; kubectl get clusterrolebinding -o wide | grep kubelet-api-admin; grep -A8 authentication: /var/lib/kubelet/config.yaml", Text("the user of the message has no binding, or webhook.enabled is false", "メッセージのユーザーに binding がない、または webhook.enabled が false"), ("kubelet-serving-cert-not-approved", "rbac-forbidden"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("bind the user to system:kubelet-api-admin", "該当ユーザーを system:kubelet-api-admin に紐付ける"), Text("gives full access to kubelets: only for the API server's own client certificate", "kubelet への全権限を与えるため、API サーバーのクライアント証明書に限ること"), "kubectl create clusterrolebinding apiserver-kubelet-admin --clusterrole=system:kubelet-api-admin --user=kube-apiserver-kubelet-client", "kubectl logs -n {namespace} {pod} --tail=1", "none"),
        Remedy("permanent", Text("keep kubelet authentication/authorization at webhook and give each client a role with just its subresources", "kubelet の認証・認可を webhook に統一し、クライアントごとに必要な subresource のみのロールを与える"), Text("none", "なし"), verify="kubectl auth can-i get nodes/metrics --as=system:serviceaccount:kube-system:metrics-server", risk_level="none"),
    ),
    examples=(
        hit("shell", "Error from server (Forbidden): Forbidden (user=kube-apiserver-kubelet-client, verb=get, resource=nodes, subresource=proxy) ( pods/log cart-7c)"),
        hit("pod-log", '"Failed to scrape node" err="Get \\"https://10.9.0.4:10250/metrics/resource\\": bad status code \\"401 Unauthorized\\"" node="wk-2"'),
        near_miss("shell", 'Error from server (Forbidden): nodes is forbidden: User "dev" cannot list resource "nodes" in API group "" at the cluster scope'),
        near_miss("shell", 'Error from server: Get "https://10.9.0.4:10250/containerLogs/shop/cart-7c/cart": remote error: tls: internal error'),
    ),
    versions="all; nodes/metrics and the finer subresources since v1.32 behind KubeletFineGrainedAuthz",
    references=("https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/",),
)
