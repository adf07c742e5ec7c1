"""The pod's ServiceAccount does not exist."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="service-account-missing",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("the pod's ServiceAccount does not exist", "Pod の ServiceAccount が存在しない"),
    summary=Text(
        "serviceAccountName names an account that is not in the namespace: new pods are refused by the API, and for a pod that is there already the kubelet gets no token. A few such lines during a roll-out, before the account is created, mean nothing.",
        "serviceAccountName が指すアカウントが namespace に無い。新しい Pod は API に拒否され、既に存在する Pod では kubelet がトークンを取得できない。展開中、アカウント作成前に数回出るだけなら問題ではない。",
    ),
    signatures=(
        Signature(r"error looking up service account \S+: serviceaccount \\*\"[^\"]+\" not found", at_least=5, proof="states", source="plugin/pkg/admission/serviceaccount/admission.go"),
        Signature(r"error looking up service account \S+: serviceaccount ", source="plugin/pkg/admission/serviceaccount/admission.go"),
        Signature(r"service account \S+/\S+ was not found, retry after the service account is created", source="plugin/pkg/admission/serviceaccount/admission.go, to 1.10"),
        Signature(r"failed to fetch token: serviceaccounts \\*\"[^\"]+\" not found", component="kubelet", at_least=3, source="pkg/kubelet/token/token_manager.go, projected volume"),
        Signature(r"failed to fetch token: serviceaccounts \\*\"[^\"]+\" not found", component="kubelet", proof="suggests", source="the same, once: a roll-out or a namespace that is going away"),
        Signature(r"no API token found for service account", source="plugin/pkg/admission/serviceaccount/admission.go, to 1.23"),
    ),
    leads_to=(
        Link("pod-not-created", "pod", Text("the API refuses a pod whose account it does not know", "API は知らないアカウントの Pod を拒否する"), strength=0.95),
        Link("volume-mount-failing", "pod", Text("the projected token cannot be fetched", "projected トークンを取得できない"), strength=0.3),
    ),
    asks=(
        Ask("kubectl -n {namespace} get serviceaccounts", Text("the named account is not in the list", "名前の出たアカウントが一覧に無い"), ("admission-policy-denied", "configmap-or-secret-missing", "resource-quota-exceeded", "benign-terminated-pod-mount-noise")),
    ),
    remedies=(
        Remedy("temporary", Text("create the account (the controllers retry by themselves)", "アカウントを作成する(コントローラーが自動で再試行する)"), Text("without its role bindings the program may be refused by the API later", "RoleBinding が無いと後で API に拒否されることがある"),
               "kubectl -n {namespace} create serviceaccount NAME", "kubectl -n {namespace} get pods -w", "none"),
        Remedy("permanent", Text("keep account, role binding and workload in one chart, and order them", "アカウント・RoleBinding・ワークロードを 1 つのチャートにまとめ、順序を守る"), Text("none", "なし"), "", "kubectl -n {namespace} get serviceaccounts", "none"),
    ),
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",),
    examples=(
        hit("k8s-event", 'Error creating: pods "agent-" is forbidden: error looking up service account ops/agent: serviceaccount "agent" not found', reason="FailedCreate", count=14),
        hit("k8s-event", 'Error creating: pods "agent-" is forbidden: service account ops/agent was not found, retry after the service account is created', reason="FailedCreate"),
        hit("shell", 'Error from server: error when creating "agent.yaml": Pod "agent" is forbidden: service account ops/agent was not found, retry after the service account is created'),
        hit("shell", 'Error from server (Forbidden): pods "agent" is forbidden: error looking up service account ops/agent: serviceaccount "agent" not found'),
        hit("k8s-event", 'MountVolume.SetUp failed for volume "kube-api-access-x2v9q" : failed to fetch token: serviceaccounts "agent" not found', reason="FailedMount", count=9),
        hit("k8s-event", 'Error creating: No API token found for service account "agent", retry after the token is automatically created: no API token found for service account ops/agent', reason="FailedCreate"),
        near_miss("k8s-event", 'Error creating: pods "web-" is forbidden: violates PodSecurity "restricted:latest"', reason="FailedCreate"),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "kube-api-access-x2v9q" : object "ops"/"kube-root-ca.crt" not registered', reason="FailedMount"),
        near_miss("shell", 'Error from server (NotFound): serviceaccounts "agent" not found'),
        near_miss("pod-log", 'pods is forbidden: User "system:serviceaccount:ops:agent" cannot list resource "pods" in API group ""'),
    ),
)
