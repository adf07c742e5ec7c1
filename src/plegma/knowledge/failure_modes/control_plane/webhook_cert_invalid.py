"""An admission webhook's certificate is expired or not trusted."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="webhook-cert-invalid",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("admission webhook certificate expired or not trusted", "admission webhook の証明書が期限切れ・信頼されない"),
    summary=Text(
        "The API server calls the webhook and refuses its certificate: expired, other host name, or caBundle of a former CA (re-installed operator, cert-manager not yet up). With failurePolicy Fail all matching requests are refused.",
        "API サーバーが webhook を呼ぶ際、証明書が期限切れ・ホスト名不一致・古い CA の caBundle(オペレーター再導入、cert-manager 未起動)のため拒否する。failurePolicy: Fail では該当要求がすべて拒否される。",
    ),
    signatures=(Signature(r"failed calling (?:admission )?webhook .{0,400}x509: ", "any", "states", source="apiserver admission webhook client"), Signature(r"failed calling webhook .{0,400}tls: (?:bad certificate|unknown certificate|failed to verify)", "any", "states", source="apiserver admission webhook client")),
    leads_to=(
        Link("admission-webhook-unavailable", "cluster", Text("the API server breaks the TLS handshake off, so the webhook is as good as away", "API サーバーが TLS ハンドシェイクを打ち切り、webhook が使えない"), strength=0.95),
        Link("pod-not-created", "cluster", Text("creates are refused", "作成が拒否される"), strength=0.8),
    ),
    asks=(Ask("kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations; kubectl get secret -n <ns> <cert> -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -dates -subject", Text("notAfter in the past, or caBundle of another issuer", "notAfter が過去、または caBundle の発行者が異なる"), ("admission-webhook-unavailable", "clock-skew", "control-plane-cert-expired", "conversion-webhook-failing", "kubelet-ca-mismatch"), "events"),),
    remedies=(
        Remedy("temporary", Text("re-issue the certificate and caBundle (restart the operator or cert-manager's injector); else set failurePolicy: Ignore for the time", "証明書と caBundle を再発行する(オペレーターや cert-manager injector の再起動)。応急的に failurePolicy: Ignore にする"), Text("with Ignore the webhook's check does not happen", "Ignore の間は webhook の検査が行われない"), "kubectl -n <ns> rollout restart deploy <webhook>", "kubectl -n {namespace} get events | grep -c 'failed calling webhook'"),
        Remedy("permanent", Text("automatic renewal (cert-manager) and alarms on webhook certificates", "自動更新(cert-manager)と webhook 証明書の監視"), Text("none", "なし"), verify="kubectl get certificates -A", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'Error creating: Internal error occurred: failed calling webhook "inject.lab.example": failed to call webhook: Post "https://inject.mesh.svc:443/inject?timeout=10s": x509: certificate has expired or is not yet valid: current time 2024-05-02T09:00:00Z is after 2024-05-01T07:11:02Z', "FailedCreate"),
        hit("kube-apiserver", 'Failed calling webhook, failing closed v.lab.example: failed calling webhook "v.lab.example": Post "https://v.mesh.svc:443/v": remote error: tls: bad certificate'),
        hit("k8s-event", 'Error creating: Internal error occurred: failed calling admission webhook "inject.lab.example": Post https://inject.mesh.svc:443/inject?timeout=30s: x509: certificate signed by unknown authority', "FailedCreate"),
        near_miss("k8s-event", 'Error creating: Internal error occurred: failed calling webhook "inject.lab.example": Post "https://inject.mesh.svc:443/inject?timeout=10s": context deadline exceeded', "FailedCreate"),
        near_miss("kubelet", 'Get "https://10.1.0.10:6443/api/v1/nodes/wk-3": x509: certificate signed by unknown authority'),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",),
)
