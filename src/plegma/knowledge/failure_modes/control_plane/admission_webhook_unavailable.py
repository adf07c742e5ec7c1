"""The API server cannot reach an admission webhook, so objects cannot be created."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="admission-webhook-unavailable",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("an admission webhook does not answer", "admission webhook が応答しない"),
    summary=Text(
        "The API server asks a validating or mutating webhook before it stores an object, and that service is down, unreachable (network policy, CNI, firewall) or has a bad certificate. Creates fail, or with failurePolicy Ignore become so slow that they run out of time. There is no pod object at all.",
        "API サーバーはオブジェクトの保存前に validating / mutating webhook に問い合わせるが、そのサービスが停止・到達不能(NetworkPolicy、CNI、ファイアウォール)・証明書不正になっている。作成が失敗し、failurePolicy が Ignore でも遅延でタイムアウトする。Pod オブジェクト自体が作られない。",
    ),
    signatures=(
        Signature(r"(?:nternal error occurred: |failing closed \S{1,100} )failed calling (admission )?webhook \\*\"[^\"]+\": .{0,200}(context deadline exceeded|connection refused|no endpoints available|no route to host|i/o timeout|service \\*\"[^\"]*\" not found|no service port \S+ found for service|EOF|no such host)", proof="states", source="k8s.io/apiserver admission/plugin/webhook/generic"),
        Signature(r"nternal error occurred: failed calling (admission )?webhook", source="k8s.io/apiserver admission/plugin/webhook"),
        Signature(r"[Ff]ailed calling webhook, failing closed", source="k8s.io/apiserver admission/plugin/webhook/mutating/dispatcher.go"),
        Signature(r"[Ff]ailed calling webhook, failing open .{0,400}(?:context deadline exceeded|Client\.Timeout|request canceled|i/o timeout)", source="the same; the request goes on, but only after the wait"),
        Signature(r"failed calling (admission )?webhook", proof="suggests", source="the same; failing open at once harms nobody"),
        Signature(r"failed to call webhook: Post ", proof="suggests", source="k8s.io/apiserver, since 1.22"),
        Signature(r"Timeout: request did not complete within requested timeout", component="controller", reason=r"FailedCreate", proof="suggests", source="k8s.io/apimachinery errors"),
    ),
    leads_to=(
        Link("pod-not-created", "cluster", Text("each create waits for the webhook and is then refused", "作成要求が webhook を待った末に拒否される"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the webhook answered and refused: it is a policy, not an outage", "webhook は応答して拒否しており、障害ではなくポリシーである"), mode="admission-policy-denied", weight=0.3),
    ),
    asks=(
        Ask("kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations; kubectl get endpointslices -A | grep WEBHOOK_SERVICE", Text("the service of the named webhook has no ready endpoint, or the API server cannot reach it", "名前の出た webhook の Service に Ready な Endpoint が無い、または API サーバーから到達できない"),
            ("admission-policy-denied", "resource-quota-exceeded", "etcd-slow-disk", "apiserver-unavailable", "service-vip-unreachable"), evidence="services"),
        Ask("kubectl -n kube-system logs -l component=kube-apiserver --tail=2000 | grep -i webhook", Text("'Failed calling webhook, failing open|closed' with the name and the time-out", "名前とタイムアウトを含む Failed calling webhook, failing open|closed"), ("etcd-slow-disk",), evidence="apiserver-log"),
    ),
    remedies=(
        Remedy("temporary", Text("bring the webhook's pods back; if its own pods are blocked by it, set failurePolicy: Ignore or delete its configuration", "webhook の Pod を復旧する。webhook 自身の Pod まで止められている場合は failurePolicy: Ignore にするか設定を削除する"),
               Text("what the webhook would refuse or inject (policy, sidecars) is missing meanwhile", "その間、webhook によるポリシー適用や sidecar 注入が行われない"),
               "kubectl delete validatingwebhookconfiguration NAME", "kubectl -n {namespace} get events --field-selector reason=FailedCreate", "disruptive"),
        Remedy("permanent", Text("run several replicas, exempt kube-system and the webhook's own namespace, keep timeoutSeconds at a few seconds, renew its certificate automatically, allow API server to webhook traffic in network policies", "複数レプリカにし、kube-system と webhook 自身の namespace を除外し、timeoutSeconds を数秒に保ち、証明書を自動更新し、API サーバーからの通信を NetworkPolicy で許可する"),
               Text("none", "なし"), "", "kubectl get --raw /metrics | grep apiserver_admission_webhook_rejection_count", "none"),
    ),
    references=("https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/", "https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/"),
    examples=(
        hit("k8s-event", 'Error creating: Internal error occurred: failed calling webhook "inject.mesh.example": failed to call webhook: Post "https://injector.mesh.svc:443/inject?timeout=10s": context deadline exceeded', reason="FailedCreate"),
        hit("k8s-event", 'Error creating: Internal error occurred: failed calling webhook "policy.example": failed to call webhook: Post "https://policy.guard.svc:443/validate?timeout=5s": no endpoints available for service "policy"', reason="FailedCreate"),
        hit("k8s-event", 'Error creating: Internal error occurred: failed calling admission webhook "policy.example": Post https://policy.guard.svc:443/validate?timeout=30s: dial tcp 10.96.4.4:443: connect: connection refused', reason="FailedCreate"),
        hit("shell", 'Error from server (InternalError): error when creating "web.yaml": Internal error occurred: failed calling webhook "validate.ingress.example": failed to call webhook: Post "https://ingress.edge.svc:443/": no service port 443 found for service "ingress"'),
        hit("kube-apiserver", 'Failed calling webhook, failing open inject.mesh.example: failed calling webhook "inject.mesh.example": Post "https://injector.mesh.svc:443/inject?timeout=10s": net/http: request canceled'),
        hit("kube-apiserver", 'Failed calling webhook, failing closed guard.policy.example: failed calling webhook "guard.policy.example": failed to call webhook: Post "https://guard.policy.svc:443/v?timeout=3s": dial tcp 10.96.4.4:443: connect: connection refused'),
        hit("kube-apiserver", 'Failed calling webhook, failing open audit.policy.example: failed calling webhook "audit.policy.example": failed to call webhook: Post "https://guard.policy.svc:443/a?timeout=2s": dial tcp 10.96.4.4:443: connect: connection refused'),
        hit("kube-controller-manager", 'Internal error occurred: failed calling webhook "policy.example": an error on the server ("") has prevented the request from succeeding'),
        hit("k8s-event", "Error creating: Timeout: request did not complete within requested timeout - context deadline exceeded", reason="FailedCreate"),
        near_miss("k8s-event", 'Error creating: admission webhook "policy.example" denied the request: image tag latest is not allowed', reason="FailedCreate"),
        near_miss("k8s-event", 'Error creating: pods "web-5d8f-" is forbidden: exceeded quota: compute, requested: cpu=1, used: cpu=8, limited: cpu=8', reason="FailedCreate"),
        near_miss("k8s-event", 'Error creating: pods "web-5d8f-" is forbidden: violates PodSecurity "restricted:latest"', reason="FailedCreate"),
        near_miss("kubelet", 'Failed to update lease: Put "https://10.0.0.5:6443/apis/coordination.k8s.io/v1": context deadline exceeded'),
    ),
)
