"""No node has the CPU free that the pod requests."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import alone, among, among_predicates, short_of
from plegma.model.texts import Text

MODE = FailureMode(
    id="unschedulable-insufficient-cpu",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("no node has enough unreserved CPU for the pod's request", "Pod の requests を満たす CPU の空きがあるノードが無い"),
    summary=Text(
        "The sum of the CPU requests of what runs on each node leaves less than this pod asks for. CPU requests are reservations: nodes that idle at 10 % can still be full on paper. A request above the largest node's allocatable can never be met.",
        "各ノードで動作中の Pod の CPU requests の合計により、この Pod の要求分の空きが無い。requests は予約であり、使用率が 10% でも帳簿上は満杯になりうる。 最大のノードの allocatable を超える要求は決して満たせない。",
    ),
    signatures=(
        Signature(alone("Insufficient cpu"), component="controller", proof="states", source="pkg/scheduler/framework/plugins/noderesources/fit.go"),
        Signature(short_of("Insufficient cpu"), component="controller", source="pkg/scheduler/framework/plugins/noderesources/fit.go"),
        Signature(among("Insufficient cpu"), component="controller", proof="suggests", source="pkg/scheduler/framework/plugins/noderesources/fit.go"),
        Signature(among_predicates("Insufficient cpu"), component="controller", proof="suggests", source="plugin/pkg/scheduler/algorithm/predicates/error.go"),
        Signature(r"fit failure summary on nodes : .*Insufficient cpu", component="controller", proof="suggests", source="plugin/pkg/scheduler/generic_scheduler.go, to 1.5"),
    ),
    leads_to=(
        Link("pod-pending", "pod", Text("no node has that much CPU unreserved", "要求分の CPU が空いたノードが無い"), strength=0.95),
        Link("unschedulable-insufficient-resources", "pod", Text("CPU is the resource that is short", "不足しているのは CPU"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the pod was given a node after all (unless it is a newer pod of the same name)", "その後 Pod にノードが割り当てられている(同名の新しい Pod でない限り)"), pattern=r"^Successfully assigned ", component="controller", reason="Scheduled", weight=0.6),
    ),
    asks=(
        Ask("kubectl describe nodes | grep -A9 -E '^Name:|Allocated resources'", Text("cpu requests near 100 % on every node that the pod may use", "Pod が使える全ノードで cpu の requests が 100% 近い"),
            ("unschedulable-insufficient-memory", "unschedulable-volume-zone", "unschedulable-taint", "unschedulable-node-selector", "unschedulable-pod-affinity", "unschedulable-topology-spread", "unschedulable-extended-resource", "unschedulable-no-matching-node", "unschedulable-node-unhealthy", "daemonset-pod-unplaceable", "host-port-conflict", "node-pod-limit-reached", "unschedulable-node-cordoned", "hugepages-exhausted", "disk-pressure-eviction"), evidence="node-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("lower the request to what is measured, scale something less important down, or add a node", "requests を実測値に下げる、優先度の低いものを縮小する、またはノードを追加する"), Text("a request that is too low leads to throttling under load", "低すぎる requests は負荷時のスロットリングを招く"),
               "kubectl -n {namespace} set resources deployment/WORKLOAD --requests=cpu=250m", "kubectl -n {namespace} get pod {pod} -o wide", "restart"),
        Remedy("permanent", Text("requests from measurements (VPA in recommendation mode), a node autoscaler with a machine type for the largest pod, priority classes", "実測(VPA の推奨モード)に基づく requests、最大の Pod が収まるマシンタイプの autoscaler、PriorityClass を使う"), Text("more nodes cost more", "ノードが増えれば費用も増える"), "", "kubectl top nodes; kubectl describe nodes | grep -A9 'Allocated resources'", "none"),
    ),
    versions="every version; the list of reasons from 1.9",
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#my-pods-are-pending-with-event-message-failedscheduling",),
    examples=(
        hit("k8s-event", "0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 3 Insufficient cpu. preemption: 0/4 nodes are available: 1 Preemption is not helpful for scheduling, 3 No preemption victims found for incoming pod.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 2 Insufficient memory, 3 Insufficient cpu.", reason="FailedScheduling"),
        hit("k8s-event", "0/6 nodes are available: 2 Insufficient cpu, 4 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
        hit("k8s-event", "No nodes are available that match all of the following predicates:: Insufficient cpu (3).", reason="FailedScheduling"),
        hit("k8s-event", "pod (web-1) failed to fit in any node fit failure summary on nodes : Insufficient cpu (3)", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient memory.", reason="FailedScheduling"),
        near_miss("status", "Pod was rejected: Node didn't have enough resource: cpu, requested: 500, used: 3900, capacity: 4000", reason="OutOfcpu"),
        near_miss("k8s-event", "0/2 nodes are available: 2 Too many pods.", reason="FailedScheduling"),
        near_miss("status", "The node was low on resource: memory.", reason="Evicted"),
    ),
)
