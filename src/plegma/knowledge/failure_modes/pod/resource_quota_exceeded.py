"""The namespace's ResourceQuota leaves no room for the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="resource-quota-exceeded",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("the namespace's ResourceQuota is used up", "namespace の ResourceQuota を使い切っている"),
    summary=Text(
        "A ResourceQuota limits the number of pods or the sum of requests/limits in the namespace, and the next pod would exceed it (or says nothing of a resource that the quota demands). The API refuses the create: there is no pod, only FailedCreate events on the owner.",
        "ResourceQuota が namespace の Pod 数や requests / limits の合計を制限しており、次の Pod で超過する(または quota が求めるリソースの指定が無い)。API が作成を拒否するため Pod は存在せず、所有者に FailedCreate イベントが出る。",
    ),
    signatures=(
        Signature(r"is forbidden: [Ee]xceeded quota: ", proof="states", source="k8s.io/apiserver admission/plugin/resourcequota/controller.go"),
        Signature(r"is forbidden: [Ff]ailed quota: .{0,200}must specify", proof="states", source="k8s.io/apiserver admission/plugin/resourcequota/controller.go"),
    ),
    leads_to=(Link("pod-not-created", "pod", Text("every create by the controller is refused", "コントローラーによる作成がすべて拒否される"), strength=0.95),),
    asks=(
        Ask("kubectl -n {namespace} describe resourcequota", Text("used has reached hard for the resource in the event", "イベントに出たリソースの Used が Hard に達している"), ("admission-policy-denied", "admission-webhook-unavailable", "service-account-missing", "pod-spec-invalid")),
    ),
    remedies=(
        Remedy("temporary", Text("free room (scale down, delete finished pods) or raise the quota", "空きを作る(スケールダウン、終了した Pod の削除)か quota を引き上げる"), Text("a higher quota takes room from other namespaces", "quota を上げると他の namespace の余地が減る"),
               "kubectl -n {namespace} edit resourcequota NAME", "kubectl -n {namespace} get events --field-selector reason=FailedCreate", "none"),
        Remedy("permanent", Text("size requests from use, set defaults with a LimitRange, alert at 90 % of the quota, leave room for maxSurge", "実使用量から requests を決め、LimitRange で既定値を設定し、quota の 90% で警告し、maxSurge 分の余地を残す"), Text("none", "なし"), "", "kubectl -n {namespace} describe resourcequota", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/policy/resource-quotas/",),
    examples=(
        hit("k8s-event", 'Error creating: pods "web-5d8f9-x7k2p" is forbidden: exceeded quota: compute, requested: limits.memory=1Gi, used: limits.memory=8Gi, limited: limits.memory=8Gi', reason="FailedCreate"),
        hit("k8s-event", 'create Pod db-2 in StatefulSet db failed error: pods "db-2" is forbidden: failed quota: compute: must specify limits.cpu for: db; limits.memory for: db', reason="FailedCreate"),
        hit("k8s-event", 'Error creating: pods "web-2040-" is forbidden: Failed quota: compute: must specify cpu,memory', reason="FailedCreate"),
        hit("k8s-event", 'Error creating: pods "web-2040-" is forbidden: Exceeded quota: compute, requested: pods=1, used: pods=4, limited: pods=4', reason="FailedCreate"),
        near_miss("k8s-event", 'Error creating: pods "web-5d8f9-" is forbidden: violates PodSecurity "restricted:latest"', reason="FailedCreate"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient memory.", reason="FailedScheduling"),
        near_miss("pod-log", "Disk quota exceeded"),
    ),
)
