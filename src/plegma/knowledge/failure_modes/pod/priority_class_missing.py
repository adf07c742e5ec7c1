"""The pod names a PriorityClass that does not exist."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="priority-class-missing",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("the pod's PriorityClass does not exist", "Pod が参照する PriorityClass が存在しない"),
    summary=Text(
        "priorityClassName names a class that the cluster does not have (a chart from another cluster, an order of installation, system-*-critical outside the namespace that a quota allows). The API refuses each pod; the owner shows FailedCreate.",
        "priorityClassName がクラスターに無いクラスを指している(他クラスター用の chart、導入順序の誤りなど)。API が Pod を拒否し、所有者に FailedCreate が残る。",
    ),
    signatures=(Signature(r"o PriorityClass with name \S+ was found", proof="states", source="plugin/pkg/admission/priority/admission.go"),),
    leads_to=(
        Link("pod-not-created", "pod", Text("the API refuses every such pod", "API が該当する Pod の作成をすべて拒否する"), strength=0.95),
        Link("rollout-stuck", "cluster", Text("the new replicas are never made", "新しいレプリカが作られない"), strength=0.5),
    ),
    asks=(Ask("kubectl get priorityclasses", Text("the name is not in the list", "その名前が一覧に無い"), ("resource-quota-exceeded", "admission-policy-denied", "service-account-missing", "runtime-class-missing")),),
    remedies=(
        Remedy("temporary", Text("create the class, or take the field out of the workload", "クラスを作成するか、ワークロードから指定を外す"), Text("a high value lets the pods preempt others", "値が高いと他の Pod をプリエンプトする"), "kubectl create priorityclass NAME --value=1000 --description=REASON", "kubectl -n {namespace} get events --field-selector reason=SuccessfulCreate", "none"),
        Remedy("permanent", Text("install cluster-wide objects before the workloads that name them", "クラスター全体のオブジェクトを、参照するワークロードより先に導入する"), Text("none", "なし"), "", "kubectl get priorityclasses", "none"),
    ),
    versions="every version with priorities",
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass",),
    examples=(
        hit("k8s-event", 'Error creating: pods "pay-7d5c-" is forbidden: no PriorityClass with name gold was found', reason="FailedCreate"),
        near_miss("k8s-event", 'Error creating: pods "pay-7d5c-" is forbidden: error looking up service account pay/pay: serviceaccount "pay" not found', reason="FailedCreate"),
        near_miss("k8s-event", "Preempted by a pod on node node-2", reason="Preempted"),
    ),
)
