"""A controller or pod may not do what it needs at the API."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="rbac-forbidden",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("RBAC: service account is forbidden", "RBAC によりサービスアカウントが拒否されている"),
    summary=Text(
        "A service account lacks a role for the verb and resource it uses: binding missing, wrong namespace or name, role older than the program. Informers never sync, controllers wait or exit.",
        "サービスアカウントに必要な権限がない(binding 欠落、namespace・名前の誤り、プログラムより古い Role)。informer が同期せず、コントローラーは待ち続けるか終了する。",
    ),
    signatures=(Signature(r"is forbidden: User \\*\"system:serviceaccount:[^\"\\]+\\*\" cannot \w+ resource", "any", "shows", source="RBAC authorizer"), Signature(r"User \\*\"system:serviceaccount:[^\"\\]+\\*\" cannot \w+", "any", "shows", source="RBAC authorizer (older, or cut)")),
    leads_to=(
        Link("app-error-exit", "cluster", Text("the program ends or never becomes ready", "プログラムが終了するか Ready にならない"), strength=0.5),
        Link("pod-not-ready", "cluster", Text("informers do not sync", "informer が同期しない"), strength=0.4),
    ),
    asks=(Ask("kubectl auth can-i <verb> <resource> --as=system:serviceaccount:<ns>:<name>; kubectl get rolebinding,clusterrolebinding -A -o wide | grep <name>", Text("no, and no binding names the account", "no であり、binding に該当アカウントがない"), ("node-authorizer-no-relationship", "kubelet-bootstrap-auth-failure", "node-name-mismatch", "service-account-key-mismatch", "crd-missing", "calico-cni-rbac-missing"), "pod-log"),),
    remedies=(
        Remedy("temporary", Text("grant the missing verb by a Role and binding", "不足している動詞を Role と binding で付与する"), Text("grant no more than the message names", "メッセージが示す以上の権限を与えない"), "kubectl create clusterrolebinding <name> --clusterrole=<role> --serviceaccount=<ns>:<name>", "kubectl auth can-i <verb> <resource> --as=system:serviceaccount:<ns>:<name>", "none"),
        Remedy("permanent", Text("ship roles with the program's version", "プログラムの版と Role を一緒に配布する"), Text("none", "なし"), verify="kubectl logs -n {namespace} {pod} | grep -c 'is forbidden'", risk_level="none"),
    ),
    examples=(
        hit("pod-log", 'Failed to watch *v1.Pod: failed to list *v1.Pod: pods is forbidden: User "system:serviceaccount:ops:agent" cannot list resource "pods" in API group "" at the cluster scope'),
        hit("pod-log", 'User "system:serviceaccount:ops:agent" cannot list pods at the cluster scope'),
        near_miss("kubelet", 'leases.coordination.k8s.io "wk-3" is forbidden: User "system:node:wk-2" cannot get resource "leases"'),
        near_miss("k8s-event", 'pods "web-1" is forbidden: exceeded quota: compute, requested: cpu=1, used: cpu=4, limited: cpu=4', "FailedCreate"),
    ),
    versions="v1.6 and later",
    references=("https://kubernetes.io/docs/reference/access-authn-authz/rbac/",),
)
