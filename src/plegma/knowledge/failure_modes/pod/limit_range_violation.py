"""The namespace's LimitRange refuses the pod's requests or limits."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="limit-range-violation",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("the pod's requests or limits break the namespace's LimitRange", "Pod の requests / limits が namespace の LimitRange に違反している"),
    summary=Text(
        "A LimitRange sets a minimum, a maximum or a ratio for each container, pod or claim; it also fills in defaults, and a default limit below the pod's own request is refused as well. There is no pod, only FailedCreate on the owner.",
        "LimitRange はコンテナ・Pod・PVC ごとの最小・最大・比率を定め、既定値も補う。補われた既定の limit が自身の request より小さい場合も拒否される。Pod は作られず、所有者に FailedCreate だけが残る。",
    ),
    signatures=(
        Signature(r"maximum (?:cpu|memory|ephemeral-storage|storage) usage per (?:Container|Pod|PersistentVolumeClaim) is ", proof="states", source="plugin/pkg/admission/limitranger/admission.go"),
        Signature(r"minimum (?:cpu|memory|ephemeral-storage|storage) usage per (?:Container|Pod|PersistentVolumeClaim) is ", proof="states", source="plugin/pkg/admission/limitranger/admission.go"),
        Signature(r" max limit to request ratio per (?:Container|Pod) is ", proof="states", source="plugin/pkg/admission/limitranger/admission.go"),
        Signature(r"must be less than or equal to (?:cpu|memory|ephemeral-storage) limit", proof="suggests", source="pkg/apis/core/validation: a default limit may be below the request"),
    ),
    leads_to=(
        Link("pod-not-created", "pod", Text("the API refuses every such pod", "API が該当する Pod の作成をすべて拒否する"), strength=0.95),
        Link("admission-policy-denied", "pod", Text("LimitRanger is an admission plugin", "LimitRanger は admission プラグインの一つ"), strength=0.9),
        Link("rollout-stuck", "cluster", Text("the new replicas are never made", "新しいレプリカが作られない"), strength=0.5),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe limitrange", Text("the bound or the default named in the event", "イベントに書かれた上下限または既定値"), ("resource-quota-exceeded", "admission-policy-denied", "pod-spec-invalid")),
    ),
    remedies=(
        Remedy("temporary", Text("set requests and limits within the range in the workload", "ワークロードの requests / limits を範囲内にする"), Text("rolls the pods", "Pod が入れ替わる"), "kubectl -n {namespace} set resources deployment/WORKLOAD --requests=cpu=100m,memory=128Mi --limits=cpu=500m,memory=512Mi", "kubectl -n {namespace} get events --field-selector reason=SuccessfulCreate", "restart"),
        Remedy("permanent", Text("one LimitRange for each namespace, with defaults that fit, checked in the pipeline with a server-side dry run", "LimitRange は namespace に 1 つとし、妥当な既定値を置き、CI で server-side dry-run により検証する"), Text("none", "なし"), "kubectl apply --dry-run=server -f MANIFEST", "", "none"),
    ),
    versions="every version; a dry run of a Deployment does not show it, only that of the pod",
    references=("https://kubernetes.io/docs/concepts/policy/limit-range/",),
    examples=(
        hit("k8s-event", 'Error creating: pods "web-6c9f-2lq8x" is forbidden: [maximum memory usage per Container is 512Mi, but limit is 1Gi, memory max limit to request ratio per Container is 2, but provided ratio is 8.000000]', reason="FailedCreate"),
        hit("k8s-event", 'Error creating: pods "web-6c9f-2lq8x" is forbidden: minimum cpu usage per Pod is 100m, but request is 10m', reason="FailedCreate"),
        hit("k8s-event", 'create Pod db-0 in StatefulSet db failed error: Pod "db-0" is invalid: spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1', reason="FailedCreate"),
        near_miss("k8s-event", 'Error creating: pods "web-6c9f-2lq8x" is forbidden: exceeded quota: compute, requested: limits.memory=1Gi, used: limits.memory=8Gi, limited: limits.memory=8Gi', reason="FailedCreate"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient memory.", reason="FailedScheduling"),
    ),
)
