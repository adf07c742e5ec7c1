"""A pod of higher priority took the place."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-preempted",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the pod was preempted by one of higher priority", "優先度の高い Pod にプリエンプトされた"),
    summary=Text(
        "The scheduler (or the kubelet, for a critical static pod) ended this pod to make room for a pod with a higher priority. Its controller makes a new one, which waits as long as the cluster is full.",
        "スケジューラー(重要な static Pod の場合は kubelet)が、より優先度の高い Pod の場所を空けるためにこの Pod を終了させた。作り直された Pod は、クラスターに空きができるまで待つ。",
    ),
    signatures=(
        Signature(r"Preempted by ", component="controller", proof="states", reason=r"Preempted", source="pkg/scheduler/framework/preemption"),
        Signature(r"preempting to accommodate a higher priority", component="controller", proof="states", source="pkg/scheduler/framework/preemption: condition DisruptionTarget"),
        Signature(r"Preempted in order to admit critical pod", component="kubelet", proof="states", source="pkg/kubelet/preemption/preemption.go"),
        Signature(r"", component="kubelet", proof="states", reason=r"PreemptionByScheduler|PreemptionByKubeScheduler|Preempting", source="core/v1: PodReasonPreemptionByScheduler; pkg/kubelet/events"),
    ),
    states=(StateTest("Pod", {"reason": r"^Preempting$"}, proof="states"), StateTest("Pod", {"status": r"^Preempting$"}, proof="states")),
    leads_to=(
        Link("pod-pending", "cluster", Text("its successor finds no room, because the stronger pod has taken it", "空きを奪われたため、後継の Pod が配置されない"), within=3600, strength=0.5),
    ),
    asks=(
        Ask("kubectl get priorityclasses; kubectl get events -A --field-selector reason=Preempted", Text("whose priority is higher, and how often it happens", "どの優先度が高いか、どの頻度で起きているか"), ("pod-evicted", "unschedulable-insufficient-cpu", "unschedulable-insufficient-memory", "node-shutdown"), evidence="events"),
    ),
    remedies=(
        Remedy("temporary", Text("add room, or give the workload a priority that fits its worth", "空きを増やすか、重要度に見合う優先度を設定する"), Text("others are then preempted in its stead", "代わりに他の Pod がプリエンプトされる"), "kubectl -n {namespace} edit deployment WORKLOAD", "kubectl -n {namespace} get pods", "restart"),
        Remedy("permanent", Text("few priority classes with owners, preemptionPolicy: Never for batch, spare capacity (low-priority placeholder pods) for surges", "PriorityClass を絞って管理し、バッチには preemptionPolicy: Never を、急増用には低優先度のプレースホルダー Pod で余力を確保する"), Text("cost of spare nodes", "余力ノードの費用"), "", "kubectl get priorityclasses", "none"),
    ),
    versions="every version with priorities; the event names the preemptor's namespace/name to 1.22, 'a pod' to 1.26, its UID since",
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/",),
    examples=(
        hit("k8s-event", "Preempted by pod 0b6d5fd3-77aa-4c01-9e0f-1a2b3c4d5e6f on node node-2", reason="Preempted"),
        hit("k8s-event", "Preempted by pay/api-0 on node node-2", reason="Preempted"),
        hit("status", "default-scheduler: preempting to accommodate a higher priority pod", reason="PreemptionByScheduler"),
        hit("status", "Preempted in order to admit critical pod", reason="Preempting"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.", reason="FailedScheduling"),
        near_miss("status", "The node was low on resource: memory.", reason="Evicted"),
        near_miss("k8s-event", "Spot instance preempted", reason="NodeShutdown"),
    ),
    state_examples=(StateExample("Pod", {"reason": "Preempting"}, True), StateExample("Pod", {"status": "Preempting"}, True), StateExample("Pod", {"status": "Evicted"}, False)),
)
